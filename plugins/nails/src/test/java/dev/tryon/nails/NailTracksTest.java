package dev.tryon.nails;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NailTracksTest {
    private static final double FRAME = 0.04;

    private final NailTracks tracks = new NailTracks();
    private final Random random = new Random(11);

    @Test
    void calmsTheJitterOfAStillHand() {
        var raw = 0.0;
        var filtered = 0.0;
        var lastRaw = 100.0;
        var lastFiltered = 100.0;
        for (var frame = 0; frame < 100; frame++) {
            var x = 100 + 0.8 * random.nextGaussian();
            var angle = -1.5 + 0.04 * random.nextGaussian();
            tracks.update(List.of(nail(x, 80, angle)), frame * FRAME);
            var shape = tracks.all().getFirst().shape();
            if (frame > 20) {
                raw += Math.abs(x - lastRaw);
                filtered += Math.abs(shape.centerX() - lastFiltered);
                assertThat(shape.angleRadians()).isCloseTo(-1.5, within(0.06));
            }
            lastRaw = x;
            lastFiltered = shape.centerX();
        }
        assertThat(filtered).isLessThan(0.4 * raw);
    }

    @Test
    void staysCloseBehindAMovingHand() {
        for (var frame = 0; frame < 40; frame++) {
            tracks.update(List.of(nail(100 + 12 * frame, 80, -1.5)), frame * FRAME);
        }
        // 300 pixels a second, ten nail lengths: less than a seventh of a nail behind.
        assertThat(tracks.all()).hasSize(1);
        assertThat(tracks.all().getFirst().shape().centerX()).isCloseTo(100 + 12 * 39, within(4.0));
        assertThat(tracks.predict(40 * FRAME).getFirst().x()).isCloseTo(100 + 12 * 40, within(6.0));
    }

    @Test
    void keepsArtWithItsNailWhenHandsChangePlaces() {
        for (var frame = 0; frame <= 30; frame++) {
            var left = nail(100 + 10 * frame, 80, -1.5);
            var right = nail(400 - 10 * frame, 135, -1.5);
            // The order of finding changes as the hands pass.
            tracks.update(frame < 15 ? List.of(left, right) : List.of(right, left), frame * FRAME);
        }
        assertThat(tracks.all()).hasSize(2);
        assertThat(tracks.all().get(0).shape().centerX()).isCloseTo(400, within(6.0));
        assertThat(tracks.all().get(0).seed()).isNotEqualTo(tracks.all().get(1).seed());
    }

    @Test
    void holdsALostNailThenFadesIt() {
        tracks.update(List.of(nail(100, 80, -1.5)), 0);
        tracks.update(List.of(nail(100, 80, -1.5)), FRAME);
        for (var frame = 2; frame < 2 + NailTrack.HOLD_FRAMES; frame++) {
            tracks.update(List.of(), frame * FRAME);
            assertThat(tracks.all().getFirst().visibility(frame * FRAME)).isEqualTo(1);
        }
        tracks.update(List.of(), 6 * FRAME);
        tracks.update(List.of(), 7.5 * FRAME);
        assertThat(tracks.all().getFirst().visibility(7.5 * FRAME)).isBetween(0.3, 0.7);
        tracks.update(List.of(), 10 * FRAME);
        assertThat(tracks.all()).isEmpty();
    }

    @Test
    void holdsNothingLostWhereFramesAreRare() {
        tracks.update(List.of(nail(100, 80, -1.5)), 0);
        tracks.update(List.of(nail(300, 80, -1.5)), 1);

        assertThat(tracks.all()).hasSize(1);
        assertThat(tracks.all().getFirst().lost()).isFalse();
    }

    @Test
    void takesALostNailUpAgainWithItsArt() {
        tracks.update(List.of(nail(100, 80, -1.5)), 0);
        var seed = tracks.all().getFirst().seed();
        tracks.update(List.of(), FRAME);
        tracks.update(List.of(nail(101, 80, -1.5)), 2 * FRAME);
        assertThat(tracks.all()).hasSize(1);
        assertThat(tracks.all().getFirst().seed()).isEqualTo(seed);
        assertThat(tracks.all().getFirst().lost()).isFalse();
    }

    @Test
    void swapsTheTipOnlyWhenSeveralFramesSaySo() {
        tracks.update(List.of(nail(100, 80, -1.5)), 0);
        tracks.update(List.of(nail(100, 80, -1.5 + Math.PI)), FRAME);
        assertThat(Math.sin(tracks.all().getFirst().shape().angleRadians())).isNegative();
        for (var frame = 2; frame < 8; frame++) {
            tracks.update(List.of(nail(100, 80, -1.5 + Math.PI)), frame * FRAME);
        }
        assertThat(Math.sin(tracks.all().getFirst().shape().angleRadians())).isPositive();
    }

    @Test
    void keepsTheAxisWhenOneFrameSeesTheNailLyingAcross() {
        tracks.update(List.of(nail(100, 80, -1.5)), 0);
        tracks.update(List.of(nail(100, 80, 0)), FRAME);
        assertThat(tracks.all().getFirst().shape().angleRadians()).isCloseTo(-1.5, within(0.01));
        for (var frame = 2; frame < 8; frame++) {
            tracks.update(List.of(nail(100, 80, 0)), frame * FRAME);
        }
        assertThat(tracks.all().getFirst().shape().angleRadians()).isCloseTo(0, within(0.01));
    }

    @Test
    void showsALikelyNailOnlyBesideASureOne() {
        var likely = new Sighting(nail(200, 80, -1.5).shape(), 0.4, 0.8);
        tracks.update(List.of(likely), 0);
        tracks.update(List.of(likely), FRAME);
        assertThat(tracks.shown()).isEmpty();
        tracks.update(List.of(likely, nail(100, 80, -1.5)), 2 * FRAME);
        assertThat(tracks.shown()).hasSize(2);
    }

    @Test
    void letsGoOfWhatNoSearchFindsAgain() {
        for (var frame = 0; frame < 10; frame++) {
            tracks.update(List.of(nail(100, 80, -1.5)), frame * FRAME);
            tracks.searched(List.of(), frame * FRAME);
        }
        assertThat(tracks.shown()).isEmpty();
    }

    private static Sighting nail(double x, double y, double angle) {
        return new Sighting(NailShape.ellipse(x, y, angle, 30, 20), 0.9, 0.95);
    }
}
