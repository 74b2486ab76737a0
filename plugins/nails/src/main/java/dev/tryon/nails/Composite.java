package dev.tryon.nails;

import dev.tryon.vision.LinearLight;
import java.nio.ByteBuffer;

/**
 * Mixes polish and nail in linear light and writes the result as straight RGBA that plain source-over in sRGB turns
 * into the same picture.
 *
 * <p>With b the pixel below and r the wanted result, both in sRGB, a pixel of alpha a must have the colour
 * b + (r - b) / a. Where that leaves 0..255 alpha is raised to the least that reaches r.
 *
 * <p>Threads: one at a time.
 */
final class Composite {
    /**
     * Alpha comes in sixteen levels, which a lossless encoder packs into three quarters of the bytes; the colour makes up
     * for the rest.
     */
    private static final int ALPHA_STEP = 17;

    /** Below this alpha a colour's rounding is larger than what it says: the neighbours' colour is taken. */
    private static final int FAINT = 3;

    private final float[] below = new float[3];
    private final float[] wanted = new float[3];

    /**
     * Writes one pixel.
     *
     * @param into at byte {@code at}
     * @param covered how much of the pixel is the nail's, 0..1
     */
    void put(ByteBuffer into, int at, Canvas canvas, int i, Dab dab, Sheen sheen, SceneLight scene, float covered) {
        var hides = dab.coverage;
        var strongest = Math.max(1e-3f, Math.max(dab.red, Math.max(dab.green, dab.blue)));
        mix(
                0,
                canvas.red[i],
                filter(dab.red / strongest, hides),
                sheen.red,
                hides,
                sheen.mirrored,
                scene.red(),
                covered);
        mix(
                1,
                canvas.green[i],
                filter(dab.green / strongest, hides),
                sheen.green,
                hides,
                sheen.mirrored,
                scene.green(),
                covered);
        mix(
                2,
                canvas.blue[i],
                filter(dab.blue / strongest, hides),
                sheen.blue,
                hides,
                sheen.mirrored,
                scene.blue(),
                covered);
        var needed = covered * hides;
        for (var channel = 0; channel < 3; channel++) {
            var difference = wanted[channel] - below[channel];
            var room = difference > 0 ? 255 - below[channel] : below[channel];
            if (room > 0) {
                needed = Math.max(needed, Math.abs(difference) / room);
            }
        }
        var alpha = Math.min(255, ALPHA_STEP * (int) Math.ceil(needed * 255 / ALPHA_STEP));
        for (var channel = 0; channel < 3; channel++) {
            var color =
                    alpha == 0 ? wanted[channel] : below[channel] + (wanted[channel] - below[channel]) * 255 / alpha;
            into.put(at + channel, (byte) Math.clamp(Math.round(color), 0, 255));
        }
        into.put(at + 3, (byte) alpha);
    }

    /** Returns what thin polish lets through of one channel: thin layers stain, as a pane of tinted glass does. */
    private static float filter(float share, float hides) {
        return 1 - 0.8f * hides * (1 - share);
    }

    private void mix(
            int channel,
            float background,
            float through,
            float body,
            float hides,
            float mirrored,
            float tint,
            float covered) {
        var painted = background * through * (1 - hides) + body * tint * hides + mirrored * tint;
        below[channel] = LinearLight.toByte(background);
        wanted[channel] = LinearLight.toByte(background + covered * (painted - background));
    }

    /** Gives pixels that show nothing the colour of the nearest one in their row that does, else of the nearest row. */
    void spread(ByteBuffer pixels, Canvas canvas) {
        var width = canvas.width;
        var filled = -1;
        for (var row = 0; row < canvas.height; row++) {
            if (spreadRow(pixels, row * width, width)) {
                for (var empty = filled + 1; empty < row; empty++) {
                    copyRow(pixels, filled < 0 ? row : filled, empty, width);
                }
                filled = row;
            }
        }
        for (var empty = filled + 1; filled >= 0 && empty < canvas.height; empty++) {
            copyRow(pixels, filled, empty, width);
        }
    }

    private static boolean spreadRow(ByteBuffer pixels, int start, int width) {
        var last = -1;
        for (var column = 0; column < width; column++) {
            if ((pixels.get(4 * (start + column) + 3) & 0xFF) > FAINT) {
                for (var empty = last < 0 ? 0 : last + 1; empty < column; empty++) {
                    var nearer = last < 0 || column - empty < empty - last ? column : last;
                    copyColor(pixels, start + nearer, start + empty);
                }
                last = column;
            }
        }
        for (var empty = last + 1; last >= 0 && empty < width; empty++) {
            copyColor(pixels, start + last, start + empty);
        }
        return last >= 0;
    }

    private static void copyRow(ByteBuffer pixels, int from, int to, int width) {
        for (var column = 0; column < width; column++) {
            copyColor(pixels, from * width + column, to * width + column);
        }
    }

    private static void copyColor(ByteBuffer pixels, int from, int to) {
        pixels.put(4 * to, pixels.get(4 * from));
        pixels.put(4 * to + 1, pixels.get(4 * from + 1));
        pixels.put(4 * to + 2, pixels.get(4 * from + 2));
    }
}
