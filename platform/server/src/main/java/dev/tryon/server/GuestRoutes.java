package dev.tryon.server;

import io.helidon.webserver.http.ServerRequest;
import jakarta.json.Json;
import java.util.List;

/** {@code POST /guests}: a token for somebody who is not known. */
final class GuestRoutes {
    private final ServerSettings.Guests settings;
    private final Tokens tokens;
    private final Ids ids;
    private final Idempotency idempotency;

    GuestRoutes(ServerSettings.Guests settings, Tokens tokens, Ids ids, Idempotency idempotency) {
        this.settings = settings;
        this.tokens = tokens;
        this.ids = ids;
        this.idempotency = idempotency;
    }

    List<Route> routes() {
        return List.of(Route.post("/api/v1/guests", this::create));
    }

    private Reply create(ServerRequest request) {
        return switch (settings.mode()) {
            // A guest has no name yet, so its keys are told apart by where it calls from.
            case OPEN ->
                idempotency.once(request, "guest " + request.remotePeer().host(), "", this::token);
            case CLOSED ->
                throw Problem.of(ProblemType.FORBIDDEN, "Guests are not let in here.")
                        .refusal();
        };
    }

    private Reply token() {
        var subject = "guest-" + ids.next();
        var issued = tokens.issue(subject, settings.lifetime());
        return Reply.created(
                "/api/v1/guests",
                Json.createObjectBuilder()
                        .add("token", issued.token())
                        .add("subject", subject)
                        .add("expiresAt", issued.expiresAt().toString())
                        .build());
    }
}
