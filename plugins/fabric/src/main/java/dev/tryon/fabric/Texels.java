package dev.tryon.fabric;

/**
 * Three bytes a texel, red first, rows from the top: colours in sRGB, or directions as {@code 255 * (v + 1) / 2}.
 *
 * <p>Whoever makes one hands its array over; nobody changes it afterwards.
 *
 * @param width in texels
 * @param height in texels
 * @param rgb of texel (x, y) from {@code 3 * (y * width + x)}
 */
@SuppressWarnings("ArrayRecordComponent") // texels are never compared
record Texels(int width, int height, byte[] rgb) {
    private static final double HALF = 127.5;
    /** No surface that is seen turns away: a normal that says so was rounded. */
    private static final double LEAST_UP = 1 / HALF;

    /** Checks that there are three bytes for each texel. */
    Texels {
        if (width < 1 || height < 1 || rgb.length != 3 * width * height) {
            throw new IllegalArgumentException(
                    "no texels of " + width + "x" + height + " have " + rgb.length + " bytes");
        }
    }

    /** Returns directions with y the other way: OpenGL's normals as DirectX's, and back. */
    Texels greenFlipped() {
        var flipped = rgb.clone();
        for (var green = 1; green < flipped.length; green += 3) {
            flipped[green] = (byte) (255 - flipped[green]);
        }
        return new Texels(width, height, flipped);
    }

    /** Returns directions whose slopes are so many times as steep. */
    Texels steeper(double factor) {
        var steeper = new byte[rgb.length];
        for (var at = 0; at < rgb.length; at += 3) {
            var x = factor * direction(at);
            var y = factor * direction(at + 1);
            var z = Math.max(LEAST_UP, direction(at + 2));
            var length = Math.sqrt(x * x + y * y + z * z);
            steeper[at] = stored(x / length);
            steeper[at + 1] = stored(y / length);
            steeper[at + 2] = stored(z / length);
        }
        return new Texels(width, height, steeper);
    }

    private double direction(int at) {
        return (rgb[at] & 0xFF) / HALF - 1;
    }

    private static byte stored(double direction) {
        return (byte) Math.round(HALF * (direction + 1));
    }
}
