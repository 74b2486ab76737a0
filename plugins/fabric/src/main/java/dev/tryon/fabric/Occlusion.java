package dev.tryon.fabric;

import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/** How much of the sky each texel sees: less, the deeper it lies below what surrounds it at four distances. */
final class Occlusion {
    /** Distances in texels of a tile of 1024: as shares of the tile they mean the same at every size. */
    private static final int[] RADII = {2, 5, 11, 24};

    private static final double[] WEIGHTS = {0.3, 0.3, 0.25, 0.15};
    private static final double RADII_TILE = 1024;
    private static final double STRENGTH = 2.2;

    private Occlusion() {}

    /** Returns what share of the sky's light arrives, {@code CV_32F}. @param height in texels, {@code CV_32F}, square */
    static Mat of(Mat height, MatScope scope) {
        var side = height.rows();
        var reach = 2 * radius(RADII[RADII.length - 1], side);
        var tiled = scope.mat();
        Core.copyMakeBorder(height, tiled, reach, reach, reach, reach, Core.BORDER_WRAP);
        var hidden = scope.mat(side, side, CvType.CV_32F);
        hidden.setTo(Scalar.all(0));
        var around = scope.mat();
        var depth = scope.mat();
        for (var level = 0; level < RADII.length; level++) {
            var radius = radius(RADII[level], side);
            var square = new Size(2.0 * radius + 1, 2.0 * radius + 1);
            Imgproc.blur(tiled, around, square);
            Imgproc.blur(around, around, square);
            Core.subtract(scope.keep(around.submat(reach, reach + side, reach, reach + side)), height, depth);
            Imgproc.threshold(depth, depth, 0, 0, Imgproc.THRESH_TOZERO);
            Core.addWeighted(hidden, 1, depth, STRENGTH * WEIGHTS[level] / radius, 0, hidden);
        }
        // 1 / (1 + x): a deep hole is dark, never darker than black.
        Core.add(hidden, Scalar.all(1), hidden);
        Core.divide(1, hidden, hidden);
        return hidden;
    }

    private static int radius(int texels, int side) {
        return (int) Math.max(1, Math.round(texels * side / RADII_TILE));
    }
}
