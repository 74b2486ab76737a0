package dev.tryon.fabric;

import java.util.Arrays;
import org.opencv.core.Mat;

/** Whether a picture tiles already: whether its last column goes with its first as any column goes with the next. */
final class Wrap {
    /** The share of the likeness of rather unlike neighbours from which on the two ends are neighbours. */
    private static final double ALIKE = 0.8;

    /** Likeness of unlike neighbours below which nothing can be said. */
    private static final double LEAST_LIKENESS = 0.15;

    private static final int PROBES = 64;
    private static final int UNLIKE = PROBES / 16;
    private static final int SMOOTHING = 24;

    private Wrap() {}

    /** Returns whether the picture tiles in both directions. @param bgr {@code CV_8UC3} */
    static boolean tiles(Mat bgr) {
        var width = bgr.cols();
        var height = bgr.rows();
        var bytes = new byte[3 * width * height];
        bgr.get(0, 0, bytes);
        return tiles(bytes, width, height, 3, 3 * width) && tiles(bytes, height, width, 3 * width, 3);
    }

    private static boolean tiles(byte[] bytes, int columns, int rows, int columnStep, int rowStep) {
        var wrap =
                likeness(profile(bytes, rows, (columns - 1) * columnStep, rowStep), profile(bytes, rows, 0, rowStep));
        var inside = new double[PROBES];
        for (var probe = 0; probe < PROBES; probe++) {
            var column = 1 + (columns - 2) * probe / (PROBES - 1);
            inside[probe] = likeness(
                    profile(bytes, rows, (column - 1) * columnStep, rowStep),
                    profile(bytes, rows, column * columnStep, rowStep));
        }
        Arrays.sort(inside);
        return inside[UNLIKE] >= LEAST_LIKENESS && wrap >= ALIKE * inside[UNLIKE];
    }

    /** Returns one column's green without what changes slowly along it. */
    private static double[] profile(byte[] bytes, int rows, int at, int rowStep) {
        var sums = new double[rows + 1];
        for (var y = 0; y < rows; y++) {
            sums[y + 1] = sums[y]
                    + (bytes[at + y * rowStep + 1] & 0xFF)
                    + (bytes[at + y * rowStep + 2] & 0xFF)
                    + (bytes[at + y * rowStep] & 0xFF);
        }
        var profile = new double[rows];
        for (var y = 0; y < rows; y++) {
            var from = Math.max(0, y - SMOOTHING);
            var to = Math.min(rows, y + SMOOTHING + 1);
            profile[y] = sums[y + 1] - sums[y] - (sums[to] - sums[from]) / (to - from);
        }
        return profile;
    }

    private static double likeness(double[] left, double[] right) {
        var both = 0.0;
        var first = 1e-9;
        var second = 1e-9;
        for (var i = 0; i < left.length; i++) {
            both += left[i] * right[i];
            first += left[i] * left[i];
            second += right[i] * right[i];
        }
        return both / Math.sqrt(first * second);
    }
}
