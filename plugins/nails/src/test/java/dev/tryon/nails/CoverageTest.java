package dev.tryon.nails;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CoverageTest {
    private final Coverage coverage = new Coverage();

    @Test
    void givesEachPixelTheShareThatIsCovered() {
        var cells = new float[16];
        coverage.fill(new double[] {1.25, 1, 3, 1, 3, 2.5, 1.25, 2.5}, 0, 0, 4, 4, cells);
        assertThat(cells[5]).isCloseTo(0.75f, within(1e-5f));
        assertThat(cells[6]).isCloseTo(1, within(1e-5f));
        assertThat(cells[9]).isCloseTo(0.375f, within(1e-5f));
        assertThat(cells[4]).isZero();
        assertThat(cells[7]).isZero();
        assertThat(cells[13]).isZero();
    }

    @Test
    void keepsTheAreaAtEveryAngle() {
        for (var degrees = 0; degrees < 360; degrees += 7) {
            var nail = NailShape.ellipse(32.3, 31.6, Math.toRadians(degrees), 40, 24);
            var cells = new float[64 * 64];
            coverage.fill(nail.outline(0), 0, 0, 64, 64, cells);
            assertThat(sum(cells)).isCloseTo(nail.area(), within(0.05));
        }
    }

    @Test
    void cutsWhatLiesOutside() {
        var cells = new float[64];
        coverage.fill(new double[] {-5, -5, 4, -5, 4, 20, -5, 20}, 0, 0, 8, 8, cells);
        assertThat(sum(cells)).isCloseTo(32, within(1e-4));
        coverage.fill(new double[] {4, -5, 20, -5, 20, 20, 4, 20}, 0, 0, 8, 8, cells);
        assertThat(sum(cells)).isCloseTo(32, within(1e-4));
        coverage.fill(new double[] {20, 20, 30, 20, 30, 30}, 0, 0, 8, 8, cells);
        assertThat(sum(cells)).isZero();
    }

    private static double sum(float[] cells) {
        var sum = 0.0;
        for (var cell : cells) {
            sum += cell;
        }
        return sum;
    }
}
