package dev.tryon.testkit;

import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfDouble;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/**
 * What remains of the light, in percent of its mean.
 *
 * @param percent spread of the blurred ratio of scan and truth
 * @param unevenPercent the same without a veil that is alike everywhere: the sky that cloth mirrors, which makes a dark
 *     check by more lighter than a pale one; the veil that leaves least
 */
record LightQuality(double percent, double unevenPercent) {
    /** Spread of the blur whose result is light and not cloth, as a share of the tile. */
    private static final double LIGHT_BLUR = 1 / 16.0;
    /** Side of the copies whose light is compared, in pixels. */
    private static final double COMPARED = 128;

    /** The most that a veil is of the mean light. */
    private static final double MOST_VEIL = 0.4;

    private static final int VEILS = 40;

    /** Compares the light of a scan's base colour with the truth's. */
    static LightQuality of(Mat base, TrueCloth truth) {
        var ours = linear(base);
        var known = linear(truth.base());
        var share = new Mat();
        truth.cover().convertTo(share, CvType.CV_32F, 1.0 / 255);
        Imgproc.resize(share, share, known.size(), 0, 0, Imgproc.INTER_AREA);
        seenThrough(ours, known, share);
        ours = smooth(ours);
        known = smooth(known);
        var level = Core.mean(ours).val[0];
        var least = Double.POSITIVE_INFINITY;
        for (var veil = 0; veil <= VEILS; veil++) {
            least = Math.min(least, spreadPercent(ours, known, MOST_VEIL * level * veil / VEILS));
        }
        return new LightQuality(spreadPercent(ours, known, 0), least);
    }

    private static double spreadPercent(Mat ours, Mat known, double veil) {
        var ratio = new Mat();
        Core.subtract(ours, new Scalar(veil), ratio);
        Core.divide(ratio, known, ratio);
        var mean = new MatOfDouble();
        var spread = new MatOfDouble();
        Core.meanStdDev(ratio, mean, spread);
        return 100 * spread.get(0, 0)[0] / mean.get(0, 0)[0];
    }

    private static Mat linear(Mat bgr) {
        var linear = new Mat();
        bgr.convertTo(linear, CvType.CV_32F, 1.0 / 255);
        Core.pow(linear, 2.2, linear);
        Imgproc.cvtColor(linear, linear, Imgproc.COLOR_BGR2GRAY);
        var small = new Mat();
        Imgproc.resize(linear, small, new Size(COMPARED, COMPARED), 0, 0, Imgproc.INTER_AREA);
        return small;
    }

    /** Lays known cloth over a ground of one tone, the one that fits what was scanned best: the table behind a lace. */
    private static void seenThrough(Mat ours, Mat known, Mat cover) {
        Core.multiply(known, cover, known);
        var holes = new Mat();
        Core.subtract(Mat.ones(cover.size(), cover.type()), cover, holes);
        var cloth = known.dot(known);
        var both = known.dot(holes);
        var ground = holes.dot(holes);
        var area = cloth * ground - both * both;
        if (ground < 1 || area <= 0) {
            return;
        }
        var gain = (ours.dot(known) * ground - ours.dot(holes) * both) / area;
        var tone = (ours.dot(holes) * cloth - ours.dot(known) * both) / area;
        Core.scaleAdd(holes, Math.max(0, tone) / Math.max(1e-6, gain), known, known);
    }

    private static Mat smooth(Mat plane) {
        var smooth = new Mat();
        Imgproc.GaussianBlur(plane, smooth, new Size(0, 0), LIGHT_BLUR * COMPARED, 0, Core.BORDER_REFLECT);
        return smooth;
    }
}
