package dev.tryon.testkit;

import java.util.ArrayList;
import java.util.List;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfDouble;
import org.opencv.core.Point;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/**
 * How well a picture tiles, beside the cloth that it shows.
 *
 * <p>A check is not everywhere as rich in contrast, and a tile of one period holds each part of its pattern once: so the
 * band and the patches about the wrap are measured by what the true cloth shows. A patch is not compared with its own
 * place there, nor, where the true cloth is known to be itself again, with that place: two periods are alike, not the same.
 *
 * @param seamRatio difference of colour across the wrap by that between neighbours inside, of the worse axis
 * @param bandContrast spread of lightness in the band about the wrap by that of the whole, by the same of the true cloth, of
 *     the axis further from 1
 * @param patchRatio how far patches across the wrap are from the likest one of the true cloth, by how far patches from
 *     inside are
 */
record TileQuality(double seamRatio, double bandContrast, double patchRatio) {
    /** How much further than the tile, to the right and down, the true cloth must be known: by its side. */
    static final double BEYOND = 0.5;

    private static final double BAND = 0.06;
    private static final int PATCH = 12;
    private static final int PROBES = 16;
    /** Side that patches are compared at. */
    private static final double COMPARED = 192;

    /** How near, in such pixels, a place is a patch's own. */
    private static final int OWN = 3;

    private static final double LEAST_SPREAD = 1;
    private static final double TINY = 1e-6;

    /**
     * Measures.
     *
     * @param tile {@code CV_8UC3}, BGR, square
     * @param cloth the true one
     */
    static TileQuality of(Mat tile, TrueCloth cloth) {
        var ours = lab(tile);
        var truth = lab(cloth.beyond());
        var copies = cloth.copies();
        var side = (int) Math.round(truth.cols() / (1 + BEYOND));
        var plain = truth.submat(0, side, 0, side).clone();
        var same = new Mat();
        Imgproc.resize(ours, same, plain.size(), 0, 0, Imgproc.INTER_AREA);
        var across = bandContrast(same) / Math.max(TINY, bandContrast(plain));
        var down = bandContrast(turned(same)) / Math.max(TINY, bandContrast(turned(plain)));
        return new TileQuality(
                Math.max(seamRatio(ours), seamRatio(turned(ours))),
                Math.abs(across - 1) > Math.abs(down - 1) ? across : down,
                Math.max(
                        patchRatio(ours, truth, copies),
                        patchRatio(
                                turned(ours),
                                turned(truth),
                                copies.stream()
                                        .map(way -> new Point(way.y, way.x))
                                        .toList())));
    }

    private static Mat lab(Mat bgr) {
        var lab = new Mat();
        bgr.convertTo(lab, CvType.CV_32F, 1.0 / 255);
        Imgproc.cvtColor(lab, lab, Imgproc.COLOR_BGR2Lab);
        return lab;
    }

    private static Mat turned(Mat lab) {
        return lab.t();
    }

    private static double seamRatio(Mat lab) {
        var width = lab.cols();
        var inside = 0.0;
        for (var x = 1; x < width; x++) {
            inside += difference(lab, x - 1, x) / (width - 1);
        }
        return difference(lab, width - 1, 0) / Math.max(TINY, inside);
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

    /** Compares patches of both, the cloth's colours first made those of the tile, by their mean square difference. */
    private static double patchRatio(Mat lab, Mat truth, List<Point> copies) {
        var small = new Mat();
        var side = (int) COMPARED;
        Imgproc.resize(lab, small, new Size(side, side), 0, 0, Imgproc.INTER_AREA);
        var cloth = new Mat();
        var all = COMPARED * (1 + BEYOND);
        Imgproc.resize(truth, cloth, new Size(all, all), 0, 0, Imgproc.INTER_AREA);
        recolor(cloth, small);
        var rolled = rolled(small, side / 2);
        var seam = 0.0;
        var inside = 0.0;
        for (var probe = 0; probe < PROBES; probe++) {
            var y = probe * (side - PATCH) / (PROBES - 1);
            var patch = rolled.submat(y, y + PATCH, side / 2 - PATCH / 2, side / 2 + PATCH / 2);
            var left = new Point(-PATCH / 2.0, y);
            seam += nearest(patch, cloth, List.of(left, new Point(left.x + side, y)), copies);
            var x = PATCH + (int) ((side - 3L * PATCH) * ((probe * 7919L) % 97) / 97);
            inside += nearest(small.submat(y, y + PATCH, x, x + PATCH), cloth, List.of(new Point(x, y)), copies);
        }
        return seam / Math.max(TINY, inside);
    }

    private static void recolor(Mat picture, Mat like) {
        var mean = new MatOfDouble();
        var spread = new MatOfDouble();
        var wanted = new MatOfDouble();
        var wantedSpread = new MatOfDouble();
        Core.meanStdDev(picture, mean, spread);
        Core.meanStdDev(like, wanted, wantedSpread);
        var channels = new ArrayList<Mat>();
        Core.split(picture, channels);
        for (var k = 0; k < channels.size(); k++) {
            var gain = wantedSpread.get(k, 0)[0] / Math.max(TINY, spread.get(k, 0)[0]);
            channels.get(k)
                    .convertTo(channels.get(k), CvType.CV_32F, gain, wanted.get(k, 0)[0] - gain * mean.get(k, 0)[0]);
        }
        Core.merge(channels, picture);
    }

    private static double nearest(Mat view, Mat picture, List<Point> own, List<Point> copies) {
        var scores = new Mat();
        Imgproc.matchTemplate(picture, view.clone(), scores, Imgproc.TM_SQDIFF);
        for (var place : own) {
            for (var copy : copies) {
                var x = place.x + copy.x * COMPARED;
                var y = place.y + copy.y * COMPARED;
                if (x > -OWN && y > -OWN && x < scores.cols() + OWN && y < scores.rows() + OWN) {
                    Imgproc.circle(scores, new Point(x, y), OWN, Scalar.all(Float.MAX_VALUE), Imgproc.FILLED);
                }
            }
        }
        // A patch with a pale line in it differs by more from its likest than a plain one does.
        var mean = new MatOfDouble();
        var spread = new MatOfDouble();
        Core.meanStdDev(view, mean, spread);
        return Math.sqrt(Math.max(0, Core.minMaxLoc(scores).minVal)) / (spread.get(0, 0)[0] + LEAST_SPREAD);
    }
}
