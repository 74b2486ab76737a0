package dev.tryon.server;

import dev.tryon.store.Filter;
import dev.tryon.store.Result;
import dev.tryon.store.Store;
import io.helidon.webserver.http.ServerRequest;
import java.util.List;

/** {@code /results}: what was captured or made, for whom it belongs to. */
final class ResultRoutes {
    private final Caller caller;
    private final Store store;
    private final ResultArchives archives;

    ResultRoutes(Caller caller, Store store, ResultArchives archives) {
        this.caller = caller;
        this.store = store;
        this.archives = archives;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/results", this::list),
                Route.get("/api/v1/results/{id}", request -> Reply.ok(ResultJson.of(find(request)))),
                Route.delete("/api/v1/results/{id}", this::delete),
                Route.get("/api/v1/results/{id}/files/{name}", this::file),
                Route.get("/api/v1/results/{id}/archive", request -> archives.of(request, find(request))));
    }

    private Reply list(ServerRequest request) {
        var owner = caller.subject(request);
        var page = PageOfList.of(request, "engine");
        var all = Filter.of(owner);
        var filter = PageOfList.parameter(request, "engine").map(all::engine).orElse(all);
        return page.answer((after, limit) -> store.results().list(filter, after, limit), ResultJson::of);
    }

    private Reply delete(ServerRequest request) {
        var owner = caller.subject(request);
        if (!store.results().remove(Route.id(request), owner)) {
            throw Problem.of(ProblemType.NOT_FOUND).refusal();
        }
        return Reply.noContent();
    }

    private Reply file(ServerRequest request) {
        var result = find(request);
        var file = result.file(request.path().pathParameters().get("name"))
                .orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND).refusal());
        return FileReply.of(request, store.results(), file, "result-" + result.id() + "-" + file.name());
    }

    private Result find(ServerRequest request) {
        var owner = caller.subject(request);
        return store.results().find(Route.id(request), owner).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND)
                .refusal());
    }
}
