package dev.tryon.fabric;

import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.TryOnException;
import java.util.Set;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfDouble;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/** Looks for what makes a scan worse than it could be, or impossible. */
final class PhotoChecks {
    private static final int BURNT = 252;
    private static final double MOST_BURNT = 0.01;
    private static final double ALL_BURNT = 0.35;
    private static final double DARKEST_MEAN = 14;
    /** Share of the finest detail's energy below which a photo is blurred. */
    private static final double LEAST_SHARPNESS = 0.12;

    /** Swatch pixels for a texel below which it is small. */
    private static final double LEAST_DENSITY = 0.35;

    private static final int BLOCKS = 6;
    private static final int BLOCK = 40;
    /** How unlike its blocks are, compared with what is inside them, where a photo shows one cloth. */
    private static final double MOST_UNLIKE = 1.6;

    private static final double LEAST_TEXTURE = 0.6;

    /** Spread of lightness, in Lab, of what is a wall and no cloth. */
    private static final double BLANK = 0.2;

    private PhotoChecks() {}

    /**
     * Adds warnings about a swatch.
     *
     * @param plain the straightened swatch, {@code CV_8UC3}
     * @param side of the tile to be made, in texels
     * @throws TryOnException if it is burnt out
     */
    static void of(Mat plain, PhotoSwatch swatch, int side, Set<ScanWarning> warnings, MatScope scope) {
        var grey = scope.mat();
        Imgproc.cvtColor(plain, grey, Imgproc.COLOR_BGR2GRAY);
        var burnt = scope.mat();
        Imgproc.threshold(grey, burnt, BURNT, 1, Imgproc.THRESH_BINARY);
        var share = Core.mean(burnt).val[0];
        if (share > ALL_BURNT) {
            throw new TryOnException(
                    ErrorCode.FABRIC_NOT_DETECTED,
                    "The cloth is burnt out by glare: turn it away from the lamp, or switch the flash off.",
                    "a swatch is burnt out");
        }
        if (share > MOST_BURNT) {
            warnings.add(ScanWarning.GLARE);
        }
        if (Core.mean(grey).val[0] < DARKEST_MEAN) {
            warnings.add(ScanWarning.DARK);
        }
        if (Math.sqrt(swatch.corners().area()) < LEAST_DENSITY * side) {
            warnings.add(ScanWarning.SMALL);
        }
        if (sharpness(grey, scope) < LEAST_SHARPNESS) {
            warnings.add(ScanWarning.BLURRED);
        }
    }

    /** Returns how much of the fine detail is of the finest kind: 0 where a lens or a hand blurred it. */
    private static double sharpness(Mat grey, MatScope scope) {
        var values = scope.mat();
        grey.convertTo(values, CvType.CV_32F);
        var blurred = scope.mat();
        Imgproc.GaussianBlur(values, blurred, new Size(0, 0), 1);
        var more = scope.mat();
        Imgproc.GaussianBlur(blurred, more, new Size(0, 0), 2);
        var finest = Core.norm(values, blurred) / grey.rows();
        var fine = Core.norm(blurred, more) / grey.rows();
        return finest / Math.max(1e-6, fine);
    }

    /**
     * Checks that a photo in which no swatch stands out shows one cloth all over.
     *
     * @throws TryOnException if it does not
     */
    static void requireCloth(Mat photo, MatScope scope) {
        var small = scope.mat();
        Imgproc.resize(photo, small, new Size(BLOCKS * BLOCK, BLOCKS * BLOCK), 0, 0, Imgproc.INTER_AREA);
        var lab = scope.mat();
        small.convertTo(lab, CvType.CV_32F, 1.0 / 255);
        Imgproc.cvtColor(lab, lab, Imgproc.COLOR_BGR2Lab);
        var colors = new double[2][BLOCKS * BLOCKS];
        var inside = 0.0;
        var textures = new double[BLOCKS * BLOCKS];
        for (var block = 0; block < BLOCKS * BLOCKS; block++) {
            var y = block / BLOCKS * BLOCK;
            var x = block % BLOCKS * BLOCK;
            var part = scope.keep(lab.submat(y, y + BLOCK, x, x + BLOCK));
            var mean = scope.keep(new MatOfDouble());
            var spread = scope.keep(new MatOfDouble());
            Core.meanStdDev(part, mean, spread);
            colors[0][block] = mean.get(1, 0)[0];
            colors[1][block] = mean.get(2, 0)[0];
            inside += (spread.get(1, 0)[0] + spread.get(2, 0)[0]) / (2 * BLOCKS * BLOCKS);
            textures[block] = Math.log(spread.get(0, 0)[0] + LEAST_TEXTURE);
        }
        var unlike = (spread(colors[0]) + spread(colors[1])) / 2 / (inside + 2);
        var uneven = spread(textures) / 0.55;
        var spread = scope.keep(new MatOfDouble());
        Core.meanStdDev(lab, scope.keep(new MatOfDouble()), spread);
        var blank = spread.get(0, 0)[0] < BLANK;
        if (blank || unlike > MOST_UNLIKE || uneven > MOST_UNLIKE || unlike + uneven > 1.2 * MOST_UNLIKE) {
            throw new TryOnException(
                    ErrorCode.FABRIC_NOT_DETECTED,
                    "No cloth is seen in the photo: lay it flat on a plain ground, or fill the photo with it.",
                    "no swatch found, and the photo is no cloth");
        }
    }

    private static double spread(double[] values) {
        var sum = 0.0;
        var squares = 0.0;
        for (var value : values) {
            sum += value;
            squares += value * value;
        }
        var mean = sum / values.length;
        return Math.sqrt(Math.max(0, squares / values.length - mean * mean));
    }
}
