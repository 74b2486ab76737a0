package dev.tryon.nails;

import dev.tryon.spi.Frame;
import dev.tryon.spi.Network;
import dev.tryon.spi.Tensor;
import dev.tryon.vision.Sampling;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks closely at places of a frame and outlines the nails that are there, all in one batch.
 *
 * <p>Threads: one at a time; buffers are reused.
 */
final class NailRefiner {
    /** Side of a crop over the nail's size. */
    static final double CROP = 1.8;
    /** Least probability that a nail is there at all. */
    static final double LEAST_PRESENCE = 0.5;
    /** Least side of a crop in frame pixels: a smaller one holds nothing to see. */
    private static final double LEAST_SIDE = 8;
    /** Most side of a crop over the frame's long side: past the frame there is nothing to see but its edge, repeated. */
    private static final double MOST_SIDE = 1.3;

    private final Network network;
    private final Region region = new Region();
    private final Outliner outliner = new Outliner();
    private Tensor crops = Tensor.allocate(1, 3, Region.SIDE, Region.SIDE);

    NailRefiner(Network network) {
        this.network = network;
    }

    /** Returns, for each place in order, the nail that is there. */
    List<Optional<Sighting>> look(Frame frame, List<Place> places) {
        if (places.isEmpty()) {
            return List.of();
        }
        var batch = reserve(places.size());
        for (var i = 0; i < places.size(); i++) {
            var place = places.get(i);
            var side = side(place, frame);
            Sampling.fill(frame, place.x(), place.y(), side, side, 0, batch, i);
        }
        var answer = network.run(batch);
        var sightings = new ArrayList<Optional<Sighting>>();
        for (var i = 0; i < places.size(); i++) {
            sightings.add(read(answer.getFirst(), answer.get(1), i, places.get(i), side(places.get(i), frame)));
        }
        return sightings;
    }

    private Optional<Sighting> read(Tensor masks, Tensor facts, int index, Place place, double side) {
        double presence = facts.values().get(3 * index);
        if (presence < LEAST_PRESENCE) {
            return Optional.empty();
        }
        var values = region.values();
        masks.values().get(index * values.length, values);
        if (!region.reduce()) {
            return Optional.empty();
        }
        var directionX = facts.values().get(3 * index + 1);
        var directionY = facts.values().get(3 * index + 2);
        var pixel = side / Region.SIDE;
        var certainty = presence * region.certainty();
        return outliner.outline(region, directionX, directionY)
                .map(nail -> new Sighting(
                        nail.scaled(pixel, place.x() - 0.5 * side, place.y() - 0.5 * side),
                        place.probability(),
                        certainty));
    }

    private static double side(Place place, Frame frame) {
        var most = MOST_SIDE * Math.max(frame.width(), frame.height());
        return Math.max(LEAST_SIDE, Math.min(most, CROP * place.size()));
    }

    /** Returns a tensor of so many crops over the memory of the largest one so far. */
    private Tensor reserve(int count) {
        if (crops.values().capacity() < count * 3 * Region.SIDE * Region.SIDE) {
            crops = Tensor.allocate(count, 3, Region.SIDE, Region.SIDE);
        }
        return new Tensor(crops.bytes(), count, 3, Region.SIDE, Region.SIDE);
    }
}
