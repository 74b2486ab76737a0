package dev.tryon.nails;

import dev.tryon.spi.Frame;
import dev.tryon.spi.FrameInfo;
import dev.tryon.spi.LiveTryOn;
import dev.tryon.spi.Look;
import dev.tryon.spi.Outcome;
import dev.tryon.spi.Patch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One session's polish.
 *
 * <p>The whole frame is searched at first, every few frames and whenever a nail is lost; in between only the places
 * where nails should be are looked at.
 *
 * <p>Threads: as {@link LiveTryOn} says.
 */
final class NailTryOn implements LiveTryOn {
    /** The whole frame is searched after so many frames or so many seconds without it, whichever comes first. */
    private static final int SEARCH_FRAMES = 3;

    /** The same while a nail is lost: a doubtful one that comes and goes must not cost a search each frame. */
    private static final int SEARCH_FRAMES_LOST = 2;

    private static final double SEARCH_SECONDS = 0.2;
    /** Every so many searches look for close-ups too. */
    private static final int CLOSE_UP_SEARCHES = 4;
    /** A found place this near to a followed nail, over the smaller size, is that nail. */
    private static final double KNOWN = 0.6;
    /** A gap in time after which nothing that was known holds. */
    private static final double FORGET_SECONDS = 1.5;

    private final Toolbox toolbox;
    private NailTracks tracks = new NailTracks();
    private Polish polish;
    private int framesSinceSearch;
    private int searches;
    private double lastSearchSeconds = Double.NEGATIVE_INFINITY;
    private double lastSeconds = Double.NEGATIVE_INFINITY;

    NailTryOn(Toolbox toolbox, Polish polish) {
        this.toolbox = toolbox;
        this.polish = polish;
    }

    @Override
    public Outcome apply(Frame frame, FrameInfo info) {
        if (Math.min(frame.width(), frame.height()) < SceneCheck.LEAST_SIDE) {
            return SceneCheck.tooSmall();
        }
        var tools = toolbox.take();
        try {
            return apply(frame, time(info), tools);
        } finally {
            toolbox.giveBack(tools);
        }
    }

    private Outcome apply(Frame frame, double seconds, Toolbox.Tools tools) {
        follow(frame, seconds, tools);
        var nails = tracks.shown();
        if (nails.isEmpty()) {
            // The search knows the frame that it saw last, which is this one only if this one was searched.
            return framesSinceSearch == 0 ? tools.search().look().rejection() : SceneCheck.noNails();
        }
        var scene = SceneLight.of(frame);
        var patches = new ArrayList<Patch>();
        var shown = new ArrayList<Sighting>();
        for (var nail : nails) {
            var sighting = nail.sighting();
            tools.painter()
                    .paint(frame, sighting.shape(), polish, nail.seed(), nail.visibility(seconds), scene)
                    .ifPresent(patch -> {
                        patches.add(patch);
                        shown.add(sighting);
                    });
        }
        return new Outcome.Overlaid(
                patches,
                Sightings.confidence(shown),
                shown.stream().map(Sighting::detection).toList());
    }

    @Override
    public void wear(Look look) {
        polish = NailsEngine.polish(look);
    }

    @Override
    public void close() {
        tracks = new NailTracks();
    }

    /** Returns the nails that are followed. */
    NailTracks tracks() {
        return tracks;
    }

    /** Returns the capture time in seconds; one that runs back or far ahead begins a new stream. */
    private double time(FrameInfo info) {
        var seconds = info.capturedAt().toNanos() * 1e-9;
        if (seconds <= lastSeconds - FORGET_SECONDS || seconds > lastSeconds + FORGET_SECONDS) {
            tracks = new NailTracks();
            lastSearchSeconds = Double.NEGATIVE_INFINITY;
        } else if (seconds <= lastSeconds) {
            seconds = lastSeconds + 1e-3;
        }
        lastSeconds = seconds;
        return seconds;
    }

    /** Brings the tracks up to the frame; when none are left the whole frame was searched. */
    private void follow(Frame frame, double seconds, Toolbox.Tools tools) {
        framesSinceSearch++;
        var due = tracks.all().isEmpty()
                || framesSinceSearch >= SEARCH_FRAMES
                || (tracks.anyLost() && framesSinceSearch >= SEARCH_FRAMES_LOST)
                || seconds - lastSearchSeconds > SEARCH_SECONDS;
        var places = new ArrayList<>(inside(tracks.predict(seconds), frame));
        if (due) {
            search(frame, seconds, places, tools.search());
        }
        var sightings = look(frame, places, tools.refiner());
        if (sightings.isEmpty() && !due) {
            places.clear();
            search(frame, seconds, places, tools.search());
            sightings = look(frame, places, tools.refiner());
        }
        tracks.update(sightings, seconds);
    }

    private void search(Frame frame, double seconds, List<Place> places, NailSearch search) {
        var known = List.copyOf(places);
        // Close-ups are rare once a hand is followed.
        var found =
                known.isEmpty() || ++searches % CLOSE_UP_SEARCHES == 0 ? search.everything(frame) : search.hand(frame);
        tracks.searched(found, seconds);
        found.stream()
                .filter(place -> known.stream().noneMatch(other -> other.distance(place) < KNOWN))
                .forEach(places::add);
        framesSinceSearch = 0;
        lastSearchSeconds = seconds;
    }

    private static List<Sighting> look(Frame frame, List<Place> places, NailRefiner refiner) {
        return Sightings.distinct(
                refiner.look(frame, places).stream().flatMap(Optional::stream).toList());
    }

    private static List<Place> inside(List<Place> places, Frame frame) {
        return places.stream()
                .filter(place ->
                        place.x() >= 0 && place.y() >= 0 && place.x() <= frame.width() && place.y() <= frame.height())
                .toList();
    }
}
