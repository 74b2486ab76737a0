package dev.tryon.fabric;

import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.imgproc.Imgproc;

/**
 * What of a cloth's brightness may be relief: its logarithm, without what goes with hue (that is dye), without what is larger
 * than yarns.
 *
 * @param plane {@code CV_32F}, square, about 0
 * @param contrast spread of the plane
 * @param dye share of the brightness that goes with hue, 0..1
 * @param chroma spread of hue
 */
record Shades(Mat plane, double contrast, double dye, double chroma) {
    /** Waves that are longer than this share of a tile are light or dye. */
    private static final double LONGEST_WAVE = 1 / 22.0;
    /** Frequency, in cycles by texel of a tile of 1024, from which on shades say less and less of the shape. */
    private static final double FINE = 0.09;

    private static final double FINE_TILE = 1024;
    /** Added to lightness: CIE's own offset, which makes its logarithm that of the cube root of luminance. */
    private static final float BLACK = 16;

    private static final double CUBE = 3;
    /** Spread of hue up to which it is that of one dye in more and less light, and from which on it is dyes. */
    private static final double ONE_DYE = 0.025;

    private static final double MANY_DYES = 0.06;

    /** Reads the shades. @param tile {@code CV_8UC3}, BGR, square, of even side */
    static Shades of(Mat tile, MatScope scope) {
        var side = tile.rows();
        var lab = scope.mat();
        tile.convertTo(lab, CvType.CV_32F, 1.0 / 255);
        Imgproc.cvtColor(lab, lab, Imgproc.COLOR_BGR2Lab);
        var values = new float[3 * side * side];
        lab.get(0, 0, values);
        var shades = new float[side * side];
        var red = new float[side * side];
        var yellow = new float[side * side];
        for (var i = 0; i < shades.length; i++) {
            var light = values[3 * i] + BLACK;
            shades[i] = (float) (CUBE * Math.log(light));
            red[i] = values[3 * i + 1] / light;
            yellow[i] = values[3 * i + 2] / light;
        }
        var hue = HueRegression.of(shades, red, yellow);
        var dyed = Math.clamp((hue.spread() - ONE_DYE) / (MANY_DYES - ONE_DYE), 0, 1);
        if (dyed > 0) {
            for (var i = 0; i < shades.length; i++) {
                shades[i] -= (float) (dyed * (hue.byRed() * red[i] + hue.byYellow() * yellow[i]));
            }
        }
        var plane = scope.mat(side, side, CvType.CV_32F);
        plane.put(0, 0, shades);
        var longest = 1 / (LONGEST_WAVE * side);
        var fine = FINE * FINE_TILE / side;
        var filtered = Spectra.filtered(
                Spectra.of(plane, scope),
                frequency -> (1 - Math.exp(-Math.pow(frequency / longest, 4))) / (1 + frequency / fine),
                scope);
        return new Shades(
                filtered,
                Core.norm(filtered) / side,
                Math.max(dyed * hue.explained(), Math.clamp(2.5 * (hue.spread() - MANY_DYES), 0, 0.8)),
                hue.spread());
    }

    /** How much of the brightness goes with hue, by least squares on every few texels. */
    private record HueRegression(double byRed, double byYellow, double explained, double spread) {
        private static final int STRIDE = 7;
        private static final double TINY = 1e-12;

        static HueRegression of(float[] shades, float[] red, float[] yellow) {
            var shadeRed = Moments.of(shades, red, STRIDE);
            var shadeYellow = Moments.of(shades, yellow, STRIDE);
            var both = Moments.of(red, yellow, STRIDE);
            var area = both.first() * both.second() - both.together() * both.together() + TINY;
            var byRed = (shadeRed.together() * both.second() - shadeYellow.together() * both.together()) / area;
            var byYellow = (shadeYellow.together() * both.first() - shadeRed.together() * both.together()) / area;
            var explained = (byRed * shadeRed.together() + byYellow * shadeYellow.together())
                    / Math.max(TINY, shadeRed.first());
            return new HueRegression(
                    byRed, byYellow, Math.clamp(explained, 0, 1), Math.sqrt(both.first() + both.second()));
        }
    }

    /** Variances of two quantities and their covariance. */
    private record Moments(double first, double second, double together) {
        static Moments of(float[] left, float[] right, int stride) {
            var sum = 0.0;
            var otherSum = 0.0;
            var squares = 0.0;
            var otherSquares = 0.0;
            var products = 0.0;
            var count = 0;
            for (var i = 0; i < left.length; i += stride) {
                count++;
                sum += left[i];
                otherSum += right[i];
                squares += left[i] * left[i];
                otherSquares += right[i] * right[i];
                products += left[i] * right[i];
            }
            var mean = sum / count;
            var other = otherSum / count;
            return new Moments(
                    Math.max(0, squares / count - mean * mean),
                    Math.max(0, otherSquares / count - other * other),
                    products / count - mean * other);
        }
    }
}
