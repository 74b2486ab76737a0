package dev.tryon.server;

import io.helidon.webserver.http.ServerRequest;
import java.util.UUID;
import java.util.function.Function;

/** Who calls, and what they asked before. Thread-safe. */
record Caller(Identities identities, Idempotency idempotency) {
    /**
     * Returns who a request comes from.
     *
     * @throws Refusal if it does not prove that
     */
    Identity identify(ServerRequest request) {
        return identities.of(request);
    }

    /**
     * Returns the subject that a request comes from.
     *
     * @throws Refusal if it does not prove that
     */
    String subject(ServerRequest request) {
        return identify(request).subject();
    }

    /**
     * Returns the administrator that a request comes from.
     *
     * @throws Refusal if it comes from somebody else
     */
    Identity admin(ServerRequest request) {
        var identity = identify(request);
        if (!identity.isAdmin()) {
            throw Problem.of(ProblemType.FORBIDDEN, "This is for administrators.")
                    .refusal();
        }
        return identity;
    }

    /** Makes one thing, however often a request is sent with the same key. @see Idempotency#once */
    <R> R once(ServerRequest request, String subject, String fingerprint, Function<UUID, R> action) {
        return idempotency.once(request, subject, _ -> subject, fingerprint, action);
    }
}
