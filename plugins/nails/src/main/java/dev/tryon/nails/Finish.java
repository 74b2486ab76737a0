package dev.tryon.nails;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How the polish shines, apart from what is drawn with it. */
enum Finish {
    /** A clear top coat: white reflections. */
    GLOSSY,
    /** No reflections. */
    MATTE,
    /** Fine metal in the polish: broad reflections in its own colour. */
    METALLIC,
    /** A mirror in the colour of the polish. */
    CHROME,
    /** Metal drawn into a bright band by a magnet. */
    CAT_EYE;

    /** Returns the word that looks use. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns the finish of a word that {@link #words()} holds. */
    static Finish of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** Returns all words, in the order to be shown. */
    static List<String> words() {
        return Arrays.stream(values()).map(Finish::word).toList();
    }
}
