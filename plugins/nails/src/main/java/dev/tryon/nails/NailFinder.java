package dev.tryon.nails;

import dev.tryon.spi.Frame;
import dev.tryon.spi.Network;
import dev.tryon.spi.Tensor;
import dev.tryon.vision.Sampling;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds the places of a whole frame where nails may be.
 *
 * <p>The network sees the frame with its long side at {@link #LONG_SIDE} pixels and answers on a grid of every fourth
 * pixel: how probable the middle of a nail is there, and how large that nail. Peaks become places.
 *
 * <p>Threads: one at a time; tensors are reused.
 */
final class NailFinder {
    /** Pixels of the frame's long side as the network sees it. */
    static final int LONG_SIDE = 416;
    /** Most places that are looked at closely: two hands and two feet, and a few in doubt. */
    static final int MOST_PLACES = 24;

    private static final int STRIDE = 4;
    private static final int MULTIPLE = 32;
    /** Two peaks nearer than this, over the smaller size, are one nail. */
    private static final double SAME = 0.45;

    private static final double LEAST_SIZE = 4;

    private final Network network;
    private final int longSide;
    private final double leastProbability;
    private Optional<Tensor> input = Optional.empty();
    private int inputWidth;
    private int inputHeight;

    /**
     * Makes a finder.
     *
     * @param longSide of the frame as the network sees it, in pixels
     * @param leastProbability of a peak
     */
    NailFinder(Network network, int longSide, double leastProbability) {
        this.network = network;
        this.longSide = longSide;
        this.leastProbability = leastProbability;
    }

    /** Returns the places of a frame, the most probable first. */
    List<Place> find(Frame frame) {
        var shrink = (double) longSide / Math.max(frame.width(), frame.height());
        var tensor = input(padded(frame.width() * shrink), padded(frame.height() * shrink));
        var scale = Sampling.letterbox(frame, longSide, tensor);
        inputWidth = (int) Math.min(tensor.size(3), Math.floor(frame.width() * scale));
        inputHeight = (int) Math.min(tensor.size(2), Math.floor(frame.height() * scale));
        return distinct(peaks(network.run(tensor).getFirst(), scale));
    }

    /** Judges the frame that was searched last. */
    SceneCheck look() {
        return SceneCheck.of(input.orElseThrow(), inputWidth, inputHeight);
    }

    private Tensor input(int width, int height) {
        var tensor = input.filter(held -> held.size(2) == height && held.size(3) == width)
                .orElseGet(() -> Tensor.allocate(1, 3, height, width));
        input = Optional.of(tensor);
        return tensor;
    }

    private static int padded(double pixels) {
        return MULTIPLE * Math.max(1, (int) Math.ceil(Math.round(pixels) / (double) MULTIPLE));
    }

    private List<Place> peaks(Tensor answer, double scale) {
        var rows = answer.size(2);
        var columns = answer.size(3);
        var values = answer.values();
        var sizes = rows * columns;
        var places = new ArrayList<Place>();
        for (var row = 0; row < rows; row++) {
            for (var column = 0; column < columns; column++) {
                var here = row * columns + column;
                var probability = values.get(here);
                if (probability >= leastProbability && peak(answer, row, column, probability)) {
                    var x = (column + 0.5 + lean(answer, here, column, columns, 1)) * STRIDE / scale;
                    var y = (row + 0.5 + lean(answer, here, row, rows, columns)) * STRIDE / scale;
                    var size = Math.max(LEAST_SIZE, values.get(sizes + here)) / scale;
                    places.add(new Place(x, y, size, probability));
                }
            }
        }
        return places;
    }

    private static boolean peak(Tensor answer, int row, int column, float probability) {
        var rows = answer.size(2);
        var columns = answer.size(3);
        for (var y = Math.max(0, row - 1); y <= Math.min(rows - 1, row + 1); y++) {
            for (var x = Math.max(0, column - 1); x <= Math.min(columns - 1, column + 1); x++) {
                if (answer.values().get(y * columns + x) > probability) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Returns how far a peak lies from its cell's middle along one axis, by a parabola through three cells. */
    private static double lean(Tensor answer, int here, int place, int places, int step) {
        if (place == 0 || place == places - 1) {
            return 0;
        }
        double before = answer.values().get(here - step);
        double at = answer.values().get(here);
        double after = answer.values().get(here + step);
        var bend = before - 2 * at + after;
        return bend > -1e-6 ? 0 : Math.clamp(0.5 * (before - after) / bend, -0.5, 0.5);
    }

    /** Returns each nail's place once, the most probable first; sorts what it is given. */
    static List<Place> distinct(List<Place> places) {
        places.sort(Comparator.comparingDouble(Place::probability).reversed());
        var kept = new ArrayList<Place>();
        for (var place : places) {
            if (kept.size() < MOST_PLACES && kept.stream().noneMatch(other -> other.distance(place) < SAME)) {
                kept.add(place);
            }
        }
        return kept;
    }
}
