package dev.tryon.vision;

/**
 * Between sRGB as it is stored and linear light as it adds up (IEC 61966-2-1), by table.
 *
 * <p>Threads: any number at once.
 */
public final class LinearLight {
    private static final int STEPS = 4096;
    private static final float[] FROM_BYTE = new float[256];
    private static final float[] TO_BYTE = new float[STEPS + 2];

    static {
        for (var level = 0; level < FROM_BYTE.length; level++) {
            FROM_BYTE[level] = (float) decode(level / 255.0);
        }
        for (var step = 0; step < TO_BYTE.length; step++) {
            TO_BYTE[step] = (float) (255 * encode(Math.min(1, (double) step / STEPS)));
        }
    }

    private LinearLight() {}

    /** Returns the linear light, 0..1, of a stored level, 0..255. */
    public static float ofByte(int level) {
        return FROM_BYTE[level & 0xFF];
    }

    /** Returns the sRGB level, 0..255 and not yet rounded, of linear light; light out of 0..1 is clamped. */
    public static float toByte(float light) {
        if (!(light > 0)) {
            return 0;
        }
        if (light >= 1) {
            return 255;
        }
        var place = light * STEPS;
        var step = (int) place;
        return TO_BYTE[step] + (place - step) * (TO_BYTE[step + 1] - TO_BYTE[step]);
    }

    /** Returns the luminance of linear light (Rec. 709 weights). */
    public static float luminance(float red, float green, float blue) {
        return 0.2126f * red + 0.7152f * green + 0.0722f * blue;
    }

    /** Returns a copy of the table behind {@link #ofByte}: 256 of linear light, 0..1, for devices. */
    public static float[] fromByteTable() {
        return FROM_BYTE.clone();
    }

    /**
     * Returns a copy of the table behind {@link #toByte}: the level, 0..255, of each of 4096 equal steps of light, and two
     * more to interpolate towards, for devices.
     */
    public static float[] toByteTable() {
        return TO_BYTE.clone();
    }

    private static double decode(double level) {
        return level <= 0.04045 ? level / 12.92 : Math.pow((level + 0.055) / 1.055, 2.4);
    }

    private static double encode(double light) {
        return light <= 0.0031308 ? light * 12.92 : 1.055 * Math.pow(light, 1 / 2.4) - 0.055;
    }
}
