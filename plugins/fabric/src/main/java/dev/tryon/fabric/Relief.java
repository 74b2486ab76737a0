package dev.tryon.fabric;

import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;
import org.opencv.imgproc.Imgproc;

/**
 * The shape of a cloth's surface, read from its shades: what is dark lies deep.
 *
 * <p>How steep it is made depends on the contrast of the shades and on the class of cloth.
 *
 * @param height in texels, about 0: {@code CV_32F}, square
 */
record Relief(Mat height) {
    private static final double FLAT = 1e-6;

    /** Makes the relief. @param guess what cloth it is */
    static Relief of(Shades shades, ClothTraits traits, ClassGuess guess, MatScope scope) {
        var height = scope.keep(shades.plane().clone());
        var slope = slope(height, scope);
        var wanted = ClassSurface.slope(guess.kind(), guess.belief(), traits);
        Core.multiply(height, Scalar.all(slope > FLAT ? wanted / slope : 0), height);
        return new Relief(height);
    }

    private static double spread(Mat plane) {
        return Core.norm(plane) / Math.sqrt((double) plane.rows() * plane.cols());
    }

    /** Returns the root of the mean square slope of a plane. */
    static double slope(Mat height, MatScope scope) {
        var across = derivative(height, 1, 0, scope);
        var down = derivative(height, 0, 1, scope);
        return Math.hypot(spread(across), spread(down));
    }

    /** Returns the slope in one direction by Scharr's filter, the tile going on at its other side. */
    private static Mat derivative(Mat height, int across, int down, MatScope scope) {
        var padded = scope.mat();
        Core.copyMakeBorder(height, padded, 1, 1, 1, 1, Core.BORDER_WRAP);
        var slopes = scope.mat();
        Imgproc.Scharr(padded, slopes, CvType.CV_32F, across, down, 1.0 / 32);
        return scope.keep(slopes.submat(1, 1 + height.rows(), 1, 1 + height.cols()));
    }

    /** Returns the normals, x to the right, y up, as {@code CV_8UC3}, BGR: z first. */
    Mat normals(MatScope scope) {
        var side = height.rows();
        var across = new float[side * side];
        scope.keep(derivative(height, 1, 0, scope).clone()).get(0, 0, across);
        var down = new float[side * side];
        scope.keep(derivative(height, 0, 1, scope).clone()).get(0, 0, down);
        var bytes = new byte[3 * side * side];
        for (var i = 0; i < across.length; i++) {
            var x = -across[i];
            var y = down[i];
            var length = Math.sqrt(x * x + y * y + 1);
            bytes[3 * i] = (byte) Math.round(127.5 * (1 / length + 1));
            bytes[3 * i + 1] = (byte) Math.round(127.5 * (y / length + 1));
            bytes[3 * i + 2] = (byte) Math.round(127.5 * (x / length + 1));
        }
        var normals = scope.mat(side, side, CvType.CV_8UC3);
        normals.put(0, 0, bytes);
        return normals;
    }
}
