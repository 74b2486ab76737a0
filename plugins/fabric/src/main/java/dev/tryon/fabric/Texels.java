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
}
