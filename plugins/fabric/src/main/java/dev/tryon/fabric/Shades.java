package dev.tryon.fabric;

import dev.tryon.vision.LinearLight;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/**
 * What of a cloth's brightness may be relief: its logarithm, without what goes with hue (that is dye), without what is larger
 * than yarns.
 *
 * @param plane {@code CV_32F}, square, about 0
 * @param contrast spread of the plane
 * @param dye share of the brightness that goes with hue, 0..1
 * @param chroma spread of chromaticity: 0.01 is one dye, 0.06 a few, 0.2 red beside white
 */
record Shades(Mat plane, double contrast, double dye, double chroma) {
    /** Waves that are longer than this share of a tile are light or dye. */
    private static final double LONGEST_WAVE = 1 / 22.0;
    /** Frequency, in cycles by texel of a tile of 1024, from which on shades say less and less of the shape. */
    private static final double FINE = 0.04;

    private static final double FINE_TILE = 1024;
    /** Added to lightness: CIE's own offset, which makes its logarithm that of the cube root of luminance. */
    private static final float BLACK = 16;

    private static final double CUBE = 3;
    /** Spread of chromaticity up to which it is one dye in more and less light, and from which on it is dyes. */
    private static final double ONE_DYE = 0.045;

    private static final double MANY_DYES = 0.06;
    /** What a spread of chromaticity beyond {@link #ONE_DYE} is at least, as a share of the brightness. */
    private static final double DYE_BY_CHROMA = 15;

    private static final double MOST_DYE_BY_CHROMA = 0.8;
    /** Side of the tile that chromaticity is read from: small enough for the camera's own noise to be gone. */
    private static final int CHROMA_SIDE = 128;
    /** Light at which chromaticity fades into noise. */
    private static final float DARK = 0.003f;
    /** Reads the shades. @param tile {@code CV_8UC3}, BGR, square, of even side */
    static Shades of(Mat tile, MatScope scope) {
        var side = tile.rows();
        var chroma = chroma(tile, scope);
        var dyed = dyed(chroma);
        var lab = scope.mat();
        tile.convertTo(lab, CvType.CV_32F, 1.0 / 255);
        Imgproc.cvtColor(lab, lab, Imgproc.COLOR_BGR2Lab);
        var values = new float[3 * side * side];
        lab.get(0, 0, values);
        var shades = new float[side * side];
        for (var i = 0; i < shades.length; i++) {
            shades[i] = (float) (CUBE * Math.log(values[3 * i] + BLACK));
        }
        var explained = dyed > 0 ? undye(shades, values, dyed) : 0;
        var plane = scope.mat(side, side, CvType.CV_32F);
        plane.put(0, 0, shades);
        var longest = 1 / (LONGEST_WAVE * side);
        var fine = FINE * FINE_TILE / side;
        var filtered = Spectra.filtered(
                Spectra.of(plane, scope),
                frequency -> (1 - Math.exp(-Math.pow(frequency / longest, 4))) / (1 + frequency / fine),
                scope);
        var byChroma = Math.clamp(DYE_BY_CHROMA * (chroma - ONE_DYE), 0, MOST_DYE_BY_CHROMA);
        return new Shades(filtered, Core.norm(filtered) / side, Math.max(dyed * explained, byChroma), chroma);
    }

    /** Returns how sure it is, 0..1, that a spread of chromaticity is that of more than one dye. */
    static double dyed(double chroma) {
        return Math.clamp((chroma - ONE_DYE) / (MANY_DYES - ONE_DYE), 0, 1);
    }

    /**
     * Takes out what goes with hue.
     *
     * @param lab three values a texel
     * @param share of it that is taken out
     * @return what share of the brightness it is
     */
    private static double undye(float[] shades, float[] lab, double share) {
        var red = new float[shades.length];
        var yellow = new float[shades.length];
        for (var i = 0; i < shades.length; i++) {
            red[i] = lab[3 * i + 1] / (lab[3 * i] + BLACK);
            yellow[i] = lab[3 * i + 2] / (lab[3 * i] + BLACK);
        }
        var hue = HueRegression.of(shades, red, yellow);
        for (var i = 0; i < shades.length; i++) {
            shades[i] -= (float) (share * (hue.byRed() * red[i] + hue.byYellow() * yellow[i]));
        }
        return hue.explained();
    }

    /**
     * Returns the spread of red's and blue's shares of the light.
     *
     * <p>They are the same in more and in less light, which no measure of hue made for eyes is: a dark blue knit seems to have
     * many dyes there, and its relief would be taken out with them.
     */
    private static double chroma(Mat tile, MatScope scope) {
        var small = scope.mat();
        Imgproc.resize(tile, small, new Size(CHROMA_SIDE, CHROMA_SIDE), 0, 0, Imgproc.INTER_AREA);
        var bytes = new byte[3 * CHROMA_SIDE * CHROMA_SIDE];
        small.get(0, 0, bytes);
        var red = new float[bytes.length / 3];
        var blue = new float[red.length];
        for (var i = 0; i < red.length; i++) {
            var light = LinearLight.ofByte(bytes[3 * i])
                    + LinearLight.ofByte(bytes[3 * i + 1])
                    + LinearLight.ofByte(bytes[3 * i + 2])
                    + DARK;
            blue[i] = LinearLight.ofByte(bytes[3 * i]) / light;
            red[i] = LinearLight.ofByte(bytes[3 * i + 2]) / light;
        }
        var moments = Moments.of(red, blue, 1);
        return Math.sqrt(moments.first() + moments.second());
    }

    /** How much of the brightness goes with hue, by least squares on every few texels. */
    private record HueRegression(double byRed, double byYellow, double explained) {
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
            return new HueRegression(byRed, byYellow, Math.clamp(explained, 0, 1));
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
