package dev.tryon.spi;

import java.util.Locale;

/**
 * A colour as screens mean it: sRGB, 8 bit a channel.
 *
 * @param red 0..255
 * @param green 0..255
 * @param blue 0..255
 */
public record Rgb(int red, int green, int blue) {
    /** Checks the ranges. */
    public Rgb {
        if (((red | green | blue) & ~0xFF) != 0) {
            throw new IllegalArgumentException("colour channels are 0..255: " + red + ", " + green + ", " + blue);
        }
    }

    /**
     * Reads {@code #rrggbb}.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    public static Rgb parse(String hex) {
        if (!hex.matches("#[0-9a-fA-F]{6}")) {
            throw new IllegalArgumentException("a colour is written #rrggbb");
        }
        var value = Integer.parseInt(hex, 1, 7, 16);
        return new Rgb(value >> 16, value >> 8 & 0xFF, value & 0xFF);
    }

    /** Returns {@code #rrggbb}. */
    public String hex() {
        return String.format(Locale.ROOT, "#%02x%02x%02x", red, green, blue);
    }
}
