package dev.tryon.server;

import dev.tryon.spi.AnalysisEngine;
import dev.tryon.spi.CaptureEngine;
import dev.tryon.spi.EngineContext;
import dev.tryon.spi.EngineInfo;
import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.Frame;
import dev.tryon.spi.Look;
import dev.tryon.spi.OptionSpec;
import dev.tryon.spi.Options;
import dev.tryon.spi.Outcome;
import dev.tryon.spi.Progress;
import dev.tryon.spi.ScanEngine;
import dev.tryon.spi.TryOnException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An engine that takes its time: it captures, scans and analyses, and gives back black pictures.
 *
 * <p>The option {@code mood} makes it wait until it is let on or called off ({@code slow}), wait whatever is asked of it
 * ({@code deaf}), fail as often as {@link #failures} says ({@code shaky}), see nothing ({@code blind}).
 */
final class StudioEngine implements CaptureEngine, ScanEngine, AnalysisEngine {
    /** What a waiting engine waits for; a test gives permits. */
    final Semaphore gate = new Semaphore(0);

    /** Whether analyses wait for the gate from now on, whatever is asked of them. */
    final AtomicBoolean hangs = new AtomicBoolean();

    /** Pieces of work that were begun. */
    final AtomicInteger begun = new AtomicInteger();

    /** Pieces of work that stopped because they were called off. */
    final AtomicInteger stopped = new AtomicInteger();

    /** How often a shaky engine fails from now on. */
    final AtomicInteger failures = new AtomicInteger();

    @Override
    public EngineInfo info() {
        return new EngineInfo(
                "studio",
                "Studio",
                "1.0",
                List.of(new OptionSpec.Choice(
                        "mood", "Mood", List.of("calm", "slow", "deaf", "shaky", "blind"), "calm")),
                List.of(),
                new EngineInfo.ResourceEstimate(1 << 20, 1));
    }

    @Override
    public void start(EngineContext context) {}

    @Override
    public Outcome capture(Frame picture, Look look, Progress progress) {
        if (work(look.options(), progress).equals("blind")) {
            return new Outcome.Rejected(ErrorCode.HAND_NOT_DETECTED, "Hold your hand up.");
        }
        return new Outcome.Painted(Frame.allocate(picture.width(), picture.height()), 0.8, List.of());
    }

    @Override
    public Scan scan(Frame photo, Options options, Progress progress) {
        work(options, progress);
        return new Scan(
                Map.of("basecolor", Frame.allocate(64, 64), "normal", Frame.allocate(64, 64)),
                Map.of("class", new Property.Text("denim")));
    }

    private String work(Options options, Progress progress) {
        begun.incrementAndGet();
        var mood = options.choice("mood");
        switch (mood) {
            case "slow" -> waitUntilLetOnOrCalledOff(progress);
            case "deaf" -> gate.acquireUninterruptibly();
            case "shaky" -> {
                if (failures.getAndDecrement() > 0) {
                    throw new TryOnException(ErrorCode.MODEL_ERROR, "A network failed.", "secret detail for the log");
                }
            }
            default -> {}
        }
        return mood;
    }

    private void waitUntilLetOnOrCalledOff(Progress progress) {
        progress.report(0.25);
        try {
            while (!gate.tryAcquire(5, TimeUnit.MILLISECONDS)) {
                if (progress.canceled()) {
                    stopped.incrementAndGet();
                    throw new TryOnException(ErrorCode.PROCESSING_FAILED, "It was called off.", "called off");
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public Analysis analyze(Frame picture) {
        begun.incrementAndGet();
        if (hangs.get()) {
            gate.acquireUninterruptibly();
        }
        return new Analysis(List.of(new Fact("face-shape", "oval", 0.75)), List.of("bob", "pixie"));
    }
}
