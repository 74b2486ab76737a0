package dev.tryon.vision;

import dev.tryon.spi.Frame;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * One picture laid over another through a mask, mixed in linear light, as light adds up: a soft edge neither darkens nor
 * glows. Thread-safe.
 */
public final class Blending {
    private static final float[] SHARES = new float[256];

    static {
        for (var level = 0; level < SHARES.length; level++) {
            SHARES[level] = level / 255f;
        }
    }

    private Blending() {}

    /**
     * Mixes each pixel: {@code below + share * (above - below)} in linear light, back in sRGB rounded to nearest, where
     * the share is the mask's value / 255. A pixel whose mask is 0 keeps its very bytes.
     *
     * @param onto the picture below, changed in place
     * @param above of the same width and height
     * @param mask a byte a pixel, 0..255, rows of the pictures' width without gaps, from index 0
     */
    public static void mix(Frame onto, Frame above, ByteBuffer mask) {
        check(onto, above, mask);
        var to = onto.pixels();
        var from = above.pixels();
        for (var y = 0; y < onto.height(); y++) {
            var at = y * onto.width();
            var target = y * onto.strideBytes();
            var source = y * above.strideBytes();
            for (var end = at + onto.width(); at < end; at++, target += Frame.CHANNELS, source += Frame.CHANNELS) {
                var covered = mask.get(at) & 0xFF;
                if (covered != 0) {
                    var share = SHARES[covered];
                    to.put(target, mixed(to.get(target), from.get(source), share));
                    to.put(target + 1, mixed(to.get(target + 1), from.get(source + 1), share));
                    to.put(target + 2, mixed(to.get(target + 2), from.get(source + 2), share));
                }
            }
        }
    }

    /**
     * Checks that two pictures and a mask fit each other.
     *
     * @throws IllegalArgumentException if they do not
     */
    public static void check(Frame onto, Frame above, ByteBuffer mask) {
        if (above.width() != onto.width() || above.height() != onto.height()) {
            throw new IllegalArgumentException("pictures of different sizes cannot be mixed");
        }
        if (mask.capacity() < (long) onto.width() * onto.height()) {
            throw new IllegalArgumentException("the mask is smaller than the picture");
        }
    }

    private static byte mixed(byte below, byte above, float share) {
        var light = LinearLight.ofByte(below);
        return (byte) (LinearLight.toByte(light + share * (LinearLight.ofByte(above) - light)) + 0.5f);
    }

    /**
     * Returns a copy of everything that mixing looks up, one table after the other, for its twins on devices: linear light
     * of each level (256), the share of each mask value (256), the level of each step of light (4098).
     */
    public static float[] tables() {
        var light = LinearLight.fromByteTable();
        var levels = LinearLight.toByteTable();
        var tables = Arrays.copyOf(light, light.length + SHARES.length + levels.length);
        System.arraycopy(SHARES, 0, tables, light.length, SHARES.length);
        System.arraycopy(levels, 0, tables, light.length + SHARES.length, levels.length);
        return tables;
    }
}
