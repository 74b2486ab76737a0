package dev.tryon.fabric;

/** sRGB's curve between what is stored and what light there is (IEC 61966-2-1). */
final class Srgb {
    private static final float[] LINEAR = table();
    /** Steps by the square root of the light, so that they are as fine in the dark as what is stored. */
    private static final int STEPS = 1 << 13;

    private static final byte[] STORED = storedTable();

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

    /** Returns the stored value as a byte, by table: for whole pictures. */
    static byte storedByte(float light) {
        return STORED[(int) (STEPS * Math.sqrt(Math.clamp(light, 0f, 1f)) + 0.5)];
    }

    /** Returns how bright a colour in linear light is (ITU-R BT.709). */
    static float luminance(float red, float green, float blue) {
        return 0.2126f * red + 0.7152f * green + 0.0722f * blue;
    }

    private static byte[] storedTable() {
        var table = new byte[STEPS + 1];
        for (var step = 0; step <= STEPS; step++) {
            table[step] = (byte) stored((double) step / STEPS * step / STEPS);
        }
        return table;
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
