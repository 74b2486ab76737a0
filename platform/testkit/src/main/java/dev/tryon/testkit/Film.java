package dev.tryon.testkit;

import dev.tryon.spi.Frame;
import dev.tryon.vision.LinearLight;
import java.util.random.RandomGenerator;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/** What happens to light between lens and picture: rows of linear values, three a pixel. */
final class Film {
    private Film() {}

    /** Returns a picture with squares of pixels averaged into one. */
    static float[] folded(float[] picture, int width, int factor) {
        var height = picture.length / 3 / width;
        var small = new float[picture.length / factor / factor];
        for (var y = 0; y < height; y++) {
            for (var x = 0; x < width; x++) {
                for (var channel = 0; channel < 3; channel++) {
                    small[3 * (y / factor * (width / factor) + x / factor) + channel] +=
                            picture[3 * (y * width + x) + channel] / (factor * factor);
                }
            }
        }
        return small;
    }

    /** Blurs a picture, in place, as a lens that is out of focus. @param sigma in pixels; 0 for none */
    static void blur(float[] picture, int width, double sigma) {
        if (sigma <= 0) {
            return;
        }
        var mat = new Mat(picture.length / 3 / width, width, CvType.CV_32FC3);
        try {
            mat.put(0, 0, picture);
            Imgproc.GaussianBlur(mat, mat, new Size(0, 0), sigma);
            mat.get(0, 0, picture);
        } finally {
            mat.release();
        }
    }

    /**
     * Makes the frame that a sensor would: with noise of its own on each stored value.
     *
     * @param noise standard deviation, of 255
     * @return the caller closes it
     */
    static Frame developed(float[] picture, int width, double noise, RandomGenerator random) {
        var frame = Frame.allocate(width, picture.length / 3 / width);
        var pixels = frame.pixels();
        for (var at = 0; at < picture.length; at++) {
            var stored = LinearLight.toByte(picture[at]) + noise * random.nextGaussian();
            pixels.put(at - at % 3 + 2 - at % 3, (byte) Math.round(Math.clamp(stored, 0, 255)));
        }
        return frame;
    }
}
