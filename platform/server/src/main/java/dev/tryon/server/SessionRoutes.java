package dev.tryon.server;

import dev.tryon.store.Filter;
import dev.tryon.store.Position;
import dev.tryon.store.Session;
import io.helidon.webserver.http.ServerRequest;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** {@code /sessions}: makes live sessions, tells how they stand, ends them. */
final class SessionRoutes {
    private final Caller caller;
    private final Engines engines;
    private final LookReader looks;
    private final LiveSessions sessions;
    private final Tickets tickets;
    private final SessionJournal journal;
    private final InstantSource clock;

    SessionRoutes(
            Caller caller,
            Engines engines,
            LookReader looks,
            LiveSessions sessions,
            Tickets tickets,
            SessionJournal journal,
            InstantSource clock) {
        this.caller = caller;
        this.engines = engines;
        this.looks = looks;
        this.sessions = sessions;
        this.tickets = tickets;
        this.journal = journal;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/sessions", this::list),
                Route.post("/api/v1/sessions", this::create),
                Route.get("/api/v1/sessions/{id}", this::get),
                Route.delete("/api/v1/sessions/{id}", this::end));
    }

    private Reply create(ServerRequest request) {
        var owner = caller.subject(request);
        var text = RequestBody.json(request);
        return caller.once(request, owner, text.toString(), id -> create(id, owner, JsonFields.of(text)));
    }

    private Reply create(UUID id, String owner, JsonFields fields) {
        var name = fields.requiredText("engine");
        var quality = fields.word("quality", Quality.class).orElse(Quality.BALANCED);
        var output = fields.word("output", Output.class).orElse(Output.FRAME);
        var lookFields = fields.fields("look");
        fields.refuseOthers();
        if (name.isEmpty()) {
            fields.check();
        }
        var engine = engine(fields, name);
        var look = looks.read(
                lookFields.orElseGet(() -> JsonFields.of(JsonValue.EMPTY_JSON_OBJECT)), engine.info(), owner);
        fields.check();
        var created = sessions.create(id, owner, engine, look.orElseThrow(), quality, output);
        var body = standing(created.record())
                .add(
                        "webSocket",
                        Json.createObjectBuilder()
                                .add("path", LiveEndpoint.PATH.replace("{sessionId}", id.toString()))
                                .add("ticket", tickets.issue(id)))
                .add("resumeToken", created.session().resumeToken())
                .build();
        return Reply.created("/api/v1/sessions/" + id, body);
    }

    private LoadedEngine.Ready engine(JsonFields fields, String name) {
        var engine = engines.find(name);
        if (engine.isEmpty()) {
            fields.violate("engine", "is not an engine of this server");
            throw Problem.invalid(fields.violations()).refusal();
        }
        return switch (engine.get()) {
            case LoadedEngine.Ready ready -> {
                if (!ready.capabilities().contains(Capability.LIVE)) {
                    fields.violate("engine", "cannot be worn live");
                    throw Problem.invalid(fields.violations()).refusal();
                }
                yield ready;
            }
            case LoadedEngine.Failed _ ->
                throw Problem.of(ProblemType.ENGINE_UNAVAILABLE, "Try another engine.")
                        .refusal();
        };
    }

    private Reply list(ServerRequest request) {
        var mine = Filter.of(caller.subject(request));
        return PageOfList.of(request).answer((after, limit) -> list(mine, after, limit), session -> whole(session)
                .build());
    }

    private List<Session> list(Filter filter, Optional<Position> after, int limit) {
        var place = after;
        while (true) {
            var page = journal.list(filter, place, limit);
            var told = page.stream()
                    .map(record -> sessions.standing(record.id()).orElse(record))
                    .filter(this::isTold)
                    .toList();
            if (!told.isEmpty() || page.size() < limit) {
                return told;
            }
            place = Optional.of(Position.after(page.getLast()));
        }
    }

    private Reply get(ServerRequest request) {
        var owner = caller.subject(request);
        var id = Route.id(request);
        var record = sessions.standing(id)
                .or(() -> journal.find(id))
                .filter(found -> found.owner().equals(owner))
                .filter(this::isTold)
                .orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND).refusal());
        return Reply.ok(whole(record).build());
    }

    private boolean isTold(Session record) {
        return clock.instant().isBefore(record.expiresAt());
    }

    /** All there is to tell of a session; some of it is known only while it is live here. */
    private JsonObjectBuilder whole(Session record) {
        var body = standing(record).add("look", record.look()).add("statistics", record.statistics());
        sessions.find(record.id()).ifPresent(session -> body.add("quality", Words.of(session.quality()))
                .add("output", Words.of(session.output()))
                .add("statistics", session.statistics().addTo(Json.createObjectBuilder())));
        return body;
    }

    private Reply end(ServerRequest request) {
        var owner = caller.subject(request);
        if (!sessions.end(Route.id(request), owner)) {
            throw Problem.of(ProblemType.NOT_FOUND).refusal();
        }
        return Reply.noContent();
    }

    private static JsonObjectBuilder standing(Session record) {
        return Json.createObjectBuilder()
                .add("id", record.id().toString())
                .add("engine", record.engine())
                .add("status", record.status())
                .add("createdAt", record.createdAt().toString())
                .add("updatedAt", record.updatedAt().toString())
                .add("expiresAt", record.expiresAt().toString());
    }
}
