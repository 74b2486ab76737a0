package dev.tryon.nails;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Several looks at the same nails made into one each. Thread-safe. */
final class Sightings {
    /** Some nail of a picture must be this sure, or what looks like nails is taken for something else. */
    static final double SURE = 0.66;
    /** Beside a sure nail, others need only be this sure. */
    static final double LIKELY = 0.54;

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

    /** Returns the nails that are to be believed: none unless one is sure, then all that are likely. */
    static List<Sighting> believed(List<Sighting> sightings) {
        return sightings.stream().anyMatch(sighting -> sighting.confidence() >= SURE)
                ? sightings.stream()
                        .filter(sighting -> sighting.confidence() >= LIKELY)
                        .toList()
                : List.of();
    }

    /** Returns the mean confidence, 0 of none. */
    static double confidence(List<Sighting> sightings) {
        return Math.clamp(
                sightings.stream().mapToDouble(Sighting::confidence).average().orElse(0), 0, 1);
    }
}
