package dev.tryon.spi;

import java.nio.ByteBuffer;

/**
 * A piece of overlay: RGBA, 8 bit a channel, straight (not premultiplied) alpha, to be drawn source-over at (x, y).
 *
 * <p>Source-over happens in sRGB, as browsers do it. An engine that blends in linear light stores the colour that makes
 * the plain formula come out right. Colour is defined, and close to its neighbours', where alpha is 0 too, so that a
 * lossy encoder has no edge to smear.
 *
 * @param x of the left edge, in frame pixels
 * @param y of the top edge, in frame pixels
 * @param width in pixels
 * @param height in pixels
 * @param pixels a direct buffer of {@code 4 * width * height} bytes from index 0, rows without gaps
 */
public record Patch(int x, int y, int width, int height, ByteBuffer pixels) {
    private static final int HALF = 128;

    /** Checks the size of the buffer. */
    public Patch {
        if (width < 1 || height < 1 || !pixels.isDirect() || pixels.capacity() < 4L * width * height) {
            throw new IllegalArgumentException("a patch needs a direct buffer of 4 * width * height bytes");
        }
    }

    /** Returns whether the patch covers one of its pixels by half or more: what counts as painted. */
    public boolean paints(int column, int row) {
        return (pixels.get(4 * (row * width + column) + 3) & 0xFF) >= HALF;
    }
}
