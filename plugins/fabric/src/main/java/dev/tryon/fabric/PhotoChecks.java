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
    private static final int SIDE = BLOCKS * BLOCK;
    /** How unlike each other the blocks of a photo are at most that shows one cloth. */
    private static final double MOST_UNLIKE = 1.42;

    private static final double LEAST_TEXTURE = 0.6;
    /** How much colour counts: light of two kinds must not make two cloths of one. */
    private static final double COLOR = 0.5;

    /** Added to the spread inside blocks, in units of Lab. */
    private static final double INSIDE = 1.5;
    /** Lightness between the light's ends that counts as 1. */
    private static final double RAMP = 60;

    /** Spread of lightness, in Lab, in even light, of what is a wall or a sky and no cloth. */
    private static final double BLANK = 0.3;

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
     * Checks that a photo in which no swatch stands out shows one cloth all over: in light that changes smoothly, and not by
     * much, its blocks are about as light, as rough and of the same hue as each other.
     *
     * @throws TryOnException if it does not
     */
    static void requireCloth(Mat photo, MatScope scope) {
        var small = scope.mat();
        Imgproc.resize(photo, small, new Size(SIDE, SIDE), 0, 0, Imgproc.INTER_AREA);
        var lab = scope.mat();
        small.convertTo(lab, CvType.CV_32F, 1.0 / 255);
        Imgproc.cvtColor(lab, lab, Imgproc.COLOR_BGR2Lab);
        var lightness = scope.mat();
        Core.extractChannel(lab, lightness, 0);
        var values = new float[SIDE * SIDE];
        lightness.get(0, 0, values);
        var ramp = even(values);
        lightness.put(0, 0, values);
        Core.insertChannel(lightness, lab, 0);
        var means = new double[3][BLOCKS * BLOCKS];
        var roughness = new double[BLOCKS * BLOCKS];
        var inside = new double[3];
        for (var block = 0; block < roughness.length; block++) {
            var y = block / BLOCKS * BLOCK;
            var x = block % BLOCKS * BLOCK;
            var mean = scope.keep(new MatOfDouble());
            var spread = scope.keep(new MatOfDouble());
            Core.meanStdDev(scope.keep(lab.submat(y, y + BLOCK, x, x + BLOCK)), mean, spread);
            for (var channel = 0; channel < 3; channel++) {
                means[channel][block] = mean.get(channel, 0)[0];
                inside[channel] += spread.get(channel, 0)[0] / roughness.length;
            }
            roughness[block] = Math.log(spread.get(0, 0)[0] + LEAST_TEXTURE);
        }
        var whole = scope.keep(new MatOfDouble());
        Core.meanStdDev(lightness, scope.keep(new MatOfDouble()), whole);
        var light = spread(means[0]) / (inside[0] + INSIDE);
        var color = (spread(means[1]) + spread(means[2])) / (inside[1] + inside[2] + 2 * INSIDE);
        var unlike = spread(roughness) + light + COLOR * color + ramp / RAMP;
        if (whole.get(0, 0)[0] < BLANK || unlike > MOST_UNLIKE) {
            throw new TryOnException(
                    ErrorCode.FABRIC_NOT_DETECTED,
                    "No cloth is seen in the photo: lay it flat on a plain ground, or fill the photo with it.",
                    "no swatch found, and the photo is no cloth");
        }
    }

    /** Takes light that changes smoothly away from a square picture. @return from the darkest to the lightest of it */
    private static double even(float[] values) {
        var normal = new double[Quadratic.TERMS][Quadratic.TERMS + 1];
        var terms = new double[Quadratic.TERMS];
        for (var i = 0; i < values.length; i++) {
            Quadratic.terms(i, SIDE, SIDE, terms);
            for (var row = 0; row < Quadratic.TERMS; row++) {
                for (var column = 0; column < Quadratic.TERMS; column++) {
                    normal[row][column] += terms[row] * terms[column];
                }
                normal[row][Quadratic.TERMS] += terms[row] * values[i];
            }
        }
        var solution = LeastSquares.solve(normal, Quadratic.TERMS);
        var darkest = Double.POSITIVE_INFINITY;
        var lightest = Double.NEGATIVE_INFINITY;
        for (var i = 0; i < values.length; i++) {
            Quadratic.terms(i, SIDE, SIDE, terms);
            var light = 0.0;
            for (var term = 0; term < Quadratic.TERMS; term++) {
                light += solution[term] * terms[term];
            }
            values[i] -= (float) light;
            darkest = Math.min(darkest, light);
            lightest = Math.max(lightest, light);
        }
        return lightest - darkest;
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
