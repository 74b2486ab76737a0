package dev.tryon.fabric;

/**
 * What class a cloth seems to be.
 *
 * @param kind the class
 * @param belief in it, 0..1
 */
record ClassGuess(FabricClass kind, double belief) {
    /** Spread of hue beyond which a cloth has dyes of several colours. */
    private static final double MANY_DYES = 0.15;

    /** The class is known from a person. */
    static ClassGuess given(FabricClass kind) {
        return new ClassGuess(kind, 1);
    }

    /** Guesses from what was measured. */
    static ClassGuess of(Traits traits) {
        if (traits.repeat() < 0.2) {
            return unrepeating(traits);
        }
        if (traits.blue() && traits.dye() > 0.6) {
            return new ClassGuess(FabricClass.DENIM, 0.6);
        }
        if (traits.dye() > 0.5 || (traits.chroma() > MANY_DYES && !traits.blue())) {
            return new ClassGuess(FabricClass.WOVEN, 0.7);
        }
        if (traits.contrast() > 0.14 && (traits.contrast() < 0.24 || traits.blue()) && traits.period() < 0.06) {
            return new ClassGuess(FabricClass.KNIT, 0.5);
        }
        if (traits.contrast() < 0.035 && traits.period() < 0.015) {
            return new ClassGuess(FabricClass.SILK, 0.4);
        }
        return new ClassGuess(FabricClass.WOVEN, 0.5);
    }

    private static ClassGuess unrepeating(Traits traits) {
        if (traits.blue() && traits.dye() > 0.6) {
            return new ClassGuess(FabricClass.DENIM, 0.4);
        }
        if (traits.contrast() < 0.012) {
            return new ClassGuess(FabricClass.SILK, 0.4);
        }
        if (traits.contrast() > 0.11 && traits.fineness() > 0.5) {
            return new ClassGuess(FabricClass.VELVET, 0.4);
        }
        if (traits.contrast() > 0.2) {
            return new ClassGuess(FabricClass.KNIT, 0.2);
        }
        return new ClassGuess(FabricClass.LEATHER, 0.6);
    }

    /**
     * What a guess goes by.
     *
     * @param repeat how well the cloth falls onto itself, 0..1
     * @param period shortest shift by which it does, as a share of the swatch
     * @param contrast of the shades, spread of the logarithm of luminance
     * @param dye share of the brightness that goes with hue, 0..1
     * @param chroma spread of hue
     * @param fineness slope of the shades by their contrast, by texel of a tile
     * @param blue whether the mean colour is a dark blue
     */
    record Traits(
            double repeat, double period, double contrast, double dye, double chroma, double fineness, boolean blue) {}
}
