package dev.tryon.fabric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LeastSquaresTest {
    @Test
    void fitsALineExactlyThroughPointsOnIt() {
        // y = 3 + 2x through x = 0, 1, 2, 5.
        var normal = new double[2][3];
        for (var x : new double[] {0, 1, 2, 5}) {
            add(normal, new double[] {1, x}, 3 + 2 * x);
        }

        var line = LeastSquares.solve(normal, 2);

        assertThat(line).containsExactly(new double[] {3, 2}, within(1e-5));
    }

    @Test
    void liesBetweenPointsThatDisagree() {
        var normal = new double[1][2];
        add(normal, new double[] {1}, 4);
        add(normal, new double[] {1}, 8);

        assertThat(LeastSquares.solve(normal, 1)[0]).isCloseTo(6, within(1e-5));
    }

    @Test
    void leavesWhatNothingSpeaksOfAtZero() {
        var normal = new double[2][3];
        add(normal, new double[] {1, 0}, 7);

        assertThat(LeastSquares.solve(normal, 2)).containsExactly(new double[] {7, 0}, within(1e-5));
    }

    private static void add(double[][] normal, double[] row, double value) {
        for (var k = 0; k < row.length; k++) {
            for (var m = 0; m < row.length; m++) {
                normal[k][m] += row[k] * row[m];
            }
            normal[k][row.length] += row[k] * value;
        }
    }
}
