package dev.tryon.fabric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A thing of known size that lies with a swatch and tells its scale. */
sealed interface ScaleReference permits Coin, ScaleReference.Ruler {
    /** What options call none. */
    String NONE = "none";

    /** Returns the name that options use. */
    String word();

    /** Looks for the thing. */
    Optional<ScaleMark> in(ScaleView view);

    /** Returns all names that options may use. */
    static List<String> words() {
        var words = new ArrayList<>(List.of(NONE, Ruler.WORD));
        Arrays.stream(Coin.values()).map(Coin::word).forEach(words::add);
        return List.copyOf(words);
    }

    /** Returns the reference of a name. */
    static Optional<ScaleReference> of(String word) {
        return word.equals(Ruler.WORD)
                ? Optional.of(new Ruler())
                : Coin.of(word).map(ScaleReference.class::cast);
    }

    /** A ruler with marks at millimetres, or at sixteenths of an inch. */
    record Ruler() implements ScaleReference {
        private static final String WORD = "ruler";

        @Override
        public String word() {
            return WORD;
        }

        @Override
        public Optional<ScaleMark> in(ScaleView view) {
            return RulerFinder.find(view);
        }
    }
}
