package dev.tryon.nails;

/** The polish at one place of a nail, filled in by an {@link Art}. One at a time, reused from pixel to pixel. */
final class Dab {
    /** Colour in linear light, 0..1. */
    float red;
    /** Colour in linear light, 0..1. */
    float green;
    /** Colour in linear light, 0..1. */
    float blue;
    /** How much of the nail it hides, 0..1. */
    float coverage;
    /** Light that it throws back on its own, as flakes do, over its colour. */
    float flash;

    /** Sets a colour that does not flash. */
    void set(float[] color, float hides) {
        red = color[0];
        green = color[1];
        blue = color[2];
        coverage = hides;
        flash = 0;
    }

    /** Lays a colour over what is there. @param amount 0..1 */
    void lay(float[] color, float hides, float amount) {
        red += amount * (color[0] - red);
        green += amount * (color[1] - green);
        blue += amount * (color[2] - blue);
        coverage += amount * (hides - coverage);
    }
}
