package dev.tryon.fabric;

import java.util.Optional;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.imgproc.Imgproc;

/**
 * Where one sees through a lace.
 *
 * <p>Yarn and ground are the two halves of its lightness by Otsu's method; the half that is more like what lies around the
 * swatch is ground, or without that the darker one.
 */
final class Holes {
    /** Lightness, of 255, over which yarn fades into hole. */
    private static final double SOFTNESS = 24;

    private static final double LEAST_HALVES_APART = 20;

    private Holes() {}

    /**
     * Returns how much of each texel is cloth, {@code CV_8U}; empty where nothing is seen through.
     *
     * @param base {@code CV_8UC3}, BGR
     * @param ground lightness of what the swatch lies on, 0..255, where it is seen
     */
    static Optional<Mat> opacity(Mat base, Optional<Double> ground, MatScope scope) {
        var grey = scope.mat();
        Imgproc.cvtColor(base, grey, Imgproc.COLOR_BGR2GRAY);
        var mask = scope.mat();
        var threshold = Imgproc.threshold(grey, mask, 0, 255, Imgproc.THRESH_OTSU);
        var light = Core.mean(grey, mask).val[0];
        Core.bitwise_not(mask, mask);
        var dark = Core.mean(grey, mask).val[0];
        if (light - dark < LEAST_HALVES_APART) {
            return Optional.empty();
        }
        var lightIsHole = ground.map(seen -> Math.abs(seen - light) < Math.abs(seen - dark))
                .orElse(false);
        var sign = lightIsHole ? -1 : 1;
        var opacity = scope.mat();
        grey.convertTo(opacity, CvType.CV_8U, sign * 255 / SOFTNESS, 127.5 - sign * 255 / SOFTNESS * threshold);
        return Optional.of(opacity);
    }
}
