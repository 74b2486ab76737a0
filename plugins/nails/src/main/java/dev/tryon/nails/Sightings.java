package dev.tryon.nails;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Several looks at the same nails made into one each. Thread-safe. */
final class Sightings {
    /** Some nail of a picture must be this sure, or what looks like nails is taken for something else. */
    static final double SURE = 0.7;
    /** Beside a sure nail, others need only be this sure. */
    static final double LIKELY = 0.5;
    /** A nail that fills most of the picture need only be this sure: hardly anything else that large looks like one. */
    static final double SURE_CLOSE_UP = 0.55;
    /** What counts as that large, a nail's size over the picture's long side. */
    private static final double CLOSE_UP = 0.6;

    private Sightings() {}

    /** Returns each nail once, the surest sighting of it. */
    static List<Sighting> distinct(Collection<Sighting> sightings) {
        var kept = new ArrayList<Sighting>();
        sightings.stream()
                .sorted(Comparator.comparingDouble(Sighting::confidence).reversed())
                .filter(sighting -> kept.stream().noneMatch(sighting::sameAs))
                .forEach(kept::add);
        return kept;
    }

    /**
     * Returns the nails that are to be believed: none unless one is sure, then all that are likely.
     *
     * @param longSide of the picture, in its pixels
     */
    static List<Sighting> believed(List<Sighting> sightings, int longSide) {
        return sightings.stream().anyMatch(sighting -> sure(sighting, longSide))
                ? sightings.stream()
                        .filter(sighting -> sighting.confidence() >= LIKELY)
                        .toList()
                : List.of();
    }

    private static boolean sure(Sighting sighting, int longSide) {
        var needed = sighting.shape().size() > CLOSE_UP * longSide ? SURE_CLOSE_UP : SURE;
        return sighting.confidence() >= needed;
    }

    /** Returns the mean confidence, 0 of none. */
    static double confidence(List<Sighting> sightings) {
        return Math.clamp(
                sightings.stream().mapToDouble(Sighting::confidence).average().orElse(0), 0, 1);
    }
}
