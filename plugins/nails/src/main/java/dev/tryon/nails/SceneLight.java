package dev.tryon.nails;

import dev.tryon.spi.Frame;
import dev.tryon.vision.LinearLight;
import java.util.Arrays;

/**
 * The light of a whole frame: how bright a white would come out and what tint it would have.
 *
 * @param white luminance, in linear light, that nearly all of the frame stays below
 * @param red tint of the light, about 1
 * @param green tint of the light, about 1
 * @param blue tint of the light, about 1
 */
record SceneLight(float white, float red, float green, float blue) {
    /** Light that changes nothing. */
    static final SceneLight NEUTRAL = new SceneLight(1, 1, 1, 1);

    private static final int SAMPLES_ACROSS = 40;
    private static final double WHITE_RANK = 0.95;
    /** How far the tint of the brightest places is believed: they may be coloured things. */
    private static final float BELIEF = 0.45f;

    /** Measures a frame on a coarse grid. */
    static SceneLight of(Frame frame) {
        var step = Math.max(1, Math.max(frame.width(), frame.height()) / SAMPLES_ACROSS);
        var columns = (frame.width() + step - 1) / step;
        var rows = (frame.height() + step - 1) / step;
        var luminances = new float[columns * rows];
        var pixels = frame.pixels();
        for (var row = 0; row < rows; row++) {
            for (var column = 0; column < columns; column++) {
                var at = row * step * frame.strideBytes() + column * step * Frame.CHANNELS;
                luminances[row * columns + column] = LinearLight.luminance(
                        LinearLight.ofByte(pixels.get(at + 2)),
                        LinearLight.ofByte(pixels.get(at + 1)),
                        LinearLight.ofByte(pixels.get(at)));
            }
        }
        var sorted = luminances.clone();
        Arrays.sort(sorted);
        var white = Math.max(1e-3f, sorted[(int) (WHITE_RANK * (sorted.length - 1))]);
        var sum = new float[3];
        for (var row = 0; row < rows; row++) {
            for (var column = 0; column < columns; column++) {
                if (luminances[row * columns + column] >= white) {
                    var at = row * step * frame.strideBytes() + column * step * Frame.CHANNELS;
                    for (var channel = 0; channel < 3; channel++) {
                        sum[channel] += LinearLight.ofByte(pixels.get(at + 2 - channel));
                    }
                }
            }
        }
        var mean = Math.max(1e-4f, LinearLight.luminance(sum[0], sum[1], sum[2]));
        return new SceneLight(white, tint(sum[0] / mean), tint(sum[1] / mean), tint(sum[2] / mean));
    }

    private static float tint(float ratio) {
        return 1 + BELIEF * (Math.clamp(ratio, 0.7f, 1.3f) - 1);
    }
}
