package dev.tryon.server;

import dev.tryon.spi.Frame;
import dev.tryon.store.Custody;
import dev.tryon.store.Holdings;
import dev.tryon.store.NewFile;
import dev.tryon.store.Result;
import dev.tryon.store.StoreFullException;
import dev.tryon.vision.FrameCodec;
import dev.tryon.vision.PictureFormat;
import jakarta.json.JsonObject;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Keeps what was captured or made: encodes it, makes its thumbnail, and puts both into the store at once.
 *
 * <p>Pixels are worked on by the pixel threads; the call waits for them and for the store, so it belongs on a virtual
 * thread. Every call throws {@link dev.tryon.store.StoreException} if the store cannot be used just now. Thread-safe.
 */
final class ResultKeeper {
    /** The file of a kept picture. */
    static final String IMAGE = "image";

    /** The file that lists show. */
    static final String THUMBNAIL = "thumbnail";

    /** Longer side of the small pictures that lists show, in pixels. */
    static final int THUMBNAIL_SIDE = 320;

    /** Their JPEG quality. */
    static final int THUMBNAIL_QUALITY = 82;

    private final ServerSettings.Results settings;
    private final Holdings<Result> results;
    private final FrameCodec codec;
    private final PixelThreads pixels;
    private final InstantSource clock;

    ResultKeeper(
            ServerSettings.Results settings,
            Holdings<Result> results,
            FrameCodec codec,
            PixelThreads pixels,
            InstantSource clock) {
        this.settings = settings;
        this.results = results;
        this.codec = codec;
        this.pixels = pixels;
        this.clock = clock;
    }

    /**
     * What a result is besides its files.
     *
     * @param id of the result; keeping twice under one id keeps one
     * @param kind {@code capture}, {@code video} or {@code scan}
     * @param look that was tried on, every option spelt out
     * @param confidence 0..1
     * @param session that it was captured in
     * @param job that made it
     * @param metadata what the engine found besides
     */
    record Facts(
            UUID id,
            String owner,
            String engine,
            String kind,
            JsonObject look,
            Optional<Double> confidence,
            Optional<UUID> session,
            Optional<UUID> job,
            JsonObject metadata) {}

    /**
     * Keeps a picture that is yet to be drawn.
     *
     * @param drawing makes the picture, which is closed here; called on a pixel thread
     * @throws Refusal if the owner keeps as much as one may, or too much waits for the pixel threads
     */
    Result keepDrawn(Facts facts, Supplier<Frame> drawing) {
        if (!results.hasRoom(facts.owner())) {
            throw full();
        }
        return keep(facts, pixels.call(facts.engine(), () -> {
            try (var picture = drawing.get()) {
                return files(picture);
            }
        }));
    }

    /** Returns the files of a kept picture. For threads that work on pixels. */
    List<NewFile> files(Frame picture) {
        return List.of(jpeg(IMAGE, picture, settings.imageQuality()), thumbnail(picture));
    }

    /** Returns the thumbnail of a picture. For threads that work on pixels. */
    NewFile thumbnail(Frame picture) {
        try (var small = codec.shrink(picture, THUMBNAIL_SIDE)) {
            return jpeg(THUMBNAIL, small, THUMBNAIL_QUALITY);
        }
    }

    private NewFile jpeg(String name, Frame picture, int quality) {
        var format = PictureFormat.JPEG;
        return new NewFile(name, format.mediaType(), ByteBuffer.wrap(codec.encode(picture, format, quality)));
    }

    /**
     * Keeps files that are ready, the thumbnail among them.
     *
     * @throws Refusal if the owner keeps as much as one may
     */
    Result keep(Facts facts, List<NewFile> files) {
        var draft = new Result(
                Custody.draft(facts.id(), facts.owner(), clock.instant(), settings.lifetime()),
                facts.engine(),
                facts.kind(),
                facts.look(),
                facts.confidence(),
                facts.session(),
                facts.job(),
                facts.metadata());
        try {
            return results.keep(draft, files);
        } catch (StoreFullException _) {
            throw full();
        }
    }

    private static Refusal full() {
        return Problem.of(ProblemType.STORAGE_QUOTA_EXCEEDED, "Delete something that you keep.")
                .refusal();
    }
}
