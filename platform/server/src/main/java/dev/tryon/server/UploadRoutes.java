package dev.tryon.server;

import dev.tryon.store.Custody;
import dev.tryon.store.Filter;
import dev.tryon.store.NewFile;
import dev.tryon.store.Store;
import dev.tryon.store.Upload;
import io.helidon.webserver.http.ServerRequest;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/** {@code /uploads}: pictures and videos that people bring, decoded once to be sure of them and kept as they came. */
final class UploadRoutes {
    private final ServerSettings.Uploads settings;
    private final Tiers tiers;
    private final Caller caller;
    private final Store store;
    private final UploadInspector inspector;
    private final InstantSource clock;
    private final BodyMemory memory;

    UploadRoutes(
            ServerSettings.Uploads settings,
            Tiers tiers,
            Caller caller,
            Store store,
            UploadInspector inspector,
            BodyMemory memory,
            InstantSource clock) {
        this.settings = settings;
        this.tiers = tiers;
        this.caller = caller;
        this.store = store;
        this.inspector = inspector;
        this.clock = clock;
        this.memory = memory;
    }

    List<Route> routes() {
        return List.of(
                Route.post("/api/v1/uploads", this::create),
                Route.get("/api/v1/uploads", this::list),
                Route.get("/api/v1/uploads/{id}", request -> Reply.ok(UploadJson.of(find(request)))),
                Route.delete("/api/v1/uploads/{id}", this::forget),
                Route.get("/api/v1/uploads/{id}/content", this::content));
    }

    private Reply create(ServerRequest request) {
        var who = caller.identify(request);
        try (var share = memory.share()) {
            var form = UploadForm.read(request, settings, share);
            return caller.once(request, who.subject(), form.fingerprint(), id -> keep(id, who, form));
        }
    }

    private Reply keep(UUID id, Identity who, UploadForm form) {
        var kept = store.uploads().find(id, who.subject()).orElseGet(() -> kept(id, who, form));
        return Reply.created("/api/v1/uploads/" + kept.id(), UploadJson.of(kept));
    }

    private Upload kept(UUID id, Identity who, UploadForm form) {
        var found = inspector.inspect(form, tiers.of(who.tier()).longestVideo());
        var draft = new Upload(
                Custody.draft(id, who.subject(), clock.instant(), settings.lifetimeOf(form.purpose())),
                Words.of(form.purpose()),
                found.mediaType(),
                found.width(),
                found.height(),
                found.film());
        return store.uploads().keep(draft, List.of(new NewFile(Upload.CONTENT, found.mediaType(), form.file())));
    }

    private Reply list(ServerRequest request) {
        var all = Filter.of(caller.subject(request));
        return PageOfList.of(request).answer((after, limit) -> store.uploads().list(all, after, limit), UploadJson::of);
    }

    private Reply content(ServerRequest request) {
        var upload = find(request);
        var file = upload.file(Upload.CONTENT).orElseThrow();
        return FileReply.of(request, store.uploads(), file, "upload-" + upload.id());
    }

    private Reply forget(ServerRequest request) {
        var owner = caller.subject(request);
        if (!store.uploads().remove(Route.id(request), owner)) {
            throw Problem.of(ProblemType.NOT_FOUND).refusal();
        }
        return Reply.noContent();
    }

    private Upload find(ServerRequest request) {
        var owner = caller.subject(request);
        return store.uploads().find(Route.id(request), owner).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND)
                .refusal());
    }
}
