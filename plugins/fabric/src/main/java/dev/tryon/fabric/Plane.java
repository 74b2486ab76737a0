package dev.tryon.fabric;

import java.util.Arrays;

/**
 * One number a texel, rows from the top; the right edge goes on at the left one, the bottom at the top.
 *
 * <p>Whoever makes one hands its array over; nobody changes it afterwards.
 *
 * @param width in texels
 * @param height in texels
 * @param values of texel (x, y) at {@code y * width + x}
 */
@SuppressWarnings("ArrayRecordComponent") // planes are never compared
record Plane(int width, int height, float[] values) {
    /** Checks that there is a value for each texel. */
    Plane {
        if (width < 1 || height < 1 || values.length != width * height) {
            throw new IllegalArgumentException(
                    "no plane of " + width + "x" + height + " has " + values.length + " values");
        }
    }

    /** Returns a plane that is the same everywhere. */
    static Plane constant(int width, int height, float value) {
        var values = new float[width * height];
        Arrays.fill(values, value);
        return new Plane(width, height, values);
    }

    /** Returns the value at a texel, wrapped into the plane. */
    float at(int x, int y) {
        return values[Math.floorMod(y, height) * width + Math.floorMod(x, width)];
    }

    /** Returns the mean of all values. */
    double mean() {
        var sum = 0.0;
        for (var value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    /** Returns a plane whose values are so many times as high, and 1 at most. */
    Plane times(double factor) {
        var scaled = new float[values.length];
        for (var at = 0; at < values.length; at++) {
            scaled[at] = (float) Math.min(1, factor * values[at]);
        }
        return new Plane(width, height, scaled);
    }
}
