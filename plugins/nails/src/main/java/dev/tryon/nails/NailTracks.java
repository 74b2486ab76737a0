package dev.tryon.nails;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * All nails of one session.
 *
 * <p>Nails are told apart by where they should be by now, not by the order in which they are found: hands that change
 * places keep their art.
 *
 * <p>Threads: one at a time.
 */
final class NailTracks {
    /** A sighting is a track's if nearer to where that should be than this, over the smaller size. */
    static final double NEAR = 0.7;

    /** Below this a nail is not followed any further. */
    private static final double HOPELESS = 0.4;

    private final List<NailTrack> tracks = new ArrayList<>();
    private int born;
    private boolean hand;

    /** Returns the nails that are followed. */
    List<NailTrack> all() {
        return tracks;
    }

    /** Returns whether some nail was not in the last frame. */
    boolean anyLost() {
        return tracks.stream().anyMatch(NailTrack::lost);
    }

    /** Returns where the nails should be at a time, in the order of {@link #all()}. */
    List<Place> predict(double seconds) {
        return tracks.stream().map(track -> track.predict(seconds)).toList();
    }

    /** Returns the nails to paint: all that are likely, once one has been sure. */
    List<NailTrack> shown() {
        var likely = tracks.stream().filter(NailTrack::show).toList();
        hand = !likely.isEmpty() && (hand || likely.stream().anyMatch(track -> track.confidence() >= Sightings.SURE));
        return hand ? likely : List.of();
    }

    /** Takes in what a search of the whole frame found. @param seconds of capture */
    void searched(List<Place> found, double seconds) {
        for (var track : tracks) {
            var expected = track.predict(seconds);
            track.searched(found.stream()
                    .filter(place -> place.distance(expected) < NEAR)
                    .max(Comparator.comparingDouble(Place::probability)));
        }
    }

    /**
     * Takes in what a frame showed.
     *
     * @param sightings each nail once
     * @param seconds of capture
     */
    void update(List<Sighting> sightings, double seconds) {
        var places = predict(seconds);
        var free = new ArrayList<>(sightings);
        var seen = new boolean[tracks.size()];
        for (var pair = nearest(places, seen, free); pair.isPresent(); pair = nearest(places, seen, free)) {
            var index = pair.get().track();
            tracks.get(index).see(pair.get().sighting(), seconds);
            seen[index] = true;
            free.remove(pair.get().sighting());
        }
        for (var index = 0; index < seen.length; index++) {
            if (!seen[index]) {
                tracks.get(index).miss(seconds);
            }
        }
        tracks.removeIf(track -> track.visibility(seconds) <= 0 || track.confidence() < HOPELESS);
        for (var sighting : free) {
            tracks.add(new NailTrack(sighting, ++born * 7919, seconds));
        }
    }

    private record Pair(int track, Sighting sighting) {}

    private static Optional<Pair> nearest(List<Place> places, boolean[] seen, List<Sighting> free) {
        var best = Optional.<Pair>empty();
        var least = NEAR;
        for (var index = 0; index < places.size(); index++) {
            for (var sighting : free) {
                var distance = places.get(index).distance(sighting.place());
                if (!seen[index] && distance < least) {
                    least = distance;
                    best = Optional.of(new Pair(index, sighting));
                }
            }
        }
        return best;
    }
}
