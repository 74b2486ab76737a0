package dev.tryon.fabric;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Lace: a net of six-sided meshes, flowers and leaves of close threads on it, and a stout thread around each.
 *
 * @param fibre of all threads
 */
record Lace(Fibre fibre) {
    private static final double NET_RADIUS = 0.10;
    private static final double FILL_RADIUS = 0.13;
    private static final double OUTLINE_RADIUS = 0.32;
    private static final int MESHES = 24;
    private static final int MESH_ROWS = 44;
    private static final int ROUND = 160;
    private static final double ROUND_END = 0.7;
    private static final double POINTED_END = 0;

    /** Makes the cloth. */
    Cloth make(int size, double side, int seed, Steps work) {
        var field = new YarnField(size, side, work);
        net(field, side, seed);
        stem(field, side, seed + 500);
        var shapes = Stream.of(0.25, 0.75)
                .flatMap(place -> spray(place * side, place * side, side))
                .toList();
        for (var number = 0; number < shapes.size(); number++) {
            fill(field, shapes.get(number), seed + 1000 * (number + 1));
            outline(field, shapes.get(number), seed + 1000 * (number + 1) + 999);
        }
        return new Shading(0.7).shade(field, side, Shading.Ground.HOLES);
    }

    /** Each row of threads leans to and fro and twists with the next: bobbin net's hexagons. */
    private void net(YarnField field, double side, int seed) {
        var wide = side / MESHES;
        var high = side / MESH_ROWS;
        for (var row = 0; row < MESH_ROWS; row++) {
            var yarn = new Yarn(fibre, seed + row);
            var up = row % 2 == 0 ? 1 : -1;
            for (var mesh = 0; mesh < MESHES; mesh++) {
                var x = mesh * wide;
                // High for a quarter, down, low for a quarter, up: two such rows meet in the level parts.
                for (var corner : new double[][] {{0, 1}, {0.22, 1}, {0.5, -1}, {0.72, -1}}) {
                    var wave = corner[1] * up;
                    yarn.to(
                            x + corner[0] * wide,
                            (row + 0.5 + 0.46 * wave) * high,
                            -0.25 + 0.04 * wave * up,
                            NET_RADIUS);
                }
            }
            yarn.to(side, (row + 0.5 + 0.46 * up) * high, -0.25 + 0.04, NET_RADIUS);
            field.lay(yarn);
        }
    }

    /** A flower with leaves around it. */
    private static Stream<Shape> spray(double x, double y, double side) {
        var unit = side / 64;
        var petals = IntStream.range(0, 6)
                .mapToObj(petal -> Shape.leaf(x, y, 60 * petal + 15, 2.2 * unit, 9.6 * unit, 8.6 * unit, ROUND_END));
        var leaves = Stream.of(10, 80, 190, 260)
                .map(angle -> Shape.leaf(x, y, angle, 11.6 * unit, 8.4 * unit, 4 * unit, POINTED_END));
        var buds =
                Stream.of(135, 315).map(angle -> Shape.leaf(x, y, angle, 13.2 * unit, 6 * unit, 5 * unit, ROUND_END));
        return Stream.of(leaves, buds, petals, Stream.of(Shape.disc(x, y, 2.7 * unit)))
                .flatMap(shapes -> shapes);
    }

    /** A stem that winds from corner to corner through both flowers, as stout as the outlines. */
    private void stem(YarnField field, double side, int seed) {
        var yarn = new Yarn(fibre, seed);
        for (var step = 0; step <= 2 * ROUND; step++) {
            var share = step / (2.0 * ROUND);
            var sway = 0.055 * side * Math.sin(4 * Math.PI * share + Math.PI);
            yarn.to(side * share + sway, side * share - sway, -0.4, OUTLINE_RADIUS * 0.9);
        }
        field.lay(yarn);
    }

    private void fill(YarnField field, Shape shape, int seed) {
        var across = -shape.grain();
        var cos = Math.cos(across);
        var sin = Math.sin(across);
        var reach = shape.reach();
        var number = 0;
        for (var offset = -reach; offset <= reach; offset += 2.1 * FILL_RADIUS) {
            var thread = new Yarn(fibre, seed + number);
            var lift = number++ % 2 == 0 ? 0.03 : -0.03;
            for (var run = -reach; run <= reach; run += 0.35) {
                var x = shape.x() + run * cos + offset * sin;
                var y = shape.y() - run * sin + offset * cos;
                if (shape.holds(x, y)) {
                    thread.to(x, y, lift + 0.05 * Math.sin(run * 6 + number * Math.PI), FILL_RADIUS);
                } else if (thread.points() > 0) {
                    field.lay(thread);
                    thread = new Yarn(fibre, seed + number);
                }
            }
            field.lay(thread);
        }
    }

    private void outline(YarnField field, Shape shape, int seed) {
        var thread = new Yarn(fibre, seed);
        for (var point : Stream.concat(
                        shape.border().stream(), Stream.of(shape.border().getFirst()))
                .toList()) {
            thread.to(point.x(), point.y(), 0.28, OUTLINE_RADIUS);
        }
        field.lay(thread);
    }

    /** A place in millimetres. */
    private record Point(double x, double y) {}

    /**
     * A closed outline.
     *
     * @param x of its middle
     * @param y of its middle
     * @param grain which way threads fill it, in radians
     * @param reach the farthest of its border from its middle
     */
    private record Shape(double x, double y, double grain, double reach, List<Point> border) {
        /** A leaf that begins so far from a place in a direction (degrees), widest near its outer end if {@code end} is large. */
        static Shape leaf(
                double fromX, double fromY, double degrees, double start, double length, double width, double end) {
            var angle = Math.toRadians(degrees);
            var cos = Math.cos(angle);
            var sin = Math.sin(angle);
            var border = IntStream.range(0, ROUND)
                    .mapToObj(step -> {
                        var turn = 2 * Math.PI * step / ROUND;
                        var along = (1 - Math.cos(turn)) / 2;
                        var side = Math.sin(turn) * Math.pow(along, end) * width / 2 * (1 + end / 2);
                        var out = start + along * length;
                        return new Point(fromX + out * cos - side * sin, fromY + out * sin + side * cos);
                    })
                    .toList();
            var middle = start + length / 2;
            return new Shape(fromX + middle * cos, fromY + middle * sin, angle, length * 0.62, border);
        }

        static Shape disc(double x, double y, double radius) {
            var border = IntStream.range(0, ROUND)
                    .mapToObj(step -> 2 * Math.PI * step / ROUND)
                    .map(turn -> new Point(x + radius * Math.cos(turn), y + radius * Math.sin(turn)))
                    .toList();
            return new Shape(x, y, 0.5, radius, border);
        }

        /** Whether a place lies within: a line to the right crosses the border an odd number of times. */
        boolean holds(double atX, double atY) {
            var inside = false;
            var last = border.getLast();
            for (var point : border) {
                if (point.y() > atY != last.y() > atY
                        && atX < (last.x() - point.x()) * (atY - point.y()) / (last.y() - point.y()) + point.x()) {
                    inside = !inside;
                }
                last = point;
            }
            return inside;
        }
    }
}
