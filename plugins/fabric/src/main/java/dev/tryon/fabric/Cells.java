package dev.tryon.fabric;

/** Worley's cells: the plane divided among scattered points. */
final class Cells {
    private Cells() {}

    /**
     * Where a place lies among the points.
     *
     * @param distance to the nearest point, in cells
     * @param gap how much further the second nearest is: 0 on the border between two
     * @param number of the nearest point
     */
    record Place(double distance, double gap, int number) {}

    /**
     * Finds a place's cell; the pattern repeats after {@code period} cells.
     *
     * @param scatter 0 (points on a grid) to 1 (anywhere in their cells)
     */
    static Place at(double x, double y, int period, double scatter, int seed) {
        var cellX = (int) Math.floor(x);
        var cellY = (int) Math.floor(y);
        var nearest = Double.MAX_VALUE;
        var second = Double.MAX_VALUE;
        var number = 0;
        for (var row = cellY - 1; row <= cellY + 1; row++) {
            for (var column = cellX - 1; column <= cellX + 1; column++) {
                var point = Math.floorMod(column, period) + 8191 * Math.floorMod(row, period);
                var awayX = column + 0.5 + scatter * (Noise.hash(point, seed) - 0.5) - x;
                var awayY = row + 0.5 + scatter * (Noise.hash(point, seed + 1) - 0.5) - y;
                var distance = awayX * awayX + awayY * awayY;
                if (distance < nearest) {
                    second = nearest;
                    nearest = distance;
                    number = point;
                } else {
                    second = Math.min(second, distance);
                }
            }
        }
        return new Place(Math.sqrt(nearest), Math.sqrt(second) - Math.sqrt(nearest), number);
    }
}
