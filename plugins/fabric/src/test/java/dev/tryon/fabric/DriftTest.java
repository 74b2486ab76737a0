package dev.tryon.fabric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class DriftTest {
    private static final int SIDE = Drift.SIDE;
    private static final Repeat HALVES = new Repeat(new Spot(0.5, 0), new Spot(0, 0.5), new Spot(0.5, 0), 1, 1);

    @Test
    void readsALeanOffAPatternThatRepeats() {
        var values = new float[SIDE * SIDE];
        for (var y = 0; y < SIDE; y++) {
            for (var x = 0; x < SIDE; x++) {
                var check = (x % (SIDE / 2) < 20 ? 1.5f : 0) + (y % (SIDE / 2) < 30 ? 0.7f : 0);
                values[y * SIDE + x] = check + 0.4f * x / (SIDE - 1) - 0.2f * y / (SIDE - 1);
            }
        }

        var drift = Drift.over(HALVES, values).values();

        assertThat((double) drift[SIDE - 1] - drift[0]).isCloseTo(0.4, within(0.05));
        assertThat((double) drift[SIDE * (SIDE - 1)] - drift[0]).isCloseTo(-0.2, within(0.05));
    }

    @Test
    void takesAPatternThatDoesNotLeanForEven() {
        var values = new float[SIDE * SIDE];
        for (var i = 0; i < values.length; i++) {
            values[i] = i % (SIDE / 2) < 9 ? 2 : 0;
        }

        for (var value : Drift.over(HALVES, values).values()) {
            assertThat((double) value).isCloseTo(0, within(0.03));
        }
    }

    @Test
    void bendsWithAPlainQuantityButNotWithItsNoise() {
        var random = new Random(3);
        var values = new float[SIDE * SIDE];
        for (var y = 0; y < SIDE; y++) {
            for (var x = 0; x < SIDE; x++) {
                var far = 2.0 * x / (SIDE - 1) - 1;
                values[y * SIDE + x] = (float) (5 + 0.6 * far * far + 0.1 * random.nextGaussian());
            }
        }

        var drift = Drift.of(values);

        assertThat((double) drift.values()[0] - drift.values()[SIDE / 2]).isCloseTo(0.6, within(0.08));
        assertThat(drift.rest()).isCloseTo(0.1, within(0.03));
    }
}
