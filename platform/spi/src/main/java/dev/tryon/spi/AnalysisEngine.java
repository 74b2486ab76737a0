package dev.tryon.spi;

import java.util.List;

/** An engine that reads facts from a picture and recommends looks. */
public interface AnalysisEngine extends TryOnEngine {
    /**
     * Analyses one picture. Thread-safe.
     *
     * @param picture the person, borrowed until the call returns
     * @return facts and recommended catalogue items
     * @throws TryOnException if the picture cannot be used or the engine failed
     */
    Analysis analyze(Frame picture);

    /**
     * What a picture tells.
     *
     * @param facts each with how sure the engine is
     * @param recommended ids of catalogue items, best first
     */
    record Analysis(List<Fact> facts, List<String> recommended) {
        /** Copies both lists. */
        public Analysis {
            facts = List.copyOf(facts);
            recommended = List.copyOf(recommended);
        }
    }

    /** One thing read from a picture. @param confidence 0..1 */
    record Fact(String name, String value, double confidence) {}
}
