package dev.tryon.nails;

import dev.tryon.spi.CaptureEngine;
import dev.tryon.spi.EngineContext;
import dev.tryon.spi.EngineInfo;
import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.Frame;
import dev.tryon.spi.FrameInfo;
import dev.tryon.spi.LiveEngine;
import dev.tryon.spi.LiveTryOn;
import dev.tryon.spi.Look;
import dev.tryon.spi.Options;
import dev.tryon.spi.Outcome;
import dev.tryon.spi.Progress;
import dev.tryon.spi.TryOnException;
import dev.tryon.vision.Pixels;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Nail polish on every visible nail, live and on single pictures.
 *
 * <p>Threads: as {@link LiveEngine} and {@link CaptureEngine} say; what is shared between sessions never changes
 * after {@link #start}.
 */
public final class NailsEngine implements LiveEngine, CaptureEngine {
    private static final EngineInfo INFO = new EngineInfo(
            "nails", "Nails", "0.1.0", Polish.OPTIONS, Catalog.DESIGNS, new EngineInfo.ResourceEstimate(64L << 20, 20));

    private volatile Optional<Toolbox> toolbox = Optional.empty();

    /** Makes an engine that is yet to be started. */
    public NailsEngine() {}

    @Override
    public EngineInfo info() {
        return INFO;
    }

    @Override
    public void start(EngineContext context) {
        Pixels.load();
        toolbox = Optional.of(new Toolbox(Networks.load(context)));
    }

    @Override
    public void stop() {
        toolbox = Optional.empty();
    }

    @Override
    public LiveTryOn open(Look look) {
        return new NailTryOn(toolbox.orElseThrow(Networks::missing), polish(look));
    }

    @Override
    public Outcome capture(Frame picture, Look look, Progress progress) {
        var lender = toolbox.orElseThrow(Networks::missing);
        var tools = lender.take();
        try {
            return new NailCapture(tools).paint(picture, polish(look), progress);
        } finally {
            lender.giveBack(tools);
        }
    }

    /**
     * Runs both networks and the painter over a drawn hand, live and as a capture.
     *
     * @throws TryOnException if any of them fails
     */
    @Override
    public void selfTest() {
        var look = Look.of(Options.of(Polish.OPTIONS, Map.of()));
        for (var hand : DrawnHand.pictures()) {
            try (hand;
                    var live = open(look);
                    var first = live.apply(hand, new FrameInfo(1, Duration.ZERO));
                    var second = live.apply(hand, new FrameInfo(2, Duration.ofMillis(40)));
                    var captured = capture(hand, look, Progress.UNWATCHED)) {
                DrawnHand.check(first);
                DrawnHand.check(second);
                DrawnHand.check(captured);
            }
        }
        DrawnHand.checkPainting(polish(look));
    }

    /** Reads a look. */
    static Polish polish(Look look) {
        if (look.reference().isPresent()) {
            throw new TryOnException(
                    ErrorCode.INVALID_LOOK,
                    "Nails cannot take a look from a picture; choose a design or a colour.",
                    "a nails look came with a reference picture");
        }
        return Polish.of(look.options());
    }
}
