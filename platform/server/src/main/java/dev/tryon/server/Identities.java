package dev.tryon.server;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.Optional;

/** Finds out who a request comes from. Thread-safe. */
final class Identities {
    private static final String BEARER = "Bearer ";
    private static final Identity ADMIN = new Identity("admin", CallerClass.PAGE, Tier.ENTERPRISE, Role.ADMIN);

    private final AdminToken adminToken;
    private final Tokens tokens;

    Identities(AdminToken adminToken, Tokens tokens) {
        this.adminToken = adminToken;
        this.tokens = tokens;
    }

    /**
     * Returns who a request comes from.
     *
     * @throws Refusal if it does not prove that
     */
    Identity of(ServerRequest request) {
        return request.headers()
                .first(HeaderNames.AUTHORIZATION)
                .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(value -> value.substring(BEARER.length()).strip())
                .flatMap(this::bearer)
                .orElseThrow(() -> Problem.of(
                                ProblemType.UNAUTHENTICATED,
                                "Send Authorization: Bearer with a token from POST /api/v1/guests.")
                        .refusal());
    }

    private Optional<Identity> bearer(String token) {
        return adminToken.is(token) ? Optional.of(ADMIN) : tokens.subject(token).map(Identity::guest);
    }
}
