package dev.tryon.server;

import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.Frame;
import dev.tryon.spi.FrameInfo;
import dev.tryon.spi.LiveEngine;
import dev.tryon.spi.LiveTryOn;
import dev.tryon.spi.Look;
import dev.tryon.spi.Outcome;
import dev.tryon.spi.Progress;
import dev.tryon.spi.TryOnException;
import dev.tryon.vision.Overlay;
import dev.tryon.vision.VideoReader;
import dev.tryon.vision.VideoWriter;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A look put on a video: a live engine sees its frames in order, at the times that the file tells, and each is written with
 * what the engine made of it. A frame that the engine rejects is written as it came, for a video has no holes.
 *
 * <p>For pixel threads: all of it is done on the caller's.
 */
final class VideoTryOn {
    private static final Logger LOG = LoggerFactory.getLogger(VideoTryOn.class);

    private final LiveEngine engine;
    private final Look look;

    /** @param look already validated, its reference borrowed until {@link #dress} returns */
    VideoTryOn(LiveEngine engine, Look look) {
        this.engine = engine;
        this.look = look;
    }

    /**
     * What became of a video's frames.
     *
     * @param frames written
     * @param dressed of them, those that carry the look
     * @param confidence 0..1, the mean over those that carry the look; 0 if none does
     * @param lowestConfidence 0..1, of those that carry the look; 0 if none does
     * @param rejection why the last of the others does not
     */
    record Tally(
            int frames,
            int dressed,
            double confidence,
            double lowestConfidence,
            Optional<Outcome.Rejected> rejection) {}

    /**
     * Dresses a video from its first frame to its last, and finishes neither reader nor writer.
     *
     * @param reader at its beginning
     * @param writer of the reader's size, without frames
     * @param progress told after each frame, asked before it
     * @return what became of the frames; nothing if the work was cancelled
     * @throws TryOnException if a frame is damaged, the engine failed or the new video becomes too large
     */
    Optional<Tally> dress(VideoReader reader, VideoWriter writer, Progress progress) {
        try (var tryOn = engine.open(look)) {
            var counter = new Counter();
            while (!progress.canceled()) {
                var next = reader.next();
                if (next.isEmpty()) {
                    progress.report(1);
                    return Optional.of(counter.tally());
                }
                try (var frame = next.get()) {
                    var info = new FrameInfo(counter.frames, reader.at());
                    try (var outcome = apply(tryOn, frame, info)) {
                        counter.add(outcome);
                        writer.write(shown(frame, outcome), reader.at());
                    }
                }
                progress.report((double) counter.frames / reader.info().frames());
            }
            return Optional.empty();
        }
    }

    private static Frame shown(Frame frame, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Painted painted -> painted.picture();
            case Outcome.Overlaid overlaid -> {
                Overlay.draw(frame, overlaid.patches());
                yield frame;
            }
            case Outcome.Rejected _ -> frame;
        };
    }

    private static Outcome apply(LiveTryOn tryOn, Frame frame, FrameInfo info) {
        try {
            return tryOn.apply(frame, info);
        } catch (TryOnException failure) {
            throw failure;
        } catch (RuntimeException | LinkageError failure) {
            LOG.error("the engine failed", failure);
            throw new TryOnException(
                    ErrorCode.PROCESSING_FAILED, "The video could not be processed.", "the engine failed", failure);
        }
    }

    /** The tally as it grows. */
    private static final class Counter {
        private int frames;
        private int dressed;
        private double confidences;
        private double lowest = 1;
        private Optional<Outcome.Rejected> rejection = Optional.empty();

        void add(Outcome outcome) {
            frames++;
            switch (outcome) {
                case Outcome.Painted painted -> addDressed(painted.confidence());
                case Outcome.Overlaid overlaid -> addDressed(overlaid.confidence());
                case Outcome.Rejected rejected -> rejection = Optional.of(rejected);
            }
        }

        private void addDressed(double confidence) {
            dressed++;
            confidences += confidence;
            lowest = Math.min(lowest, confidence);
        }

        Tally tally() {
            return new Tally(
                    frames, dressed, dressed == 0 ? 0 : confidences / dressed, dressed == 0 ? 0 : lowest, rejection);
        }
    }
}
