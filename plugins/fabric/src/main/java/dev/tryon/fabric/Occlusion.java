package dev.tryon.fabric;

import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;
import org.opencv.imgproc.Imgproc;

/** How much of the sky each texel sees: less, the deeper it lies below what surrounds it at three distances. */
final class Occlusion {
    private static final double[] RADII = {2, 6, 18};
    private static final double RADII_TILE = 1024;
    private static final double STRENGTH = 1.2;
    private static final double LEAST = 0.15;

    private Occlusion() {}

    /** Returns what share of the sky's light arrives, {@code CV_8U}. @param height in texels, {@code CV_32F} */
    static Mat of(Mat height, MatScope scope) {
        var spectrum = Spectra.of(height, scope);
        var hidden = scope.mat(height.rows(), height.cols(), CvType.CV_32F);
        hidden.setTo(Scalar.all(0));
        for (var radius : RADII) {
            var texels = radius * height.rows() / RADII_TILE;
            var depth = Spectra.filtered(spectrum, Spectra.blur(texels), scope);
            Core.subtract(depth, height, depth);
            Imgproc.threshold(depth, depth, 0, 0, Imgproc.THRESH_TOZERO);
            Core.addWeighted(hidden, 1, depth, STRENGTH / (RADII.length * texels), 0, hidden);
        }
        // 1 / (1 + x): a deep hole is dark, never darker than black.
        Core.add(hidden, Scalar.all(1), hidden);
        Core.divide(1, hidden, hidden);
        Core.max(hidden, Scalar.all(LEAST), hidden);
        var bytes = scope.mat();
        hidden.convertTo(bytes, CvType.CV_8U, 255);
        return bytes;
    }
}
