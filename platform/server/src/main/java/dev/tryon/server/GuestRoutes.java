package dev.tryon.server;

import io.helidon.webserver.http.ServerRequest;
import jakarta.json.Json;
import java.util.List;
import java.util.UUID;

/** {@code POST /guests}: a token for somebody who is not known. */
final class GuestRoutes {
    /** Of 128 random bits in base 64. */
    private static final int SHORTEST_KEY = 22;

    private final AuthSettings settings;
    private final Tokens tokens;
    private final Addresses addresses;
    private final Idempotency idempotency;

    GuestRoutes(AuthSettings settings, Tokens tokens, Addresses addresses, Idempotency idempotency) {
        this.settings = settings;
        this.tokens = tokens;
        this.addresses = addresses;
        this.idempotency = idempotency;
    }

    List<Route> routes() {
        return List.of(Route.post("/api/v1/guests", this::create));
    }

    private Reply create(ServerRequest request) {
        return switch (settings.mode()) {
            case OPEN -> {
                refuseGuessableKey(request);
                yield idempotency.once(
                        request, "guest " + addresses.of(request), GuestRoutes::subject, "", this::token);
            }
            case JWT, CLOSED ->
                throw Problem.of(ProblemType.FORBIDDEN, "Guests are not let in here.")
                        .refusal();
        };
    }

    /**
     * A guest has no name yet: whoever repeats its key from the same address, which a whole shop may share, is given its
     * token. So the key must be one that nobody else comes upon, a UUID say.
     */
    private static void refuseGuessableKey(ServerRequest request) {
        if (request.headers()
                .first(Idempotency.KEY)
                .filter(key -> key.length() < SHORTEST_KEY)
                .isPresent()) {
            throw Problem.of(
                            ProblemType.MALFORMED_REQUEST,
                            "A guest's idempotency key has " + SHORTEST_KEY + " to 128 characters.")
                    .refusal();
        }
    }

    private static String subject(UUID id) {
        return "guest-" + id;
    }

    private Reply token(UUID id) {
        var subject = subject(id);
        var issued = tokens.issue(subject, settings.guestLifetime());
        return Reply.created(
                "/api/v1/guests",
                Json.createObjectBuilder()
                        .add("token", issued.token())
                        .add("subject", subject)
                        .add("expiresAt", issued.expiresAt().toString())
                        .build());
    }
}
