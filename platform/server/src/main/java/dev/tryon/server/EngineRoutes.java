package dev.tryon.server;

import io.helidon.webserver.http.ServerRequest;
import java.util.List;

/** {@code /engines} and their catalogues; anybody may look. */
final class EngineRoutes {
    private final Engines engines;

    EngineRoutes(Engines engines) {
        this.engines = engines;
    }

    List<Route> routes() {
        return List.of(
                Route.get(
                        "/api/v1/engines",
                        _ -> Reply.open(EngineJson.list(
                                engines.all().stream().map(EngineJson::of).toList()))),
                Route.get("/api/v1/engines/{engine}", request -> Reply.open(EngineJson.of(engine(request)))),
                Route.get(
                        "/api/v1/engines/{engine}/catalog",
                        request -> Reply.open(EngineJson.list(ready(request).info().catalog().stream()
                                .map(EngineJson::item)
                                .toList()))),
                Route.get("/api/v1/engines/{engine}/catalog/{item}", this::item));
    }

    private Reply item(ServerRequest request) {
        return ready(request)
                .info()
                .item(request.path().pathParameters().get("item"))
                .map(item -> Reply.open(EngineJson.item(item)))
                .orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND).refusal());
    }

    private LoadedEngine engine(ServerRequest request) {
        return engines.find(request.path().pathParameters().get("engine"))
                .orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND).refusal());
    }

    private LoadedEngine.Ready ready(ServerRequest request) {
        return switch (engine(request)) {
            case LoadedEngine.Ready ready -> ready;
            case LoadedEngine.Failed _ ->
                throw Problem.of(ProblemType.ENGINE_UNAVAILABLE).refusal();
        };
    }
}
