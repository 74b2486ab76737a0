package dev.tryon.spi;

import java.nio.ByteBuffer;

/**
 * Lays one picture over another through a mask, in linear light, wherever the platform does that fastest. Thread-safe.
 *
 * <p>Every blender gives the same bytes for the same pictures.
 */
@FunctionalInterface
public interface Blender {
    /**
     * Mixes each pixel: {@code below + share * (above - below)} in linear light, back in sRGB rounded to nearest, where
     * the share is the mask's value / 255. A pixel whose mask is 0 keeps its very bytes.
     *
     * @param onto the picture below, changed in place
     * @param above of the same width and height
     * @param mask a direct buffer of a byte a pixel, rows of the pictures' width without gaps, from index 0
     * @throws IllegalArgumentException if they do not fit each other
     */
    void blend(Frame onto, Frame above, ByteBuffer mask);
}
