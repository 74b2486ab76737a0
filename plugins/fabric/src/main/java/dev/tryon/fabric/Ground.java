package dev.tryon.fabric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Size;
import org.opencv.core.TermCriteria;
import org.opencv.imgproc.Imgproc;

/**
 * What a swatch lies on, as the photo's rim shows it: up to three colours, in light that changes smoothly.
 *
 * <p>The light is a square polynomial of the place for each channel of Lab, fitted to the rim with Cauchy's weights; what
 * is left of the rim's colours without it is clustered. So the dark end of a table is no cloth.
 */
final class Ground {
    /** Spreads from the ground beyond which more makes no difference. */
    static final double MOST_DISTANCE = 60;

    private static final double RIM = 0.025;
    private static final int COLORS = 3;
    private static final double LEAST_SHARE = 0.08;
    /** The least spread that a ground colour is taken to have, in Lab. */
    private static final double[] LEAST_SPREAD = {2.5, 1.5, 1.5};

    private static final int ROUNDS = 5;
    private static final int SEED = 1;
    private final int width;
    private final int height;
    private final float[] lab;
    private final int[] rim;

    private Ground(int width, int height, float[] lab, int[] rim) {
        this.width = width;
        this.height = height;
        this.lab = lab;
        this.rim = rim;
    }

    /**
     * Returns how many spreads each pixel is away from the nearest colour of the ground: {@code CV_32F}.
     *
     * @param small {@code CV_8UC3}, BGR, a few hundred pixels wide
     */
    static Mat distances(Mat small, MatScope scope) {
        var converted = scope.mat();
        small.convertTo(converted, CvType.CV_32F, 1.0 / 255);
        Imgproc.cvtColor(converted, converted, Imgproc.COLOR_BGR2Lab);
        var lab = new float[3 * small.rows() * small.cols()];
        converted.get(0, 0, lab);
        var ground = new Ground(small.cols(), small.rows(), lab, rim(small.cols(), small.rows()));
        for (var channel = 0; channel < 3; channel++) {
            ground.even(channel);
        }
        var distances = scope.mat(small.rows(), small.cols(), CvType.CV_32F);
        distances.put(0, 0, ground.nearest(scope));
        Imgproc.GaussianBlur(distances, distances, new Size(0, 0), 1);
        return distances;
    }

    private static int[] rim(int width, int height) {
        var wide = Math.max(3, (int) Math.round(RIM * Math.min(width, height)));
        var pixels = new int[width * height];
        var count = 0;
        for (var y = 0; y < height; y++) {
            for (var x = 0; x < width; x++) {
                if (x < wide || x >= width - wide || y < wide || y >= height - wide) {
                    pixels[count++] = y * width + x;
                }
            }
        }
        return Arrays.copyOf(pixels, count);
    }

    /** Takes away from one channel what the rim tells of the light, which leaves it about 0 on the ground. */
    private void even(int channel) {
        var weights = new double[rim.length];
        Arrays.fill(weights, 1);
        var solution = new double[Quadratic.TERMS];
        var terms = new double[Quadratic.TERMS];
        for (var round = 0; round < ROUNDS; round++) {
            var normal = new double[Quadratic.TERMS][Quadratic.TERMS + 1];
            for (var i = 0; i < rim.length; i++) {
                Quadratic.terms(rim[i], width, height, terms);
                for (var row = 0; row < Quadratic.TERMS; row++) {
                    for (var column = 0; column < Quadratic.TERMS; column++) {
                        normal[row][column] += weights[i] * terms[row] * terms[column];
                    }
                    normal[row][Quadratic.TERMS] += weights[i] * terms[row] * lab[3 * rim[i] + channel];
                }
            }
            solution = LeastSquares.solve(normal, Quadratic.TERMS);
            reweigh(channel, solution, weights);
        }
        for (var pixel = 0; pixel < width * height; pixel++) {
            lab[3 * pixel + channel] -= (float) value(solution, terms, pixel);
        }
    }

    private void reweigh(int channel, double[] solution, double[] weights) {
        var terms = new double[Quadratic.TERMS];
        var residuals = new double[rim.length];
        for (var i = 0; i < rim.length; i++) {
            residuals[i] = Math.abs(lab[3 * rim[i] + channel] - value(solution, terms, rim[i]));
        }
        var sorted = residuals.clone();
        Arrays.sort(sorted);
        var scale = 2 * (1.48 * sorted[sorted.length / 2] + LEAST_SPREAD[channel] / 4);
        for (var i = 0; i < rim.length; i++) {
            weights[i] = 1 / (1 + residuals[i] * residuals[i] / (scale * scale));
        }
    }

    private double value(double[] solution, double[] terms, int pixel) {
        Quadratic.terms(pixel, width, height, terms);
        var sum = 0.0;
        for (var term = 0; term < Quadratic.TERMS; term++) {
            sum += solution[term] * terms[term];
        }
        return sum;
    }

    private float[] nearest(MatScope scope) {
        var nearest = new float[width * height];
        Arrays.fill(nearest, (float) MOST_DISTANCE);
        for (var color : colors(scope)) {
            for (var i = 0; i < nearest.length; i++) {
                nearest[i] = Math.min(nearest[i], color.distance(lab[3 * i], lab[3 * i + 1], lab[3 * i + 2]));
            }
        }
        return nearest;
    }

    private List<Color> colors(MatScope scope) {
        var pixels = new float[3 * rim.length];
        for (var i = 0; i < rim.length; i++) {
            System.arraycopy(lab, 3 * rim[i], pixels, 3 * i, 3);
        }
        var samples = scope.mat(rim.length, 3, CvType.CV_32F);
        samples.put(0, 0, pixels);
        var labels = scope.mat();
        Core.setRNGSeed(SEED);
        Core.kmeans(
                samples,
                COLORS,
                labels,
                new TermCriteria(TermCriteria.EPS + TermCriteria.MAX_ITER, 10, 0.5),
                1,
                Core.KMEANS_PP_CENTERS);
        var of = new int[rim.length];
        labels.get(0, 0, of);
        var colors = new ArrayList<Color>();
        for (var label = 0; label < COLORS; label++) {
            var count = 0;
            var sum = new double[3];
            var squares = new double[3];
            for (var i = 0; i < of.length; i++) {
                if (of[i] == label) {
                    count++;
                    for (var k = 0; k < 3; k++) {
                        sum[k] += pixels[3 * i + k];
                        squares[k] += (double) pixels[3 * i + k] * pixels[3 * i + k];
                    }
                }
            }
            if (count >= LEAST_SHARE * of.length) {
                var spread = new double[3];
                for (var k = 0; k < 3; k++) {
                    sum[k] /= count;
                    spread[k] = Math.max(LEAST_SPREAD[k], Math.sqrt(Math.max(0, squares[k] / count - sum[k] * sum[k])));
                }
                colors.add(new Color(sum[0], sum[1], sum[2], spread[0], spread[1], spread[2]));
            }
        }
        return colors;
    }

    /** One colour of the ground with its spread, in Lab, without the light. */
    private record Color(double l, double a, double b, double spreadL, double spreadA, double spreadB) {
        float distance(double otherL, double otherA, double otherB) {
            var x = (otherL - l) / spreadL;
            var y = (otherA - a) / spreadA;
            var z = (otherB - b) / spreadB;
            return (float) Math.sqrt(x * x + y * y + z * z);
        }
    }
}
