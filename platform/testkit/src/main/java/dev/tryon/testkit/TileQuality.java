package dev.tryon.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/**
 * How well a picture tiles.
 *
 * @param seamRatio difference of colour across the wrap by that between neighbours inside, of the worse axis
 * @param bandContrast spread of lightness in the band about the wrap by that of the whole, of the axis further from 1
 * @param patchRatio how far patches across the wrap are from the likest one inside, by how far patches from inside are
 */
record TileQuality(double seamRatio, double bandContrast, double patchRatio) {
    private static final double BAND = 0.06;
    private static final int PATCH = 32;
    private static final int PROBES = 24;
    private static final int SEARCH_STEP = 3;
    private static final double SHRINK = 0.25;

    /** Measures. @param bgr {@code CV_8UC3}, square */
    static TileQuality of(Mat bgr) {
        var lab = new Mat();
        bgr.convertTo(lab, CvType.CV_32F, 1.0 / 255);
        Imgproc.cvtColor(lab, lab, Imgproc.COLOR_BGR2Lab);
        var turned = lab.t();
        try {
            var across = bandContrast(lab);
            var down = bandContrast(turned);
            return new TileQuality(
                    Math.max(seamRatio(lab), seamRatio(turned)),
                    Math.abs(across - 1) > Math.abs(down - 1) ? across : down,
                    Math.max(patchRatio(lab), patchRatio(turned)));
        } finally {
            lab.release();
            turned.release();
        }
    }

    private static double seamRatio(Mat lab) {
        var width = lab.cols();
        var inside = 0.0;
        for (var x = 1; x < width; x++) {
            inside += difference(lab, x - 1, x) / (width - 1);
        }
        return difference(lab, width - 1, 0) / Math.max(1e-6, inside);
    }

    private static double difference(Mat lab, int left, int right) {
        var height = lab.rows();
        var one = new float[3 * height];
        var other = new float[3 * height];
        var column = lab.col(left).clone();
        column.get(0, 0, one);
        column.release();
        column = lab.col(right).clone();
        column.get(0, 0, other);
        column.release();
        var sum = 0.0;
        for (var y = 0; y < height; y++) {
            sum += Math.sqrt(square(one[3 * y] - other[3 * y])
                    + square(one[3 * y + 1] - other[3 * y + 1])
                    + square(one[3 * y + 2] - other[3 * y + 2]));
        }
        return sum / height;
    }

    private static double square(double value) {
        return value * value;
    }

    private static double bandContrast(Mat lab) {
        var half = (int) (BAND * lab.cols());
        var rolled = rolled(lab, lab.cols() / 2);
        var middle = lab.cols() / 2;
        var band = rolled.submat(0, lab.rows(), middle - half, middle + half).clone();
        var contrast = spread(band);
        band.release();
        var spreads = new ArrayList<Double>();
        for (var x = half; x + half <= lab.cols() - half; x += half) {
            var part =
                    lab.submat(0, lab.rows(), x - half / 2, x + half + half / 2).clone();
            spreads.add(spread(part));
            part.release();
        }
        rolled.release();
        return contrast
                / Math.max(1e-6, spreads.stream().mapToDouble(v -> v).average().orElse(1));
    }

    private static double spread(Mat lab) {
        var light = new Mat();
        var smooth = new Mat();
        Core.extractChannel(lab, light, 0);
        Imgproc.GaussianBlur(light, smooth, new Size(0, 0), 12);
        Core.subtract(light, smooth, light);
        var spread = Core.norm(light) / Math.sqrt((double) light.rows() * light.cols());
        light.release();
        smooth.release();
        return spread;
    }

    private static Mat rolled(Mat lab, int by) {
        var rolled = new Mat();
        var right = lab.submat(0, lab.rows(), lab.cols() - by, lab.cols());
        var left = lab.submat(0, lab.rows(), 0, lab.cols() - by);
        Core.hconcat(List.of(right, left), rolled);
        return rolled;
    }

    /** Compares patches at a quarter of the size, in steps, by their mean square difference. */
    private static double patchRatio(Mat lab) {
        var small = new Mat();
        Imgproc.resize(lab, small, new Size(), SHRINK, SHRINK, Imgproc.INTER_AREA);
        var side = PATCH / 2;
        var rolled = rolled(small, small.cols() / 2);
        var seam = new double[PROBES];
        var inside = new double[PROBES];
        for (var probe = 0; probe < PROBES; probe++) {
            var y = probe * (small.rows() - side) / (PROBES - 1);
            seam[probe] = nearest(
                    rolled.submat(y, y + side, small.cols() / 2 - side / 2, small.cols() / 2 + side / 2),
                    small,
                    -1,
                    -1);
            var x = side + (int) ((small.cols() - 3L * side) * ((probe * 7919L) % 97) / 97);
            inside[probe] = nearest(small.submat(y, y + side, x, x + side), small, x, y);
        }
        small.release();
        rolled.release();
        return Arrays.stream(seam).average().orElseThrow()
                / Math.max(1e-6, Arrays.stream(inside).average().orElseThrow());
    }

    private static double nearest(Mat view, Mat picture, int ownX, int ownY) {
        var patch = view.clone();
        var scores = new Mat();
        Imgproc.matchTemplate(picture, patch, scores, Imgproc.TM_SQDIFF);
        var values = new float[scores.rows() * scores.cols()];
        scores.get(0, 0, values);
        var best = Double.POSITIVE_INFINITY;
        for (var y = 0; y < scores.rows(); y++) {
            for (var x = 0; x < scores.cols(); x++) {
                var own = ownX >= 0 && Math.abs(x - ownX) <= SEARCH_STEP && Math.abs(y - ownY) <= SEARCH_STEP;
                if (!own) {
                    best = Math.min(best, values[y * scores.cols() + x]);
                }
            }
        }
        patch.release();
        scores.release();
        return Math.sqrt(Math.max(0, best) / patchPixels(view));
    }

    private static double patchPixels(Mat patch) {
        return (double) patch.rows() * patch.cols();
    }
}
