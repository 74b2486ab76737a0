package dev.tryon.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CostCurveTest {
    private static final long SECOND = 1_000_000_000;
    private final CostCurve curve = new CostCurve(new CostGuess(2_000, 300), 32);

    @Test
    void beginsWithTheGuess() {
        assertThat(curve.meanNanos(1)).isEqualTo(2_300);
        assertThat(curve.highNanos(32)).isEqualTo(11_600);
    }

    @Test
    void scalesTheGuessToWhatWasMeasured() {
        curve.add(10, 3 * 5_000, 0);

        assertThat(curve.meanNanos(1)).isEqualTo(3 * 2_300);
        assertThat(curve.meanNanos(10)).isEqualTo(3 * 5_000);
        assertThat(curve.meanNanos(32)).isCloseTo(3 * 11_600, within(1e-6));
    }

    @Test
    void liesOnTheLineBetweenMeasuredSizes() {
        curve.add(10, 1_000, 0);
        curve.add(20, 3_000, 0);

        assertThat(curve.meanNanos(15)).isEqualTo(2_000);
    }

    @Test
    void tellsTheMeanAndWhatNineteenOfTwentyDoNotExceed() {
        for (int sample = 1; sample <= 100; sample++) {
            curve.add(1, sample, 0);
        }

        assertThat(curve.meanNanos(1)).isEqualTo(50.5);
        assertThat(curve.highNanos(1)).isEqualTo(96);
    }

    @Test
    void forgetsASizeThatWasNotMeasuredForAMinute() {
        curve.add(32, 1_000_000, 0);
        curve.add(16, 6_800, 61 * SECOND);

        assertThat(curve.meanNanos(32)).isEqualTo(11_600);
    }

    @Test
    void followsAnEngineThatBecomesSlower() {
        for (int sample = 0; sample < 1_000; sample++) {
            curve.add(4, sample < 500 ? 1_000 : 2_000, 0);
        }

        assertThat(curve.meanNanos(4)).isEqualTo(2_000);
    }
}
