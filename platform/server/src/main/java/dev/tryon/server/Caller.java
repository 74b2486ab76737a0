package dev.tryon.server;

import io.helidon.webserver.http.ServerRequest;
import java.util.function.Supplier;

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

    /** Answers a request once, however often it is sent with the same key. @see Idempotency#once */
    Reply once(ServerRequest request, String subject, String fingerprint, Supplier<Reply> action) {
        return idempotency.once(request, subject, fingerprint, action);
    }
}
