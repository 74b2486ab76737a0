package dev.tryon.server;

import dev.tryon.store.Store;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Finds out who a request comes from, once a request. Thread-safe.
 *
 * <p>Why a proof is not good is told to nobody: whoever has a good one need not know, and whoever has not must not.
 */
final class Identities {
    private static final String BEARER = "Bearer ";
    private static final Identity ADMIN =
            new Identity(Identity.OURS + "admin", CallerClass.PAGE, Tier.ENTERPRISE, Role.ADMIN);

    private final AdminToken adminToken;
    private final Bearers bearers;
    private final SignedRequests signed;
    private final Store store;
    private final Secrets secrets;

    Identities(AdminToken adminToken, Bearers bearers, SignedRequests signed, Store store, Secrets secrets) {
        this.adminToken = adminToken;
        this.bearers = bearers;
        this.signed = signed;
        this.store = store;
        this.secrets = secrets;
    }

    /** Who bears a token that is good in itself. */
    record Borne(Identity identity, TokenCheck.Claims claims) {}

    /** Tells whose a token is. */
    interface Bearers {
        /** Returns who bears a good token; empty for any other text. */
        Optional<Borne> of(String token);
    }

    /** Returns whose tokens are taken as the settings say. */
    static Bearers bearers(AuthSettings settings, Tokens tokens, InstantSource clock) {
        return switch (settings.mode()) {
            case OPEN ->
                token -> tokens.claims(token).map(claims -> new Borne(Identity.guest(claims.subject()), claims));
            case JWT -> new JwtBearers(settings.jwt().orElseThrow(), clock);
            case CLOSED -> _ -> Optional.empty();
        };
    }

    /**
     * Returns who a request comes from.
     *
     * @throws Refusal if it does not prove that
     */
    Identity of(ServerRequest request) {
        return find(request).orElseThrow(() -> Problem.of(
                        ProblemType.UNAUTHENTICATED, "Send Authorization: Bearer with a good token.")
                .refusal());
    }

    /** Returns who a request comes from; empty if it does not prove that. */
    Optional<Identity> find(ServerRequest request) {
        var context = request.context();
        return context.get(Found.class)
                .orElseGet(() -> {
                    var found = new Found(look(request));
                    context.register(found);
                    found.identity().ifPresent(identity -> LogScope.add("subject", secrets.person(identity.subject())));
                    return found;
                })
                .identity();
    }

    /** What was found out about a request: a signature is taken but once. */
    private record Found(Optional<Identity> identity) {}

    private Optional<Identity> look(ServerRequest request) {
        if (request.headers().contains(SignedRequests.CLIENT)) {
            return signed.client(request);
        }
        return request.headers()
                .first(HeaderNames.AUTHORIZATION)
                .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(value -> value.substring(BEARER.length()).strip())
                .flatMap(this::bearer);
    }

    private Optional<Identity> bearer(String token) {
        if (adminToken.is(token)) {
            return Optional.of(ADMIN);
        }
        return bearers.of(token).filter(borne -> !isErased(borne)).map(Borne::identity);
    }

    /** A token is good to the second: one of the very second of the erasure counts as older. */
    private boolean isErased(Borne borne) {
        return store.erasedAt(borne.identity().subject())
                .filter(erasedAt -> !borne.claims().issuedAt().isAfter(erasedAt))
                .isPresent();
    }
}
