package dev.tryon.server;

import dev.tryon.store.AuditEntry;
import dev.tryon.store.Filter;
import dev.tryon.store.Result;
import dev.tryon.store.Session;
import dev.tryon.store.Store;
import dev.tryon.store.Totals;
import io.helidon.webserver.http.ServerRequest;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * {@code /admin}: what is kept of whom, for administrators, and the means to remove it.
 *
 * <p>Facts about things and no way to their content: nobody sees a person's pictures through these.
 */
final class AdminRoutes {
    private static final String SESSIONS = "/api/v1/admin/sessions";
    private static final String RESULTS = "/api/v1/admin/results";
    private static final String USER = "/api/v1/admin/users/{subject}";

    private final Caller caller;
    private final Store store;
    private final LiveSessions sessions;
    private final Erasing erasing;
    private final Audit audit;

    AdminRoutes(Caller caller, Store store, LiveSessions sessions, Erasing erasing, Audit audit) {
        this.caller = caller;
        this.store = store;
        this.sessions = sessions;
        this.erasing = erasing;
        this.audit = audit;
    }

    List<Route> routes() {
        return List.of(
                Route.get(SESSIONS, this::listSessions),
                Route.delete(SESSIONS + "/{id}", this::endSession),
                Route.get(RESULTS, this::listResults),
                Route.delete(RESULTS + "/{id}", this::deleteResult),
                Route.get(USER, this::user),
                Route.delete(USER, this::eraseUser),
                Route.get("/api/v1/admin/audit", this::listAudit));
    }

    private Reply listSessions(ServerRequest request) {
        caller.admin(request);
        var page = PageOfList.of(request, "engine", "subject");
        var filter = filter(request);
        return page.answer((after, limit) -> store.sessions().list(filter, after, limit), AdminRoutes::json);
    }

    private Reply endSession(ServerRequest request) {
        var admin = caller.admin(request);
        var id = Route.id(request);
        var owner = store.sessions().find(id.toString()).map(Session::owner);
        require(owner.filter(subject -> sessions.end(id, subject)));
        audit.log(admin, "session.ended", id.toString(), "");
        return Reply.noContent();
    }

    private Reply listResults(ServerRequest request) {
        caller.admin(request);
        var page = PageOfList.of(request, "engine", "subject");
        var filter = filter(request);
        return page.answer((after, limit) -> store.results().list(filter, after, limit), AdminRoutes::json);
    }

    private static Filter filter(ServerRequest request) {
        var filter = Filter.all();
        filter = PageOfList.parameter(request, "engine").map(filter::engine).orElse(filter);
        return PageOfList.parameter(request, "subject").map(filter::owner).orElse(filter);
    }

    private Reply deleteResult(ServerRequest request) {
        var admin = caller.admin(request);
        UUID id = Route.id(request);
        require(store.results().find(id).filter(result -> store.results().remove(id, result.owner())));
        audit.log(admin, "result.deleted", id.toString(), "");
        return Reply.noContent();
    }

    private static void require(Optional<?> done) {
        if (done.isEmpty()) {
            throw Problem.of(ProblemType.NOT_FOUND).refusal();
        }
    }

    private Reply user(ServerRequest request) {
        caller.admin(request);
        var subject = subject(request);
        var all = Filter.of(subject);
        return Reply.ok(Json.createObjectBuilder()
                .add("subject", subject)
                .add("erased", store.isErased(subject))
                .add("uploads", json(store.uploads().totals(subject)))
                .add("results", json(store.results().totals(subject)))
                .add("sessions", store.sessions().totals(all).entries())
                .add("jobs", store.jobs().totals(all).entries())
                .build());
    }

    private Reply eraseUser(ServerRequest request) {
        var admin = caller.admin(request);
        return Reply.ok(erasing.erase(admin, subject(request)));
    }

    private static String subject(ServerRequest request) {
        return Optional.of(request.path().pathParameters().get("subject"))
                .filter(Identity::isSubject)
                .orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND).refusal());
    }

    private Reply listAudit(ServerRequest request) {
        caller.admin(request);
        return PageOfList.of(request)
                .answer((after, limit) -> store.audit().list(Filter.all(), after, limit), AdminRoutes::json);
    }

    private static JsonObjectBuilder json(Totals totals) {
        return Json.createObjectBuilder().add("count", totals.entries()).add("bytes", totals.bytes());
    }

    private static JsonObject json(Session session) {
        return Json.createObjectBuilder()
                .add("id", session.id().toString())
                .add("subject", session.owner())
                .add("engine", session.engine())
                .add("status", session.status())
                .add("node", session.node())
                .add("createdAt", session.createdAt().toString())
                .add("updatedAt", session.updatedAt().toString())
                .add("expiresAt", session.expiresAt().toString())
                .build();
    }

    private static JsonObject json(Result result) {
        return Json.createObjectBuilder()
                .add("id", result.id().toString())
                .add("subject", result.owner())
                .add("engine", result.engine())
                .add("kind", result.kind())
                .add("bytes", result.bytes())
                .add("createdAt", result.createdAt().toString())
                .add("expiresAt", result.expiresAt().toString())
                .build();
    }

    private static JsonObject json(AuditEntry entry) {
        return Json.createObjectBuilder()
                .add("id", entry.id().toString())
                .add("actor", entry.actor())
                .add("action", entry.action())
                .add("target", entry.target())
                .add("detail", entry.detail())
                .add("createdAt", entry.createdAt().toString())
                .build();
    }
}
