package dev.tryon.server;

import io.helidon.webserver.http.ServerRequest;
import java.util.List;

/** {@code /engines}; anybody may look. */
final class EngineRoutes {
    private final Engines engines;

    EngineRoutes(Engines engines) {
        this.engines = engines;
    }

    List<Route> routes() {
        return List.of(
                Route.get(
                        "/api/v1/engines",
                        request -> Reply.open(
                                request,
                                EngineJson.list(engines.all().stream()
                                        .map(EngineJson::of)
                                        .toList()))),
                Route.get("/api/v1/engines/{engine}", request -> Reply.open(request, EngineJson.of(engine(request)))));
    }

    private LoadedEngine engine(ServerRequest request) {
        return engines.find(request.path().pathParameters().get("engine"))
                .orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND).refusal());
    }
}
