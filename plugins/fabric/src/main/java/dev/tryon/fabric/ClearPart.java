package dev.tryon.fabric;

import java.util.Comparator;
import java.util.List;

/**
 * A rectangle of the swatch that nothing lies on.
 *
 * @param left from the swatch's left side, as a share of its width, and so on
 */
record ClearPart(double left, double top, double right, double bottom) {
    /** All of it. */
    static final ClearPart ALL = new ClearPart(0, 0, 1, 1);

    private static final double LEAST = 0.3;

    /** Returns the largest rectangle beside what is covered; all of it where too little would be left. */
    static ClearPart of(List<Spot> covered) {
        var left = covered.stream().mapToDouble(Spot::x).min().orElse(2);
        var right = covered.stream().mapToDouble(Spot::x).max().orElse(2);
        var top = covered.stream().mapToDouble(Spot::y).min().orElse(2);
        var bottom = covered.stream().mapToDouble(Spot::y).max().orElse(2);
        if (left >= 1 || right <= 0 || top >= 1 || bottom <= 0) {
            return ALL;
        }
        return List.of(
                        new ClearPart(0, 0, left, 1),
                        new ClearPart(right, 0, 1, 1),
                        new ClearPart(0, 0, 1, top),
                        new ClearPart(0, bottom, 1, 1))
                .stream()
                .max(Comparator.comparingDouble(ClearPart::share))
                .orElseThrow();
    }

    /** Returns whether enough is left to make a tile of. */
    boolean enough() {
        return share() >= LEAST;
    }

    private double share() {
        return Math.max(0, right - left) * Math.max(0, bottom - top);
    }

    /** Returns its width by its height, as shares of the swatch's. */
    double aspect() {
        return (right - left) / (bottom - top);
    }

    /** Returns its width as a share of the swatch's. */
    double width() {
        return right - left;
    }

    /** Returns its corners in the photo. @param swatch the swatch's */
    Corners of(Corners swatch) {
        if (equals(ALL)) {
            return swatch;
        }
        var map = Projection.unitSquareTo(swatch);
        return new Corners(
                map.map(new Spot(left, top)),
                map.map(new Spot(right, top)),
                map.map(new Spot(right, bottom)),
                map.map(new Spot(left, bottom)));
    }
}
