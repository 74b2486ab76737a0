package dev.tryon.server;

import dev.tryon.spi.CatalogItem;
import dev.tryon.spi.Detection;
import dev.tryon.spi.EngineContext;
import dev.tryon.spi.EngineInfo;
import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.Frame;
import dev.tryon.spi.FrameInfo;
import dev.tryon.spi.LiveEngine;
import dev.tryon.spi.LiveTryOn;
import dev.tryon.spi.Look;
import dev.tryon.spi.OptionSpec;
import dev.tryon.spi.OptionValue;
import dev.tryon.spi.Outcome;
import dev.tryon.spi.Patch;
import dev.tryon.spi.Rgb;
import dev.tryon.spi.TryOnException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An engine that paints a square of 16x16 pixels in the look's colour at (8, 8).
 *
 * <p>The option {@code mood} makes it refuse, fail or wait, so that a test can see what comes of it.
 */
final class TestEngine implements LiveEngine {
    static final int SQUARE = 16;

    /** What a waiting engine waits for; a test gives permits. */
    final Semaphore gate = new Semaphore(0);

    /** Try-ons opened and not yet closed. */
    final AtomicInteger open = new AtomicInteger();

    /** Frames that reached the engine. */
    final AtomicInteger applied = new AtomicInteger();

    @Override
    public EngineInfo info() {
        return new EngineInfo(
                "square",
                "Squares",
                "1.0",
                List.of(
                        new OptionSpec.Color("color", "Colour", new Rgb(200, 0, 60)),
                        new OptionSpec.Range("opacity", "Opacity", 0, 1, 1),
                        new OptionSpec.Toggle("outline", "Outline", false),
                        new OptionSpec.Choice(
                                "mood",
                                "Mood",
                                List.of("calm", "blind", "broken", "crashing", "slow", "sullen", "torn"),
                                "calm")),
                List.of(
                        new CatalogItem(
                                "cherry",
                                "Cherry",
                                "Reds",
                                List.of("red"),
                                List.of(new Rgb(160, 0, 30)),
                                Map.of("color", new OptionValue.Text("#a0001e"))),
                        new CatalogItem(
                                "mint",
                                "Mint",
                                "Greens",
                                List.of(),
                                List.of(new Rgb(60, 200, 140)),
                                Map.of("color", new OptionValue.Text("#3cc88c")))),
                new EngineInfo.ResourceEstimate(1 << 20, 0.1));
    }

    @Override
    public void start(EngineContext context) {}

    @Override
    public LiveTryOn open(Look look) {
        refuseSullen(look);
        open.incrementAndGet();
        return new Square(look);
    }

    private static void refuseSullen(Look look) {
        if (look.options().choice("mood").equals("sullen")) {
            throw new TryOnException(ErrorCode.INVALID_LOOK, "This look cannot be worn.", "sullen, as asked for");
        }
    }

    private final class Square implements LiveTryOn {
        private Look look;

        Square(Look look) {
            this.look = look;
        }

        @Override
        public Outcome apply(Frame frame, FrameInfo info) {
            applied.incrementAndGet();
            return switch (look.options().choice("mood")) {
                case "blind" -> new Outcome.Rejected(ErrorCode.HAND_NOT_DETECTED, "Hold your hand up.");
                case "broken" ->
                    throw new TryOnException(ErrorCode.MODEL_ERROR, "A network failed.", "secret detail for the log");
                case "crashing" -> throw new IllegalStateException("secret crash detail");
                case "slow" -> {
                    gate.acquireUninterruptibly();
                    yield paint();
                }
                default -> paint();
            };
        }

        private Outcome paint() {
            var color = look.options().color("color");
            var alpha = (int) Math.round(255 * look.options().number("opacity"));
            var pixels = ByteBuffer.allocateDirect(4 * SQUARE * SQUARE);
            for (int pixel = 0; pixel < SQUARE * SQUARE; pixel++) {
                pixels.put(4 * pixel, (byte) color.red());
                pixels.put(4 * pixel + 1, (byte) color.green());
                pixels.put(4 * pixel + 2, (byte) color.blue());
                pixels.put(4 * pixel + 3, (byte) alpha);
            }
            return new Outcome.Overlaid(
                    List.of(new Patch(8, 8, SQUARE, SQUARE, pixels)),
                    0.9,
                    List.of(new Detection("square", 16, 16, SQUARE, SQUARE, 0, 0.9)));
        }

        @Override
        public void wear(Look newLook) {
            refuseSullen(newLook);
            if (newLook.options().choice("mood").equals("torn")) {
                throw new AssertionError("torn, as asked for");
            }
            look = newLook;
        }

        @Override
        public void close() {
            open.decrementAndGet();
        }
    }
}
