package dev.tryon.nails;

import dev.tryon.spi.Crop;
import dev.tryon.spi.Frame;
import dev.tryon.spi.Network;
import dev.tryon.spi.Tensor;
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

    NailRefiner(Network network) {
        this.network = network;
    }

    /** Returns, for each place in order, the nail that is there. */
    List<Optional<Sighting>> look(Frame frame, List<Place> places) {
        if (places.isEmpty()) {
            return List.of();
        }
        var crops = places.stream()
                .map(place -> Crop.square(place.x(), place.y(), side(place, frame)))
                .toList();
        var answer = network.run(frame, crops, Region.SIDE, Region.SIDE);
        var sightings = new ArrayList<Optional<Sighting>>();
        for (var i = 0; i < places.size(); i++) {
            sightings.add(read(
                    answer.getFirst(),
                    answer.get(1),
                    i,
                    places.get(i),
                    crops.get(i).sideX()));
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
}
