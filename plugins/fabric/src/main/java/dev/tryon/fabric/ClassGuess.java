package dev.tryon.fabric;

/**
 * What class a cloth seems to be.
 *
 * @param kind the class
 * @param belief in it, 0..1
 */
record ClassGuess(FabricClass kind, double belief) {
    /** Spread of chromaticity beyond which a cloth has dyes of several colours. */
    private static final double MANY_DYES = 0.1;

    /** Number of waves beyond which no yarns lie in order. */
    private static final double NO_ORDER = 3000;
    /** Tail beyond which few places shine on one dye. */
    private static final double SHINE_TAIL = 5;

    /** The class is known from a person. */
    static ClassGuess given(FabricClass kind) {
        return new ClassGuess(kind, 1);
    }

    /** Guesses from what was measured. */
    static ClassGuess of(Traits traits) {
        if (traits.repeat() < 0.2 || traits.waves() > NO_ORDER) {
            return unrepeating(traits);
        }
        if (traits.blue() && traits.dye() > 0.4) {
            return new ClassGuess(FabricClass.DENIM, 0.6);
        }
        if (traits.dye() > 0.5 || (traits.chroma() > MANY_DYES && !traits.blue())) {
            return new ClassGuess(FabricClass.WOVEN, 0.7);
        }
        if (traits.tail() > SHINE_TAIL && traits.dye() == 0 && traits.contrast() < 0.12) {
            return new ClassGuess(FabricClass.SILK, 0.7);
        }
        if (traits.contrast() > 0.094 && (traits.contrast() < 0.16 || traits.blue()) && traits.period() < 0.06) {
            return new ClassGuess(FabricClass.KNIT, 0.5);
        }
        if (traits.contrast() < 0.023 && traits.period() < 0.015) {
            return new ClassGuess(FabricClass.SILK, 0.4);
        }
        return new ClassGuess(FabricClass.WOVEN, 0.5);
    }

    private static ClassGuess unrepeating(Traits traits) {
        if (traits.blue() && traits.dye() > 0.4) {
            return new ClassGuess(FabricClass.DENIM, 0.4);
        }
        if (traits.contrast() < 0.008) {
            return new ClassGuess(FabricClass.SILK, 0.4);
        }
        if (traits.contrast() > 0.074 && traits.fineness() > 0.5) {
            return new ClassGuess(FabricClass.VELVET, 0.4);
        }
        if (traits.contrast() > 0.134) {
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
     * @param chroma spread of chromaticity
     * @param waves how many waves the shades are made of
     * @param tail of the shades, their fourth moment by the square of the second
     * @param fineness slope of the shades by their contrast, by texel of a tile
     * @param blue whether the mean colour is a dark blue
     */
    record Traits(
            double repeat,
            double period,
            double contrast,
            double dye,
            double chroma,
            double waves,
            double tail,
            double fineness,
            boolean blue) {}
}
