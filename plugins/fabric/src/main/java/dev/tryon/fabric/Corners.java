package dev.tryon.fabric;

import java.util.List;

/**
 * The four corners of a swatch in a photo, in pixels; the centre of the first pixel is (0, 0).
 *
 * <p>They go around clockwise and span an area: corners that cross, or lie on a line, are none.
 */
record Corners(Spot topLeft, Spot topRight, Spot bottomRight, Spot bottomLeft) {
    private static final double LEAST_TURN = 0.05;

    /**
     * Checks the shape.
     *
     * @throws IllegalArgumentException if they cross, turn the other way round, or nearly lie on a line
     */
    Corners {
        var places = List.of(topLeft, topRight, bottomRight, bottomLeft);
        for (var i = 0; i < 4; i++) {
            var before = places.get((i + 1) % 4).minus(places.get(i));
            var after = places.get((i + 2) % 4).minus(places.get((i + 1) % 4));
            if (!(before.cross(after) > LEAST_TURN * before.length() * after.length())) {
                throw new IllegalArgumentException("the four corners cross, or nearly lie on a line");
            }
        }
    }

    /** Returns the corners of a whole picture. */
    static Corners of(int width, int height) {
        return new Corners(
                new Spot(0, 0), new Spot(width - 1, 0), new Spot(width - 1, height - 1), new Spot(0, height - 1));
    }

    /** Returns all four, clockwise from the top left. */
    List<Spot> places() {
        return List.of(topLeft, topRight, bottomRight, bottomLeft);
    }

    /** Returns the corners in a picture that is this many times as large. */
    Corners scaled(double factor) {
        return new Corners(
                scaled(topLeft, factor),
                scaled(topRight, factor),
                scaled(bottomRight, factor),
                scaled(bottomLeft, factor));
    }

    /** Returns the area in square pixels. */
    double area() {
        return bottomRight.minus(topLeft).cross(bottomLeft.minus(topRight)) / 2;
    }

    /** Returns the mean length of the upper and the lower side. */
    double width() {
        return (topRight.minus(topLeft).length() + bottomRight.minus(bottomLeft).length()) / 2;
    }

    /** Returns the mean length of the left and the right side. */
    double height() {
        return (bottomLeft.minus(topLeft).length() + bottomRight.minus(topRight).length()) / 2;
    }

    private static Spot scaled(Spot place, double factor) {
        return new Spot((place.x() + 0.5) * factor - 0.5, (place.y() + 0.5) * factor - 0.5);
    }
}
