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
    void set(Light color, float hides) {
        red = color.red();
        green = color.green();
        blue = color.blue();
        coverage = hides;
        flash = 0;
    }

    /** Lays a colour over what is there. @param amount 0..1 */
    void lay(Light color, float hides, float amount) {
        red += amount * (color.red() - red);
        green += amount * (color.green() - green);
        blue += amount * (color.blue() - blue);
        coverage += amount * (hides - coverage);
    }
}
