package dev.tryon.nails;

import dev.tryon.spi.Rgb;
import dev.tryon.vision.LinearLight;

/** A colour in linear light. @param red 0..1 @param green 0..1 @param blue 0..1 */
record Light(float red, float green, float blue) {
    /** Returns the linear light of a stored colour. */
    static Light of(Rgb color) {
        return new Light(
                LinearLight.ofByte(color.red()), LinearLight.ofByte(color.green()), LinearLight.ofByte(color.blue()));
    }
}
