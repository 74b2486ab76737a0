package dev.tryon.testkit;

/** sRGB's curve between what is stored and what light there is (IEC 61966-2-1). */
final class Srgb {
    private Srgb() {}

    /** Returns the light, 0 to 1, of a stored value, 0 to 255. */
    static double linear(int stored) {
        var value = stored / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }

    /** Returns the stored value, 0 to 255 and not rounded, of a light; outside 0 to 1 the nearest. */
    static double stored(double light) {
        var bounded = Math.min(1, Math.max(0, light));
        return 255 * (bounded <= 0.0031308 ? 12.92 * bounded : 1.055 * Math.pow(bounded, 1 / 2.4) - 0.055);
    }
}
