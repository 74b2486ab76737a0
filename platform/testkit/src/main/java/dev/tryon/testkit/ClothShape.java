package dev.tryon.testkit;

import java.util.List;

/**
 * A surface that cloth lies on, as a grid of points.
 *
 * @param columns of points
 * @param rows of points
 * @param points from the upper left, row by row
 */
record ClothShape(int columns, int rows, List<Point> points) {
    private static final int FINE = 161;
    private static final double STEP = 1e-4;

    /** Copies the points; checks their number. */
    ClothShape {
        points = List.copyOf(points);
        if (points.size() != columns * rows) {
            throw new IllegalArgumentException("a grid of " + columns + "x" + rows + " has no " + points.size());
        }
    }

    /**
     * One point of the surface.
     *
     * @param place in space
     * @param normal of the surface, unit
     * @param tangent which way the cloth's right is, unit
     * @param right of the cloth's upper left corner, on the cloth, in millimetres
     * @param down likewise
     */
    record Point(Vector place, Vector normal, Vector tangent, double right, double down) {}

    /** Returns a swatch that lies flat, its middle at the origin, facing z, cut from the cloth at a place. */
    static ClothShape flat(double width, double height, double fromRight, double fromDown) {
        var swatch = of(65, 65, width, height, (right, down) -> new Vector(right - width / 2, height / 2 - down, 0));
        return new ClothShape(
                swatch.columns,
                swatch.rows,
                swatch.points.stream()
                        .map(point -> new Point(
                                point.place,
                                point.normal,
                                point.tangent,
                                point.right + fromRight,
                                point.down + fromDown))
                        .toList());
    }

    /** Returns the front of a ball that the cloth is wrapped around without folds. */
    static ClothShape ball(double radius) {
        var around = Math.PI * radius;
        return of(FINE, FINE, around, around, (right, down) -> {
            var longitude = (right / around - 0.5) * Math.PI * 1.1;
            var latitude = (0.5 - down / around) * Math.PI * 0.998;
            return new Vector(
                    radius * Math.cos(latitude) * Math.sin(longitude),
                    radius * Math.sin(latitude),
                    radius * Math.cos(latitude) * Math.cos(longitude));
        });
    }

    /** Returns a cloth that hangs from a rail in folds that widen downwards and break on a table. */
    static ClothShape drape(double width, double height) {
        return of(FINE * 2, FINE * 2, width, height, (right, down) -> {
            var across = right / width;
            var fall = down / height;
            var depth = width * (0.02 + 0.075 * Math.min(1, 1.6 * fall));
            var phase = 2 * Math.PI * (2.6 * across + 0.22 * Math.sin(2.1 * fall + 3 * across));
            var fold = Math.sin(phase) + 0.28 * Math.sin(2.3 * phase + 1.3 + 2 * fall);
            var table = Math.max(0, fall - 0.74);
            return new Vector(
                    (across - 0.5) * width * (0.86 + 0.06 * Math.sin(3 * fall)) - 0.3 * depth * Math.cos(phase),
                    height * (0.5 - fall + 0.72 * table * table / 0.52 * 2),
                    depth * fold + 1.15 * height * table * table / 0.26);
        });
    }

    private static ClothShape of(int columns, int rows, double width, double height, Way way) {
        var points = new Point[columns * rows];
        for (var row = 0; row < rows; row++) {
            for (var column = 0; column < columns; column++) {
                var right = width * column / (columns - 1);
                var down = height * row / (rows - 1);
                var ahead = way.at(right + STEP * width, down).minus(way.at(right - STEP * width, down));
                var below = way.at(right, down + STEP * height).minus(way.at(right, down - STEP * height));
                points[row * columns + column] =
                        new Point(way.at(right, down), below.cross(ahead).unit(), ahead.unit(), right, down);
            }
        }
        return new ClothShape(columns, rows, List.of(points));
    }

    /** Where a point of the cloth is in space. */
    @FunctionalInterface
    private interface Way {
        Vector at(double right, double down);
    }
}
