package dev.tryon.nails;

import dev.tryon.spi.Frame;
import java.util.ArrayList;
import java.util.List;

/**
 * Searches whole frames at two scales: one for the nails of a hand, and a coarser one for close-ups, where a single
 * nail fills more of the frame than the finder's field of view.
 *
 * <p>Threads: one at a time.
 */
final class NailSearch {
    private static final int LONG_SIDE = NailFinder.LONG_SIDE;
    private static final int COARSE_SIDE = 160;
    /** Nails of at least this size, over the frame's long side, are taken from the coarse search. */
    private static final double CLOSE_UP = 0.25;

    /** Least probability of a peak: low, because the refiner looks again and says whether a nail is there. */
    private static final double LEAST_PROBABILITY = 0.16;

    private final NailFinder finder;
    private final NailFinder coarseFinder;

    NailSearch(Networks networks) {
        finder = new NailFinder(networks.finder(), LONG_SIDE, LEAST_PROBABILITY);
        coarseFinder = new NailFinder(networks.finder(), COARSE_SIDE, LEAST_PROBABILITY);
    }

    /** Returns the places of a hand's nails. */
    List<Place> hand(Frame frame) {
        return finder.find(frame);
    }

    /** Returns the places of a hand's nails and of close-ups: a quarter dearer. */
    List<Place> everything(Frame frame) {
        return everything(frame, () -> {});
    }

    /** The same in two parts. @param between is run after the first */
    List<Place> everything(Frame frame, Runnable between) {
        var places = new ArrayList<>(finder.find(frame));
        between.run();
        var large = CLOSE_UP * Math.max(frame.width(), frame.height());
        coarseFinder.find(frame).stream().filter(place -> place.size() > large).forEach(places::add);
        return NailFinder.distinct(places);
    }

    /** Says why the frame searched last may hold no nail. */
    SceneCheck look() {
        return finder.look();
    }
}
