package dev.tryon.nails;

import dev.tryon.spi.Frame;
import dev.tryon.vision.LinearLight;
import java.util.Arrays;

/**
 * The light that lies on one nail, read from the nail itself: shading E, detail D, highlights H and exposure k.
 *
 * <p>With Y the luminance: E = blur(Y) / median(Y), D = Y / blur(Y), H = max(0, Y - p80), all in linear light. The blur
 * takes in the nail alone (skin would bleed in at the edges) and sees Y cut off at p80, so that a highlight counts once,
 * as H.
 *
 * <p>Threads: one at a time; buffers are reused.
 */
final class NailLight {
    private static final double BLUR_WIDTH = 0.15;
    private static final int LEVELS = 256;
    /** Keeps the ratios calm on nails that are nearly black. */
    private static final float FLOOR = 0.012f;

    private static final float LEAST_SHADING = 0.55f;
    private static final float MOST_SHADING = 1.55f;
    /** Linear luminance of skin in a well exposed picture, between dark and fair. */
    private static final float SKIN = 0.26f;
    /** Linear luminance that nearly all of a well exposed picture stays below. */
    private static final float WHITE = 0.72f;

    /** Spreads of colour between which a nail goes from plain to painted: then what is dark and bright is paint. */
    private static final float LEAST_MOTTLED = 0.03f;

    private static final float MOST_MOTTLED = 0.08f;

    private final int[] histogram = new int[LEVELS];
    private final float[] ring = new float[2 * NailShape.ROWS];
    private float[] sums = new float[0];
    private float[] weights = new float[0];
    private float[] swap = new float[0];
    private float median;
    private float bright;
    private float exposure;
    private float glare;
    private float calm = 1;

    /** Reads the light on the nail that the canvas is open at. */
    void read(Canvas canvas, Frame frame, NailShape nail, SceneLight scene) {
        rank(canvas);
        var radius = Math.max(1, (int) Math.round(BLUR_WIDTH * nail.width()));
        blur(canvas, radius);
        exposure = exposure(frame, nail, scene);
    }

    /** Returns the shading E of a pixel: 1 where the nail is lit as in its middle. */
    float shading(Canvas canvas, int pixel) {
        var seen = Math.clamp((canvas.smooth[pixel] + FLOOR) / (median + FLOOR), LEAST_SHADING, MOST_SHADING);
        return 1 + (0.35f + 0.65f * calm) * (seen - 1);
    }

    /** Returns the detail D of a pixel: ridges and grain, about 1. */
    float detail(Canvas canvas, int pixel) {
        var seen = Math.min(canvas.luminance[pixel], bright);
        return 1 + calm * (Math.clamp((seen + FLOOR) / (canvas.smooth[pixel] + FLOOR), 0.6f, 1.5f) - 1);
    }

    /** Returns the highlight H of a pixel in linear light. */
    float highlight(Canvas canvas, int pixel) {
        return (0.3f + 0.7f * calm) * Math.max(0, canvas.luminance[pixel] - bright - 0.02f);
    }

    /** Returns the exposure k: what a white of the scene would come out as, about 1. */
    float exposure() {
        return exposure;
    }

    /** Returns how much the nail already mirrors the light, 0..1. */
    float glare() {
        return glare;
    }

    private void rank(Canvas canvas) {
        Arrays.fill(histogram, 0);
        var count = 0;
        for (var i = 0; i < canvas.size(); i++) {
            if (canvas.covered[i] > 0.5f) {
                // Ranked by the square root, which spends the levels where the eye does.
                histogram[(int) (Math.sqrt(canvas.luminance[i]) * (LEVELS - 1))]++;
                count++;
            }
        }
        median = ranked(count, 0.5);
        bright = Math.max(ranked(count, 0.8), 1.06f * median);
        calm = 1 - Noise.step(LEAST_MOTTLED, MOST_MOTTLED, mottled(canvas));
        var over = 0f;
        for (var i = 0; i < canvas.size(); i++) {
            if (canvas.covered[i] > 0.5f) {
                over += highlight(canvas, i);
            }
        }
        glare = count == 0 ? 0 : Math.min(1, over / count / 0.035f);
    }

