package dev.tryon.fabric;

import dev.tryon.vision.LinearLight;
import java.util.Arrays;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Size;
import org.opencv.core.TermCriteria;
import org.opencv.imgproc.Imgproc;

/**
 * How much light falls on each part of a swatch.
 *
 * <p>The logarithm of the light is a polynomial in the place, and where the cloth has one colour also a smooth rest; that of
 * the cloth is one of a few constants, found by clustering colour under the light of the last round. So a check's
 * dark fields are not taken for shadow. Fitted by least squares with Cauchy's weights.
 */
final class LightField {
    /** Side of the square copy that the light is fitted on, in pixels. */
    static final int SIDE = 128;

    private static final int PLAIN_DEGREE = 4;
    private static final int PATTERNED_DEGREE = 2;
    private static final int COLORS = 8;
    /** Spread of chromaticity, and of log luminance, beyond which cloth has more than one colour. */
    private static final double PATTERNED_CHROMA = 0.15;

    private static final double PATTERNED_LUMINANCE = 0.3;
    private static final double CHROMA_WEIGHT = 3;
    private static final int ROUNDS = 4;
    private static final int WEIGHINGS = 3;
    /** Spread of the blur that the smooth rest of plain cloth is taken with. */
    private static final double REST_BLUR = 12;

    private static final float DARKEST = 1e-4f;

    private LightField() {}

    /**
     * Measures the light.
     *
     * @param linear {@code CV_32FC3}, BGR in linear light, 128x128
     * @return {@code CV_32F} of the same size, 1 in the geometric mean
     */
    static Mat of(Mat linear, MatScope scope) {
        var count = SIDE * SIDE;
        var pixels = new float[3 * count];
        linear.get(0, 0, pixels);
        var logs = new double[count];
        var red = new double[count];
        var blue = new double[count];
        for (var i = 0; i < count; i++) {
            var sum = pixels[3 * i] + pixels[3 * i + 1] + pixels[3 * i + 2] + DARKEST;
            logs[i] = Math.log(LinearLight.luminance(pixels[3 * i + 2], pixels[3 * i + 1], pixels[3 * i]) + DARKEST);
            red[i] = CHROMA_WEIGHT * pixels[3 * i + 2] / sum;
            blue[i] = CHROMA_WEIGHT * pixels[3 * i] / sum;
        }
        var none = new int[count];
        var light = new Fit(PATTERNED_DEGREE, 1).solve(logs, none);
        var rest = minus(logs, light);
        var patterned = Math.max(spread(red), spread(blue)) > PATTERNED_CHROMA || spread(rest) > PATTERNED_LUMINANCE;
        if (patterned) {
            var fit = new Fit(PATTERNED_DEGREE, COLORS);
            for (var round = 0; round < ROUNDS; round++) {
                light = fit.solve(logs, colors(minus(logs, light), red, blue, scope));
            }
        } else {
            light = new Fit(PLAIN_DEGREE, 1).solve(logs, none);
        }
        return exponential(light, logs, patterned, scope);
    }

    private static Mat exponential(double[] light, double[] logs, boolean patterned, MatScope scope) {
        var field = scope.mat(SIDE, SIDE, CvType.CV_32F);
        field.put(0, 0, floats(light));
        if (!patterned) {
            var rest = scope.mat(SIDE, SIDE, CvType.CV_32F);
            rest.put(0, 0, floats(minus(logs, light)));
            Imgproc.GaussianBlur(rest, rest, new Size(0, 0), REST_BLUR, REST_BLUR, Core.BORDER_REFLECT);
            Core.add(field, rest, field);
        }
        Core.subtract(field, Core.mean(field), field);
        Core.exp(field, field);
        return field;
    }

    private static int[] colors(double[] evened, double[] red, double[] blue, MatScope scope) {
        var features = new float[3 * evened.length];
        for (var i = 0; i < evened.length; i++) {
            features[3 * i] = (float) evened[i];
            features[3 * i + 1] = (float) red[i];
            features[3 * i + 2] = (float) blue[i];
        }
        var samples = scope.mat(evened.length, 3, CvType.CV_32F);
        samples.put(0, 0, features);
        var labels = scope.mat();
        Core.setRNGSeed(1);
        Core.kmeans(
                samples,
                COLORS,
                labels,
                new TermCriteria(TermCriteria.EPS + TermCriteria.MAX_ITER, 6, 0.01),
                1,
                Core.KMEANS_PP_CENTERS);
        var colors = new int[evened.length];
        labels.get(0, 0, colors);
        return colors;
    }

