package dev.tryon.nails;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tryon.spi.FrameInfo;
import dev.tryon.spi.Look;
import dev.tryon.spi.Options;
import dev.tryon.spi.Outcome;
import dev.tryon.spi.Patch;
import dev.tryon.spi.Progress;
import dev.tryon.spi.Rgb;
import dev.tryon.testkit.HandPose;
import dev.tryon.testkit.HandRenderer;
import dev.tryon.testkit.RenderedHand;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The whole engine on hands that the project draws, whose nails are known exactly. */
class NailsOnDrawnHandsTest {
    private static final Look LOOK = Look.of(Options.of(Polish.OPTIONS, Map.of()));
    private static final HandRenderer RENDERER = new HandRenderer(640, 480, 1);

    @RegisterExtension
    private static final StartedEngine STARTED = new StartedEngine();

    private static final NailsEngine ENGINE = STARTED.engine();

    @Test
    void paintsTheNailsOfEverySkin() {
        for (var skin : HandPose.SKINS) {
            try (var hand = RENDERER.render(pose(skin, 0.1));
                    var outcome = ENGINE.capture(hand.picture(), LOOK, Progress.UNWATCHED)) {
                assertThat(overlap(outcome, hand)).as("IoU on %s", skin.hex()).isGreaterThan(0.6);
            }
        }
    }

    @Test
    void staysOnNailsThatMove() {
        try (var live = ENGINE.open(LOOK)) {
            for (int number = 0; number < 12; number++) {
                try (var hand = RENDERER.render(pose(HandPose.SKINS.get(1), 0).sway(number / 48.0));
                        var outcome =
                                live.apply(hand.picture(), new FrameInfo(number, Duration.ofMillis(40L * number)))) {
                    assertThat(overlap(outcome, hand))
                            .as("IoU in frame %d", number)
                            .isGreaterThan(0.5);
                }
            }
        }
    }

    @Test
    void paintsNothingWhereNoHandIs() {
        var gone = new HandPose(0.5, 4, 0.1, 0, 0.16, HandPose.SKINS.get(1), 1);
        try (var table = RENDERER.render(gone);
                var outcome = ENGINE.capture(table.picture(), LOOK, Progress.UNWATCHED)) {
            assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
        }
    }

    private static HandPose pose(Rgb skin, double angleRadians) {
        return new HandPose(0.52, 0.93, 0.105, angleRadians, 0.16, skin, 1);
    }

    private static double overlap(Outcome outcome, RenderedHand hand) {
        List<Patch> patches = outcome instanceof Outcome.Overlaid overlaid ? overlaid.patches() : List.of();
        var paint = new BitSet();
        for (var patch : patches) {
            for (int row = 0; row < patch.height(); row++) {
                for (int column = 0; column < patch.width(); column++) {
                    if (patch.paints(column, row)) {
                        paint.set((patch.y() + row) * hand.picture().width() + patch.x() + column);
                    }
                }
            }
        }
        var both = (BitSet) paint.clone();
        both.and(hand.nailPixels());
        paint.or(hand.nailPixels());
        return (double) both.cardinality() / paint.cardinality();
    }
}
