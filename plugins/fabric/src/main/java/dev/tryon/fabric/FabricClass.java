package dev.tryon.fabric;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What kind of cloth a material is, as far as its surface goes. */
enum FabricClass {
    /** Yarns over and under each other: plain weave, twill, herringbone. */
    WOVEN,
    /** Loops of yarn: jersey, rib. */
    KNIT,
    /** A dyed twill with undyed weft. */
    DENIM,
    /** Skin, with its grain. */
    LEATHER,
    /** Long floats of a shining yarn: satin. */
    SILK,
    /** A pile that stands. */
    VELVET,
    /** A net with holes. */
    LACE,
    /** Cloth whose pattern is dye and no relief. */
    PRINT;

    /** Returns the word for it in options, catalogues and files. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the class of a word, if it is one's. */
    static Optional<FabricClass> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }
}
