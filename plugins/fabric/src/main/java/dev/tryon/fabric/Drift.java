package dev.tryon.fabric;

import java.util.Arrays;
import java.util.List;

/**
 * How a quantity that a cloth has everywhere changes across a swatch: a square polynomial of the place, fitted with Cauchy's
 * weights.
 *
 * <p>Of a cloth that repeats only differences are fitted, between a place and the same place of the next repeat: then nothing
 * need be known of the pattern.
 */
final class Drift {
    /** Side of the square grid that it is fitted on. */
    static final int SIDE = LightField.SIDE;

    /** Every so many places are fitted, across and down. */
    private static final int STRIDE = 2;

    private static final int TERMS = 5;
    private static final int WEIGHINGS = 4;
    /** What a polynomial of a spread of 1 costs, by place; of differences more, for where little overlaps it stays near 0. */
    private static final double STIFFNESS = 0.003;

    private static final double STIFFNESS_OVER_REPEATS = 0.03;

    /** The least spread of what is left: a way that fits without rest must not outweigh the other. */
    private static final double LEAST_SCALE = 0.02;

    private final double[] solution;
    private final double rest;

    private Drift(double[] solution, double rest) {
        this.solution = solution;
        this.rest = rest;
    }

    /** Fits all values. @param values of 128x128 places, rows from the top */
    static Drift of(float[] values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        var middle = sorted[sorted.length / 2];
        var equations = new Equations(values.length / (STRIDE * STRIDE), TERMS + 1, STIFFNESS);
        var terms = new double[TERMS];
        for (var y = 0; y < SIDE; y += STRIDE) {
            for (var x = 0; x < SIDE; x += STRIDE) {
                terms(x, y, terms);
                equations.add(terms, 1, values[y * SIDE + x] - middle);
            }
        }
        return equations.solved();
    }

    /** Fits what values differ by over both ways of a repeat. @param values of 128x128 places, rows from the top */
    static Drift over(Repeat repeat, float[] values) {
        var ways = List.of(repeat.across(), repeat.down());
        var equations = new Equations(ways.size() * SIDE * SIDE / (STRIDE * STRIDE), TERMS, STIFFNESS_OVER_REPEATS);
        var here = new double[TERMS];
        var there = new double[TERMS];
        for (var way : ways) {
            for (var y = 0; y < SIDE; y += STRIDE) {
                for (var x = 0; x < SIDE; x += STRIDE) {
                    var otherX = x + way.x() * SIDE;
                    var otherY = y + way.y() * SIDE;
                    if (otherX >= 0 && otherX < SIDE - 1 && otherY >= 0 && otherY < SIDE - 1) {
                        terms(x, y, here);
                        terms(otherX, otherY, there);
                        for (var term = 0; term < TERMS; term++) {
                            there[term] -= here[term];
                        }
                        equations.add(there, 0, between(values, otherX, otherY) - values[y * SIDE + x]);
                    }
                }
            }
        }
        return equations.solved();
    }

    /** Returns how far the quantity has changed at each place, about 0. */
    float[] values() {
        var values = new float[SIDE * SIDE];
        var terms = new double[TERMS];
        for (var y = 0; y < SIDE; y++) {
            for (var x = 0; x < SIDE; x++) {
                terms(x, y, terms);
                for (var term = 0; term < TERMS; term++) {
                    values[y * SIDE + x] += (float) (solution[term] * terms[term]);
                }
            }
        }
        return values;
    }

    /** Returns the spread of what the polynomial does not tell. */
    double rest() {
        return rest;
    }

    private static double between(float[] values, double x, double y) {
        var left = (int) x;
        var top = (int) y;
        var across = x - left;
        var below = y - top;
        var first = top * SIDE + left;
        return (1 - below) * ((1 - across) * values[first] + across * values[first + 1])
                + below * ((1 - across) * values[first + SIDE] + across * values[first + SIDE + 1]);
    }

    /** Fills in Legendre's polynomials of a place, without the constant. */
    private static void terms(double column, double row, double[] into) {
        var x = 2 * column / (SIDE - 1) - 1;
        var y = 2 * row / (SIDE - 1) - 1;
        into[0] = x;
        into[1] = y;
        into[2] = (3 * x * x - 1) / 2;
        into[3] = x * y;
        into[4] = (3 * y * y - 1) / 2;
    }

    /** Many equations of a few unknowns. */
    private static final class Equations {
        private final int unknowns;
        private final double stiffness;
        private final double[] rows;
        private final double[] values;
        private int count;

        Equations(int most, int unknowns, double stiffness) {
            this.stiffness = stiffness;
            this.unknowns = unknowns;
            this.rows = new double[most * unknowns];
            this.values = new double[most];
        }

        void add(double[] terms, double constant, double value) {
            System.arraycopy(terms, 0, rows, count * unknowns, TERMS);
            if (unknowns > TERMS) {
                rows[count * unknowns + TERMS] = constant;
            }
            values[count++] = value;
        }

        Drift solved() {
            var weights = new double[count];
            Arrays.fill(weights, 1);
            var solution = new double[unknowns];
            var spread = 0.0;
            for (var weighing = 0; weighing < WEIGHINGS; weighing++) {
                solution = LeastSquares.solve(normal(weights), unknowns);
                spread = reweigh(solution, weights);
            }
            return new Drift(Arrays.copyOf(solution, TERMS), spread);
        }

        private double[][] normal(double[] weights) {
            var normal = new double[unknowns][unknowns + 1];
            for (var i = 0; i < count; i++) {
                for (var row = 0; row < unknowns; row++) {
                    var weighted = weights[i] * rows[i * unknowns + row];
                    for (var column = 0; column < unknowns; column++) {
                        normal[row][column] += weighted * rows[i * unknowns + column];
                    }
                    normal[row][unknowns] += weighted * values[i];
                }
            }
            for (var term = 0; term < TERMS; term++) {
                normal[term][term] += stiffness * SIDE * SIDE / (STRIDE * STRIDE);
            }
            return normal;
        }

        private double reweigh(double[] solution, double[] weights) {
            var residuals = new double[count];
            for (var i = 0; i < count; i++) {
                var residual = values[i];
                for (var unknown = 0; unknown < unknowns; unknown++) {
                    residual -= solution[unknown] * rows[i * unknowns + unknown];
                }
                residuals[i] = Math.abs(residual);
            }
            var sorted = residuals.clone();
            Arrays.sort(sorted);
            var spread = count == 0 ? 0 : 1.48 * sorted[count / 2];
            var scale = 2 * (spread + LEAST_SCALE);
            for (var i = 0; i < count; i++) {
                weights[i] = 1 / (1 + residuals[i] * residuals[i] / (scale * scale));
            }
            return spread;
        }
    }
}
