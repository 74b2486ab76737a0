package dev.tryon.fabric;

import dev.tryon.spi.Rgb;

/**
 * What a yarn is spun of and how.
 *
 * @param color of the fibres
 * @param turnsPerMillimetre of twist
 * @param plies that are twisted together; 1 for a single yarn
 * @param bulk depth of the grooves between plies and fibres, as a share of the yarn's radius
 * @param contrast of light and dark fibres, 0 to 1
 * @param unevenness of colour between yarns and along them, 0 to 1
 * @param worn how much paler the yarn is where it lies on top, 0 to 1
 * @param roughness of its surface, 0 to 1
 */
record Fibre(
        Rgb color,
        double turnsPerMillimetre,
        int plies,
        double bulk,
        double contrast,
        double unevenness,
        double worn,
        double roughness) {

    /** Returns combed cotton. */
    static Fibre cotton(String color) {
        return new Fibre(Rgb.parse(color), 0.9, 2, 0.16, 0.26, 0.06, 0.06, 0.82);
    }

    /** Returns carded wool: soft, hairy, mixed in the wool. */
    static Fibre wool(String color) {
        return new Fibre(Rgb.parse(color), 0.55, 2, 0.24, 0.42, 0.12, 0.05, 0.88);
    }

    /** Returns flax: stiff bundles, pale and dark ones. */
    static Fibre linen(String color) {
        return new Fibre(Rgb.parse(color), 0.5, 1, 0.2, 0.34, 0.2, 0.03, 0.74);
    }

    /** Returns filaments of silk, hardly twisted. */
    static Fibre silk(String color) {
        return new Fibre(Rgb.parse(color), 0.04, 1, 0.05, 0.16, 0.05, 0, 0.42);
    }

    /** Returns fine combed wool, as knits are made of. */
    static Fibre merino(String color) {
        return new Fibre(Rgb.parse(color), 0.42, 2, 0.2, 0.3, 0.05, 0.03, 0.86);
    }

    /** Returns the same yarn in another colour. */
    Fibre dyed(String other) {
        return new Fibre(Rgb.parse(other), turnsPerMillimetre, plies, bulk, contrast, unevenness, worn, roughness);
    }

    /** Returns the same yarn, more or less uneven in colour. */
    Fibre uneven(double share) {
        return new Fibre(color, turnsPerMillimetre, plies, bulk, contrast, share, worn, roughness);
    }

    /** Returns the same yarn with another roughness. */
    Fibre rough(double share) {
        return new Fibre(color, turnsPerMillimetre, plies, bulk, contrast, unevenness, worn, share);
    }

    /** Returns the same yarn, paler or not where it lies on top. */
    Fibre worn(double share) {
        return new Fibre(color, turnsPerMillimetre, plies, bulk, contrast, unevenness, share, roughness);
    }
}
