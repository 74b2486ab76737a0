package dev.tryon.nails;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What is drawn on a nail, apart from how it shines. */
enum Pattern {
    /** One colour. */
    SOLID,
    /** A sheer base in the colour, the tip in the accent. */
    FRENCH,
    /** From the colour at the cuticle to the accent at the tip. */
    OMBRE,
    /** The colour, strewn with flakes of the accent. */
    GLITTER,
    /** The colour, veined with the accent. */
    MARBLE,
    /** The colour, with flowers in the accent. */
    FLORAL;

    /** Returns the word that looks use. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns the pattern of a word that {@link #words()} holds. */
    static Pattern of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** Returns all words, in the order to be shown. */
    static List<String> words() {
        return Arrays.stream(values()).map(Pattern::word).toList();
    }
}
