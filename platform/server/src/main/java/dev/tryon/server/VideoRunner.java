package dev.tryon.server;

import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.LiveEngine;
import dev.tryon.spi.Look;
import dev.tryon.spi.Progress;
import dev.tryon.spi.TryOnException;
import dev.tryon.store.NewFile;
import dev.tryon.store.Store;
import dev.tryon.store.Upload;
import dev.tryon.vision.FrameCodec;
import dev.tryon.vision.VideoCodec;
import jakarta.json.Json;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** Dresses a film, frame after frame, as if it were a session; each frame is a step. */
record VideoRunner(Store store, VideoCodec videos, FrameCodec pictures, ResultKeeper results) implements JobRunner {
    @Override
    public JobOutput run(Assignment assignment, Progress progress) {
        if (!(assignment.engine() instanceof LiveEngine engine)) {
            throw new IllegalArgumentException("the engine dresses no films");
        }
        var film = store.uploads().read(assignment.input().file(Upload.CONTENT).orElseThrow());
        var fetched = assignment.look().fetch();
        progress.report(0);
        return fetched.handTo(
                pictures, look -> dress(engine, look, film, encoderQuality(assignment.quality()), progress));
    }

    /** Returns the quality, 1 to 100, that the encoder is asked for. */
    static int encoderQuality(Tiers.Quality quality) {
        return switch (quality) {
            case STANDARD -> 70;
            case HIGH -> 80;
            case ULTRA -> 92;
        };
    }

    private JobOutput dress(LiveEngine engine, Look look, ByteBuffer film, int quality, Progress progress) {
        try (var reader = videos.open(film)) {
            var info = reader.info();
            try (var writer = videos.writer(info.width(), info.height(), info.framesPerSecond(), quality)) {
                var tally = new VideoTryOn(engine, look)
                        .dress(reader, writer, progress)
                        .orElseThrow(() -> new TryOnException(
                                ErrorCode.PROCESSING_FAILED, "It was called off.", "called off while it was dressed"));
                var rejection = tally.rejection();
                return tally.dressed() == 0 && rejection.isPresent()
                        ? new JobOutput.Unusable(
                                rejection.get().code(), rejection.get().suggestion())
                        : made(writer.finish(), tally);
            }
        }
    }

    private JobOutput made(ByteBuffer file, VideoTryOn.Tally tally) {
        return new JobOutput.Made(
                List.of(new NewFile("video", "video/mp4", file), thumbnail(file.duplicate())),
                Optional.of(tally.confidence()),
                Json.createObjectBuilder()
                        .add("frames", tally.frames())
                        .add("dressed", tally.dressed())
                        .add("lowestConfidence", DetectionJson.rounded(tally.lowestConfidence()))
                        .build());
    }

    private NewFile thumbnail(ByteBuffer file) {
        try (var reader = videos.open(file);
                var first = reader.next().orElseThrow()) {
            return results.thumbnail(first);
        }
    }
}
