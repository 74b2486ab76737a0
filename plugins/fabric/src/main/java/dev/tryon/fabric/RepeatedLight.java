package dev.tryon.fabric;

import dev.tryon.vision.LinearLight;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/**
 * How much light falls on each part of a cloth that repeats: a place and the same place of the next repeat are of one colour, so
 * that what differs between them is light.
 */
final class RepeatedLight {
    /** Spread of a blur, in pixels, so that a fine pattern's logarithm is not taken where it is half resolved. */
    private static final double BLUR = 0.7;

    private static final float DARKEST = 1e-4f;

    private RepeatedLight() {}

    /**
     * Corrects what is known of the light, in place.
     *
     * @param linear the swatch, {@code CV_32FC3}, BGR in linear light, 128x128
     * @param light {@code CV_32F} of the same size, 1 in the geometric mean
     */
    static void correct(Mat linear, Mat light, Repeat repeat) {
        try (var scope = new MatScope()) {
            var smooth = scope.mat();
            Imgproc.GaussianBlur(linear, smooth, new Size(0, 0), BLUR, BLUR, Core.BORDER_REFLECT);
            var known = new float[Drift.SIDE * Drift.SIDE];
            light.get(0, 0, known);
            var pixels = new float[3 * known.length];
            smooth.get(0, 0, pixels);
            var logs = new float[known.length];
            for (var i = 0; i < logs.length; i++) {
                var luminance = LinearLight.luminance(pixels[3 * i + 2], pixels[3 * i + 1], pixels[3 * i]);
                logs[i] = (float) Math.log((luminance + DARKEST) / known[i]);
            }
            var drift = Drift.over(repeat, logs).values();
            var sum = 0.0;
            for (var i = 0; i < known.length; i++) {
                known[i] *= (float) Math.exp(drift[i]);
                sum += Math.log(known[i]);
            }
            light.put(0, 0, known);
            light.convertTo(light, CvType.CV_32F, Math.exp(-sum / known.length));
        }
    }
}