    private static double[] minus(double[] left, double[] right) {
        var result = new double[left.length];
        Arrays.setAll(result, i -> left[i] - right[i]);
        return result;
    }

    private static float[] floats(double[] values) {
        var result = new float[values.length];
        for (var i = 0; i < values.length; i++) {
            result[i] = (float) values[i];
        }
        return result;
    }

    private static double spread(double[] values) {
        var mean = Arrays.stream(values).average().orElseThrow();
        return Math.sqrt(Arrays.stream(values)
                .map(v -> (v - mean) * (v - mean))
                .average()
                .orElseThrow());
    }

    /** A polynomial of the place plus a constant per colour. */
    private static final class Fit {
        private final int terms;
        private final int colors;
        private final double[] polynomials;

        Fit(int degree, int colors) {
            this.terms = (degree + 1) * (degree + 2) / 2;
            this.colors = colors;
            this.polynomials = new double[terms * SIDE * SIDE];
            var across = new double[degree + 1];
            var down = new double[degree + 1];
            for (var y = 0; y < SIDE; y++) {
                legendre(2.0 * y / (SIDE - 1) - 1, down);
                for (var x = 0; x < SIDE; x++) {
                    legendre(2.0 * x / (SIDE - 1) - 1, across);
                    var at = terms * (y * SIDE + x);
                    for (var i = 0; i <= degree; i++) {
                        for (var j = 0; i + j <= degree; j++) {
                            polynomials[at++] = across[i] * down[j];
                        }
                    }
                }
            }
        }

        private static void legendre(double x, double[] into) {
            into[0] = 1;
            into[1] = x;
            for (var n = 2; n < into.length; n++) {
                into[n] = ((2 * n - 1) * x * into[n - 1] - (n - 1) * into[n - 2]) / n;
            }
        }

        /** Returns the polynomial part for each pixel. */
        double[] solve(double[] values, int[] color) {
            var weights = new double[values.length];
            Arrays.fill(weights, 1);
            var solution = new double[0];
            for (var weighing = 0; weighing < WEIGHINGS; weighing++) {
                solution = LeastSquares.solve(normal(values, color, weights), terms + colors - 1);
                reweigh(values, color, solution, weights);
            }
            var result = new double[values.length];
            for (var i = 0; i < result.length; i++) {
                result[i] = polynomial(solution, i);
            }
            return result;
        }

        private double polynomial(double[] solution, int pixel) {
            var sum = 0.0;
            for (var k = 0; k < terms; k++) {
                sum += solution[k] * polynomials[terms * pixel + k];
            }
            return sum;
        }

        private void reweigh(double[] values, int[] color, double[] solution, double[] weights) {
            var residuals = new double[values.length];
            for (var i = 0; i < values.length; i++) {
                residuals[i] = Math.abs(
                        values[i] - polynomial(solution, i) - (color[i] > 0 ? solution[terms + color[i] - 1] : 0));
            }
            var sorted = residuals.clone();
            Arrays.sort(sorted);
            var scale = 2 * (1.48 * sorted[sorted.length / 2] + DARKEST);
            for (var i = 0; i < weights.length; i++) {
                weights[i] = 1 / (1 + residuals[i] * residuals[i] / (scale * scale));
            }
        }

        /** Returns the normal equations, the right side as the last column. */
        private double[][] normal(double[] values, int[] color, double[] weights) {
            var size = terms + colors - 1;
            var normal = new double[size][size + 1];
            for (var i = 0; i < values.length; i++) {
                var at = terms * i;
                for (var k = 0; k < terms; k++) {
                    var weighted = weights[i] * polynomials[at + k];
                    var row = normal[k];
                    for (var l = k; l < terms; l++) {
                        row[l] += weighted * polynomials[at + l];
                    }
                    row[size] += weighted * values[i];
                    if (color[i] > 0) {
                        row[terms + color[i] - 1] += weighted;
                    }
                }
                if (color[i] > 0) {
                    var own = terms + color[i] - 1;
                    normal[own][own] += weights[i];
                    normal[own][size] += weights[i] * values[i];
                }
            }
            for (var k = 0; k < size; k++) {
                for (var l = 0; l < k; l++) {
                    normal[k][l] = normal[l][k];
                }
            }
            return normal;
        }
    }
}
