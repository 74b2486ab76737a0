package dev.tryon.fabric;

/** sRGB's curve between what is stored and what light there is (IEC 61966-2-1). */
final class Srgb {
    private static final float[] LINEAR = table();

    private Srgb() {}

    /** Returns the light, 0 to 1, of a stored value, 0 to 255. */
    static float linear(int stored) {
        return LINEAR[stored];
    }

    /** Returns the stored value, 0 to 255, of a light; outside 0 to 1 the nearest. */
    static int stored(double light) {
        var bounded = Math.min(1, Math.max(0, light));
        var value = bounded <= 0.0031308 ? 12.92 * bounded : 1.055 * Math.pow(bounded, 1 / 2.4) - 0.055;
        return (int) Math.round(255 * value);
    }

    private static float[] table() {
        var table = new float[256];
        for (var stored = 0; stored < table.length; stored++) {
            var value = stored / 255.0;
            table[stored] = (float) (value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4));
        }
        return table;
    }
}
