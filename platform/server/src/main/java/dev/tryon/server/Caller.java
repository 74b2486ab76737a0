package dev.tryon.server;

import io.helidon.webserver.http.ServerRequest;
import java.util.UUID;
import java.util.function.Function;

/** Who calls, and what they asked before. Thread-safe. */
record Caller(Tokens tokens, Idempotency idempotency) {
    /**
     * Returns the subject that a request comes from.
     *
     * @throws Refusal if it bears no good token
     */
    String subject(ServerRequest request) {
        return tokens.require(request);
    }

    /** Makes one thing, however often a request is sent with the same key. @see Idempotency#once */
    Reply once(ServerRequest request, String subject, String fingerprint, Function<UUID, Reply> action) {
        return idempotency.once(request, subject, _ -> subject, fingerprint, action);
    }
}
