package dev.tryon.fabric;

import dev.tryon.spi.Rgb;

/**
 * The soft light that fibres scatter at grazing angles: KHR_materials_sheen's two numbers.
 *
 * @param color how much and which
 * @param roughness 0 (a sharp rim) to 1 (all over)
 */
record Sheen(Rgb color, double roughness) {
    /** Checks the range. */
    Sheen {
        if (!(roughness >= 0 && roughness <= 1)) {
            throw new IllegalArgumentException("a sheen's roughness is 0 to 1, not " + roughness);
        }
    }
}
