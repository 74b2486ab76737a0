package dev.tryon.server;

import dev.tryon.store.Custody;
import dev.tryon.store.NewFile;
import dev.tryon.store.Store;
import dev.tryon.store.StoreFullException;
import dev.tryon.store.Upload;
import dev.tryon.vision.FrameCodec;
import dev.tryon.vision.PictureInfo;
import io.helidon.webserver.http.ServerRequest;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;

/** {@code /uploads}: pictures that people bring, decoded once to be sure of them and kept as they came. */
final class UploadRoutes {
    private static final Duration RETRY = Duration.ofMinutes(1);
    private static final Duration RETRY_SOON = Duration.ofSeconds(1);
    /** Bodies that are read at a time: each is in memory before anything bounds it by owner. */
    private static final int READ_AT_A_TIME = 16;

    private final ServerSettings.Uploads settings;
    private final Caller caller;
    private final Store store;
    private final FrameCodec codec;
    private final PixelThreads pixels;
    private final InstantSource clock;
    private final Semaphore readers = new Semaphore(READ_AT_A_TIME);

    UploadRoutes(
            ServerSettings.Uploads settings,
            Caller caller,
            Store store,
            FrameCodec codec,
            PixelThreads pixels,
            InstantSource clock) {
        this.settings = settings;
        this.caller = caller;
        this.store = store;
        this.codec = codec;
        this.pixels = pixels;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.post("/api/v1/uploads", this::create),
                Route.get("/api/v1/uploads/{id}", request -> Reply.ok(toJson(find(request)))),
                Route.delete("/api/v1/uploads/{id}", this::forget),
                Route.get("/api/v1/uploads/{id}/content", this::content));
    }

    private Reply create(ServerRequest request) {
        var owner = caller.subject(request);
        if (!readers.tryAcquire()) {
            throw Problem.busy(RETRY_SOON).refusal();
        }
        try {
            var form = UploadForm.read(request, settings.maxBytes());
            return caller.once(request, owner, form.fingerprint(), id -> keep(id, owner, form));
        } finally {
            readers.release();
        }
    }

    private Reply keep(UUID id, String owner, UploadForm form) {
        var there = store.uploads().find(id, owner);
        if (there.isPresent()) {
            return created(there.get());
        }
        var picture = pixels.call(() -> check(form.file()));
        var draft = new Upload(
                Custody.draft(id, owner, clock.instant(), settings.lifetime()),
                Words.of(form.purpose()),
                picture.format().mediaType(),
                picture.width(),
                picture.height(),
                Optional.empty());
        try {
            var kept =
                    store.uploads().keep(draft, List.of(new NewFile(Upload.CONTENT, draft.mediaType(), form.file())));
            return created(kept);
        } catch (StoreFullException _) {
            throw Problem.busy(RETRY).refusal();
        }
    }

    private static Reply created(Upload kept) {
        return Reply.created("/api/v1/uploads/" + kept.id(), toJson(kept));
    }

    /** Decodes the picture and forgets the pixels: what is kept can be used later. */
    private PictureInfo check(ByteBuffer file) {
        var info = codec.inspect(file.duplicate());
        codec.decodeUpload(file.duplicate()).close();
        return info;
    }

    private Reply content(ServerRequest request) {
        var upload = find(request);
        var file = upload.file(Upload.CONTENT).orElseThrow();
        return new Reply(
                200,
                Map.of("Cache-Control", "private, no-store"),
                new Reply.Body.Whole(file.mediaType(), store.uploads().read(file)));
    }

    private Reply forget(ServerRequest request) {
        var owner = caller.subject(request);
        if (!store.uploads().remove(id(request), owner)) {
            throw Problem.of(ProblemType.NOT_FOUND).refusal();
        }
        return Reply.noContent();
    }

    private Upload find(ServerRequest request) {
        var owner = caller.subject(request);
        return store.uploads().find(id(request), owner).orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND)
                .refusal());
    }

    private static UUID id(ServerRequest request) {
        return Ids.parse(request.path().pathParameters().get("id"))
                .orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND).refusal());
    }

    private static JsonObject toJson(Upload upload) {
        return Json.createObjectBuilder()
                .add("id", upload.id().toString())
                .add("purpose", upload.purpose())
                .add("mediaType", upload.mediaType())
                .add("bytes", upload.bytes())
                .add("width", upload.width())
                .add("height", upload.height())
                .add("url", "/api/v1/uploads/" + upload.id() + "/content")
                .add("expiresAt", upload.expiresAt().toString())
                .build();
    }
}
