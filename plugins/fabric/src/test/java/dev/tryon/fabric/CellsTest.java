package dev.tryon.fabric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CellsTest {
    private static final int PERIOD = 6;
    private static final int SEED = 11;

    @Test
    void standsOnAGridWithoutScatter() {
        var middle = Cells.at(2.5, 3.5, PERIOD, 0, SEED);
        var border = Cells.at(3, 3.5, PERIOD, 0, SEED);

        assertThat(middle.distance()).isCloseTo(0, within(1e-9));
        assertThat(middle.gap()).isCloseTo(1, within(1e-9));
        assertThat(border.distance()).isCloseTo(0.5, within(1e-9));
        assertThat(border.gap()).isCloseTo(0, within(1e-9));
    }

    @Test
    void repeatsAfterItsPeriod() {
        for (var step = 0; step < 50; step++) {
            var x = 0.37 * step;
            var y = 0.23 * step;
            var here = Cells.at(x, y, PERIOD, 0.8, SEED);
            var there = Cells.at(x + PERIOD, y - PERIOD, PERIOD, 0.8, SEED);

            assertThat(there.number()).isEqualTo(here.number());
            assertThat(there.distance()).isCloseTo(here.distance(), within(1e-9));
            assertThat(there.gap()).isCloseTo(here.gap(), within(1e-9));
        }
    }

    @Test
    void changesItsCellOnlyWhereTheGapIsNone() {
        var before = Cells.at(0, 2.2, PERIOD, 0.8, SEED);
        var borders = 0;
        for (var x = 0.001; x < PERIOD; x += 0.001) {
            var now = Cells.at(x, 2.2, PERIOD, 0.8, SEED);
            if (now.number() != before.number()) {
                assertThat(now.gap()).isLessThan(0.005);
                borders++;
            }
            before = now;
        }
        assertThat(borders).isBetween(3, 2 * PERIOD);
    }
}
