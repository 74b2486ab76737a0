package dev.tryon.fabric;

/**
 * What class a cloth seems to be.
 *
 * @param kind the class
 * @param belief in it, 0..1
 */
record ClassGuess(FabricClass kind, double belief) {
    /** Spread of chromaticity beyond which a cloth has dyes of several colours. */
    private static final double MANY_DYES = 0.052;
    /** Order below which no yarns are seen to lie in rows, and below which nothing at all does. */
    private static final double LEAST_ORDER = 0.12;

    private static final double NO_ORDER = 0.05;
    /** Period, by the swatch, beyond which it is no yarn's but a pattern's. */
    private static final double PATTERN = 0.15;

    private static final double TWO_HALVES = 0.74;
    private static final double SHINE = 0.4;
    private static final double ZIGZAG = 0.05;
    private static final double MOST_KNIT_HALVES = 0.72;
    /** Of denim only the tops of its floats are pale. */
    private static final double MOST_DENIM_PALE = 0.38;

    private static final double LONG_TAILS = 3.3;
    /** Contrasts, from a smooth satin's to a coarse knit's. */
    private static final double SMOOTH = 0.013;

    private static final double SATIN = 0.085;
    private static final double NET = 0.054;
    private static final double COARSE = 0.094;

    /** The class is known from a person. */
    static ClassGuess given(FabricClass kind) {
        return new ClassGuess(kind, 1);
    }

    /** Guesses from what was measured. */
    static ClassGuess of(ClothTraits traits) {
        if (traits.chroma() > MANY_DYES && !traits.blue()) {
            return new ClassGuess(FabricClass.WOVEN, 0.9);
        }
        if (traits.order() < LEAST_ORDER) {
            return unordered(traits);
        }
        if (traits.period() > PATTERN && traits.halves() > TWO_HALVES && traits.contrast() > NET) {
            return new ClassGuess(FabricClass.LACE, 0.7);
        }
        if (traits.gloss() > SHINE && traits.contrast() < SATIN) {
            return new ClassGuess(FabricClass.SILK, 0.7);
        }
        if (traits.blue() && traits.pale() < MOST_DENIM_PALE) {
            return new ClassGuess(FabricClass.DENIM, 0.7);
        }
        if (traits.zigzag() > ZIGZAG && traits.halves() < MOST_KNIT_HALVES) {
            return new ClassGuess(FabricClass.KNIT, 0.8);
        }
        if (traits.blue() && traits.contrast() > COARSE) {
            return new ClassGuess(FabricClass.KNIT, 0.5);
        }
        return traits.contrast() < SMOOTH
                ? new ClassGuess(FabricClass.SILK, 0.5)
                : new ClassGuess(FabricClass.WOVEN, 0.7);
    }

    /** Grain, pile, or a shine that hides the yarns. */
    private static ClassGuess unordered(ClothTraits traits) {
        if (traits.contrast() < SMOOTH) {
            return new ClassGuess(FabricClass.SILK, 0.5);
        }
        return traits.order() < NO_ORDER && traits.tails() > LONG_TAILS
                ? new ClassGuess(FabricClass.VELVET, 0.6)
                : new ClassGuess(FabricClass.LEATHER, 0.6);
    }
}