    /** Returns how much the colour changes over the nail, highlights aside: the spread of red's and green's shares. */
    private float mottled(Canvas canvas) {
        var count = 0;
        var red = 0.0;
        var green = 0.0;
        var squares = 0.0;
        for (var i = 0; i < canvas.size(); i++) {
            if (canvas.covered[i] > 0.9f && canvas.luminance[i] <= bright) {
                var sum = canvas.red[i] + canvas.green[i] + canvas.blue[i] + FLOOR;
                var redShare = canvas.red[i] / sum;
                var greenShare = canvas.green[i] / sum;
                red += redShare;
                green += greenShare;
                squares += redShare * redShare + greenShare * greenShare;
                count++;
            }
        }
        var mean = Math.max(1, count);
        return (float)
                Math.sqrt(Math.max(0, squares / mean - red / mean * (red / mean) - green / mean * (green / mean)));
    }

    private float ranked(int count, double rank) {
        var seen = 0;
        for (var level = 0; level < LEVELS; level++) {
            seen += histogram[level];
            if (seen > rank * count) {
                var root = (level + 0.5f) / (LEVELS - 1);
                return root * root;
            }
        }
        return 1;
    }

    /** Blurs with two box passes, nail pixels alone. */
    private void blur(Canvas canvas, int radius) {
        var size = canvas.size();
        if (sums.length < size) {
            sums = new float[size + size / 2];
            weights = new float[size + size / 2];
            swap = new float[size + size / 2];
        }
        for (var i = 0; i < size; i++) {
            weights[i] = canvas.covered[i];
            sums[i] = canvas.covered[i] > 0 ? canvas.covered[i] * Math.min(canvas.luminance[i], bright) : 0;
        }
        for (var pass = 0; pass < 2; pass++) {
            box(sums, canvas.width, canvas.height, radius);
            box(weights, canvas.width, canvas.height, radius);
        }
        for (var i = 0; i < size; i++) {
            canvas.smooth[i] = weights[i] > 1e-4f ? sums[i] / weights[i] : median;
        }
    }

    private void box(float[] values, int width, int height, int radius) {
        for (var row = 0; row < height; row++) {
            slide(values, swap, row * width, 1, width, radius);
        }
        for (var column = 0; column < width; column++) {
            slide(swap, values, column, width, height, radius);
        }
    }

    /** Sums a window that slides along one line; sums need no division, because their ratio is what is used. */
    private static void slide(float[] from, float[] to, int start, int step, int count, int radius) {
        var sum = 0f;
        for (var i = 0; i < Math.min(radius, count); i++) {
            sum += from[start + i * step];
        }
        for (var i = 0; i < count; i++) {
            if (i + radius < count) {
                sum += from[start + (i + radius) * step];
            }
            if (i - radius > 0) {
                sum -= from[start + (i - radius - 1) * step];
            }
            to[start + i * step] = sum;
        }
    }

    /** Weighs how bright the skin beside the nail is with how bright the frame's whites are. */
    private float exposure(Frame frame, NailShape nail, SceneLight scene) {
        var pixels = frame.pixels();
        var points = nail.outline(0);
        var count = 0;
        for (var i = 0; i < 2 * NailShape.ROWS; i++) {
            var px = (int) Math.round(nail.centerX() + 1.35 * (points[2 * i] - nail.centerX()));
            var py = (int) Math.round(nail.centerY() + 1.35 * (points[2 * i + 1] - nail.centerY()));
            if (px >= 0 && py >= 0 && px < frame.width() && py < frame.height()) {
                var at = py * frame.strideBytes() + px * Frame.CHANNELS;
                ring[count++] = LinearLight.luminance(
                        LinearLight.ofByte(pixels.get(at + 2)),
                        LinearLight.ofByte(pixels.get(at + 1)),
                        LinearLight.ofByte(pixels.get(at)));
            }
        }
        var white = Math.clamp(scene.white() / WHITE, 0.1f, 1f);
        if (count == 0) {
            return (float) Math.pow(white, 0.6);
        }
        Arrays.sort(ring, 0, count);
        var skin = Math.clamp(ring[count / 2] / SKIN, 0.05f, 1.3f);
        return (float) Math.clamp(Math.pow(white, 0.55) * Math.pow(skin, 0.26), 0.22, 1.08);
    }
}
