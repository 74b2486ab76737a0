package dev.tryon.fabric;

import java.util.Optional;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfDouble;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/**
 * What the class of a cloth is guessed by.
 *
 * @param repeat how well the cloth falls onto itself, 0..1
 * @param period shortest shift by which it does, as a share of the swatch
 * @param order share of the shades' energy in their forty strongest waves: yarns lie in rows, grain and pile do not
 * @param zigzag how much the shades lean one way and the other from column to column, or row to row, as a share of their slopes:
 *     the legs of stitches
 * @param zigzags how often they do across the tile
 * @param contrast of the shades, spread of the logarithm of luminance
 * @param tails fourth moment of the shades, 3 where they are spread as by chance
 * @param halves share of the spread of lightness that lies between its two halves, 0..1
 * @param pale share of the paler half
 * @param dye share of the brightness that goes with hue, 0..1
 * @param chroma spread of chromaticity
 * @param gloss how much colour pales with light across the swatch, about 1 where a lamp is mirrored
 * @param blue whether the mean colour is a dark blue
 */
record ClothTraits(
        double repeat,
        double period,
        double order,
        double zigzag,
        int zigzags,
        double contrast,
        double tails,
        double halves,
        double pale,
        double dye,
        double chroma,
        double gloss,
        boolean blue) {
    /** Side of the copy that is looked at, in pixels. */
    private static final int SIDE = 512;

    private static final int WAVES = 40;
    /** Zigzags that are fewer are a herringbone's, or light. */
    private static final int LEAST_ZIGZAGS = 10;

    private static final int GLOSS_SIDE = 64;
    private static final double GLOSS_BLUR = 4;
    /** Variance of the light below which nothing is to be seen of a lamp. */
    private static final double LEAST_LIGHTS = 4e-4;

    private static final double TINY = 1e-9;

    /**
     * Looks at a tile.
     *
     * @param base {@code CV_8UC3}, BGR
     * @param gloss of the swatch
     */
    static ClothTraits of(Mat base, Shades shades, Optional<Repeat> repeat, double gloss, MatScope scope) {
        var plane = scope.mat();
        Imgproc.resize(shades.plane(), plane, new Size(SIDE, SIDE), 0, 0, Imgproc.INTER_AREA);
        var across = Zigzag.of(plane, scope);
        var down = Zigzag.of(scope.keep(plane.t()), scope);
        var zigzag = across.depth > down.depth ? across : down;
        var halves = Halves.of(base, scope);
        var mean = Core.mean(base);
        return new ClothTraits(
                repeat.map(Repeat::strength).orElse(0.0),
                repeat.map(found -> found.period().length()).orElse(1.0),
                order(plane, scope),
                zigzag.depth,
                zigzag.count,
                shades.contrast(),
                tails(plane),
                halves.apart,
                halves.pale,
                shades.dye(),
                shades.chroma(),
                gloss,
                mean.val[0] > 1.15 * mean.val[2] && mean.val[0] > mean.val[1] && mean.val[2] < 140);
    }

    /**
     * Returns how much colour pales with light: the slope of the logarithm of saturation by that of luminance, turned, where the
     * one follows the other.
     *
     * @param linear the swatch, {@code CV_32FC3}, BGR in linear light
     */
    static double gloss(Mat linear, MatScope scope) {
        var smooth = scope.mat();
        Imgproc.resize(linear, smooth, new Size(GLOSS_SIDE, GLOSS_SIDE), 0, 0, Imgproc.INTER_AREA);
        Imgproc.GaussianBlur(smooth, smooth, new Size(0, 0), GLOSS_BLUR, GLOSS_BLUR, Core.BORDER_REFLECT);
        var count = GLOSS_SIDE * GLOSS_SIDE;
        var pixels = new float[3 * count];
        smooth.get(0, 0, pixels);
        var sums = new double[5];
        for (var i = 0; i < pixels.length; i += 3) {
            var most = Math.max(pixels[i], Math.max(pixels[i + 1], pixels[i + 2]));
            var least = Math.min(pixels[i], Math.min(pixels[i + 1], pixels[i + 2]));
            var light = Math.log((pixels[i] + pixels[i + 1] + pixels[i + 2]) / 3 + TINY);
            var saturation = Math.log((most - least) / (most + TINY) + 0.01);
            sums[0] += light / count;
            sums[1] += saturation / count;
            sums[2] += light * light / count;
            sums[3] += saturation * saturation / count;
            sums[4] += light * saturation / count;
        }
        var lights = sums[2] - sums[0] * sums[0];
        var saturations = sums[3] - sums[1] * sums[1];
        var both = sums[4] - sums[0] * sums[1];
        var follows = both * both / (lights * saturations + TINY);
        return lights < LEAST_LIGHTS ? 0 : -both / lights * follows;
    }

    private static double order(Mat plane, MatScope scope) {
        var spectrum = scope.mat();
        Core.dft(plane, spectrum, Core.DFT_COMPLEX_OUTPUT);
        var values = new float[2 * SIDE * SIDE];
        spectrum.get(0, 0, values);
        var strongest = new double[WAVES];
        var least = 0;
        var all = TINY;
        for (var i = 0; i < values.length; i += 2) {
            if (i / 2 % SIDE < SIDE / 2) {
                var energy = (double) values[i] * values[i] + (double) values[i + 1] * values[i + 1];
                all += energy;
                if (energy > strongest[least]) {
                    strongest[least] = energy;
                    for (var wave = 0; wave < WAVES; wave++) {
                        least = strongest[wave] < strongest[least] ? wave : least;
                    }
                }
            }
        }
        var sum = 0.0;
        for (var energy : strongest) {
            sum += energy;
        }
        return sum / all;
    }

    private static double tails(Mat plane) {
        var values = new float[SIDE * SIDE];
        plane.get(0, 0, values);
        var squares = TINY;
        var fourths = 0.0;
        for (var value : values) {
            var square = (double) value * value;
            squares += square / values.length;
            fourths += square * square / values.length;
        }
        return fourths / (squares * squares);
    }

    /** How the shades lean, column by column: the mean of the product of their slopes. */
    private record Zigzag(double depth, int count) {
        static Zigzag of(Mat plane, MatScope scope) {
            var right = scope.mat();
            var below = scope.mat();
            Imgproc.Scharr(plane, right, CvType.CV_32F, 1, 0, 1.0 / 32);
            Imgproc.Scharr(plane, below, CvType.CV_32F, 0, 1, 1.0 / 32);
            var energy = (right.dot(right) + below.dot(below)) / (SIDE * SIDE) + TINY;
            Core.multiply(right, below, right);
            var columns = scope.mat();
            Core.reduce(right, columns, 0, Core.REDUCE_AVG);
            var lines = scope.mat();
            Core.dft(columns, lines, Core.DFT_COMPLEX_OUTPUT);
            var waves = new float[2 * SIDE];
            lines.get(0, 0, waves);
            var best = LEAST_ZIGZAGS;
            for (var wave = LEAST_ZIGZAGS; wave < SIDE / 2; wave++) {
                best = power(waves, wave) > power(waves, best) ? wave : best;
            }
            // Of a wave and its neighbours, for a tile may hold a fraction of one.
            var power = power(waves, best - 1) + power(waves, best) + power(waves, best + 1);
            return new Zigzag(Math.sqrt(2 * power) / SIDE / energy, best);
        }

        private static double power(float[] waves, int wave) {
            return (double) waves[2 * wave] * waves[2 * wave] + (double) waves[2 * wave + 1] * waves[2 * wave + 1];
        }
    }

    /** The two halves of the lightness by Otsu's method. */
    private record Halves(double apart, double pale) {
        static Halves of(Mat base, MatScope scope) {
            var grey = scope.mat();
            Imgproc.resize(base, grey, new Size(SIDE, SIDE), 0, 0, Imgproc.INTER_AREA);
            Imgproc.cvtColor(grey, grey, Imgproc.COLOR_BGR2GRAY);
            var mask = scope.mat();
            Imgproc.threshold(grey, mask, 0, 255, Imgproc.THRESH_OTSU);
            var pale = Core.countNonZero(mask) / (double) (SIDE * SIDE);
            var light = Core.mean(grey, mask).val[0];
            Core.bitwise_not(mask, mask);
            var dark = Core.mean(grey, mask).val[0];
            var spread = scope.keep(new MatOfDouble());
            Core.meanStdDev(grey, scope.keep(new MatOfDouble()), spread);
            var variance = Math.max(1, spread.get(0, 0)[0] * spread.get(0, 0)[0]);
            return new Halves(pale * (1 - pale) * (light - dark) * (light - dark) / variance, pale);
        }
    }
}
