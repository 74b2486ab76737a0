package dev.tryon.fabric;

/** Means over squares of planes that tile. */
final class Blur {
    private Blur() {}

    /** Returns each texel's mean over the square of {@code 2 * radius + 1} around it, wrapped. */
    static Plane box(Plane plane, int radius) {
        var width = plane.width();
        var height = plane.height();
        var rows = new float[width * height];
        var share = 1.0 / (2 * radius + 1);
        for (var y = 0; y < height; y++) {
            var sum = 0.0;
            for (var x = -radius; x <= radius; x++) {
                sum += plane.at(x, y);
            }
            for (var x = 0; x < width; x++) {
                rows[y * width + x] = (float) (sum * share);
                sum += plane.at(x + radius + 1, y) - plane.at(x - radius, y);
            }
        }
        var blurred = new float[width * height];
        var sums = new double[width];
        for (var y = -radius; y <= radius; y++) {
            add(sums, rows, Math.floorMod(y, height) * width, 1);
        }
        for (var y = 0; y < height; y++) {
            for (var x = 0; x < width; x++) {
                blurred[y * width + x] = (float) (sums[x] * share);
            }
            add(sums, rows, Math.floorMod(y + radius + 1, height) * width, 1);
            add(sums, rows, Math.floorMod(y - radius, height) * width, -1);
        }
        return new Plane(width, height, blurred);
    }

    private static void add(double[] sums, float[] rows, int from, int sign) {
        for (var x = 0; x < sums.length; x++) {
            sums[x] += sign * rows[from + x];
        }
    }
}
