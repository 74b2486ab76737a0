package dev.tryon.vision;

import dev.tryon.spi.Frame;
import dev.tryon.spi.Patch;
import java.util.List;

/** Patches drawn over frames, as a browser draws them on a canvas. Thread-safe. */
public final class Overlay {
    private Overlay() {}

    /**
     * Draws patches onto a frame in order: source-over, straight alpha, in sRGB, rounded to nearest
     * (Porter and Duff, "Compositing Digital Images", 1984).
     *
     * @param onto changed in place; what of a patch lies outside is left out
     * @param patches drawn in this order
     */
    public static void draw(Frame onto, List<Patch> patches) {
        for (var patch : patches) {
            draw(onto, patch);
        }
    }

    private static void draw(Frame onto, Patch patch) {
        var left = Math.max(0, patch.x());
        var right = (int) Math.min(onto.width(), (long) patch.x() + patch.width());
        var top = Math.max(0, patch.y());
        var bottom = (int) Math.min(onto.height(), (long) patch.y() + patch.height());
        var to = onto.pixels();
        var from = patch.pixels();
        for (var y = top; y < bottom; y++) {
            var source = 4 * ((y - patch.y()) * patch.width() + left - patch.x());
            var target = y * onto.strideBytes() + Frame.CHANNELS * left;
            for (var x = left; x < right; x++, source += 4, target += Frame.CHANNELS) {
                var alpha = from.get(source + 3) & 0xFF;
                if (alpha != 0) {
                    to.put(target, mix(to.get(target), from.get(source + 2), alpha));
                    to.put(target + 1, mix(to.get(target + 1), from.get(source + 1), alpha));
                    to.put(target + 2, mix(to.get(target + 2), from.get(source), alpha));
                }
            }
        }
    }

    /** Returns (above * alpha + below * (255 - alpha)) / 255, rounded to nearest. */
    private static byte mix(byte below, byte above, int alpha) {
        var sum = (above & 0xFF) * alpha + (below & 0xFF) * (255 - alpha) + 127;
        return (byte) (sum / 255);
    }
}
