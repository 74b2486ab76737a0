package dev.tryon.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PromisedRateTest {
    private static final long IMPACT = 2_000;
    private final PromisedRate rate = new PromisedRate(25, IMPACT, 0);

    @Test
    void promisesTheCamerasRateWhileTheDeviceHasRoom() {
        rate.consider(Double.POSITIVE_INFINITY, 0);
        rate.consider(26, IMPACT);

        assertThat(rate.framesPerSecond()).isEqualTo(25);
    }

    @Test
    void goesAllTheWayAtOnceWhenTheDeviceIsFull() {
        rate.consider(2, 1);

        assertThat(rate.framesPerSecond()).isCloseTo(1.9, within(1e-9));
    }

    @Test
    void changesOnceAnImpactTimeAtMost() {
        rate.consider(10, 1);
        rate.consider(5, IMPACT);
        assertThat(rate.framesPerSecond()).isCloseTo(9.5, within(1e-9));

        rate.consider(5, IMPACT + 1);
        assertThat(rate.framesPerSecond()).isCloseTo(4.75, within(1e-9));
    }

    @Test
    void recoversQuicklyFromALargeDropOfLoadAndAfterACalmFromASmallOne() {
        rate.consider(10, 1);
        rate.consider(20, 1 + IMPACT);
        assertThat(rate.framesPerSecond()).isCloseTo(19, within(1e-9));

        long changed = 1 + IMPACT;
        rate.consider(22, changed + IMPACT);
        assertThat(rate.framesPerSecond()).isCloseTo(19, within(1e-9));
        rate.consider(22, changed + 4 * IMPACT);
        assertThat(rate.framesPerSecond()).isCloseTo(20.9, within(1e-9));
    }

    @Test
    void isNotMovedByNoise() {
        rate.consider(10, 1);
        double promised = rate.framesPerSecond();
        var random = new SplittableRandom(1);
        for (long now = IMPACT; now < 1_000 * IMPACT; now += IMPACT / 8) {
            rate.consider(10 * (1 + 0.04 * (2 * random.nextDouble() - 1)), now);
            assertThat(rate.framesPerSecond()).isEqualTo(promised);
        }
    }

    @Test
    void endsWithNineTenthsOfTheDeviceUsedHoweverTheLoadCameThere() {
        var random = new SplittableRandom(2);
        long now = 1;
        for (int load = 0; load < 200; load++) {
            double capacity = 0.5 + 24 * random.nextDouble();
            for (int look = 0; look < 100; look++) {
                now += IMPACT / 8;
                rate.consider(capacity, now);
            }
            assertThat(rate.framesPerSecond() / capacity).isBetween(0.9, 1.0);
        }
    }
}
