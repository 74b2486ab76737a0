package dev.tryon.fabric;

import java.util.Arrays;

/**
 * Lays a picture's margin over its other side so that it tiles.
 *
 * <p>In the overlap both sides show cloth. A path is cut through it where they differ least (dynamic programming, Efros and
 * Freeman 2001), and they are blended over a few pixels about the path so that the contrast stays (Heitz and Neyret 2018):
 * {@code mean + sum(w (x - mean)) / sqrt(sum(w^2) + 2 r w1 w2)} with their correlation r.
 */
final class SeamCut {
    private static final int FEATHER = 2;
    private static final int MEAN_STRIDE = 5;

    private SeamCut() {}

    /**
     * Cuts both ways.
     *
     * @param rgb three values a pixel, of a square picture
     * @param size of the picture, in pixels
     * @param overlap of it that lies beyond the tile, in pixels
     * @return the tile, square, {@code size - overlap} pixels wide
     */
    static Joined tile(float[] rgb, int size, int overlap) {
        var turned = new Picture(rgb, size, size).joined(overlap, Ends.OPEN).transposed();
        var tile = turned.joined(overlap, Ends.JOINED);
        var downwards = tile.calm(overlap);
        var upright = tile.begunAt(downwards).transposed();
        var rightwards = upright.calm(overlap);
        return new Joined(upright.begunAt(rightwards).rgb, rightwards, downwards);
    }

    /**
     * A tile, which begins where neighbours differ no more than elsewhere: between two yarns, say, the wrap would show.
     *
     * @param rgb three values a pixel
     * @param rightwards pixels by which it begins further right than the picture did
     * @param downwards pixels by which it begins further down
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Joined(float[] rgb, int rightwards, int downwards) {}

    private enum Ends {
        /** The path may end anywhere. */
        OPEN,
        /** The path ends beside where it began, because the picture already tiles that way. */
        JOINED
    }

    /** Three values a pixel. */
    private static final class Picture {
        private final float[] rgb;
        private final int width;
        private final int height;

        Picture(float[] rgb, int width, int height) {
            this.rgb = rgb;
            this.width = width;
            this.height = height;
        }

        /** Returns a picture narrower by the overlap that goes on at its other side. */
        Picture joined(int overlap, Ends ends) {
            var tile = width - overlap;
            var path = path(costs(overlap), height, overlap, ends);
            var result = new float[3 * tile * height];
            var mean = new float[3];
            var correlation = correlation(overlap, mean);
            for (var y = 0; y < height; y++) {
                System.arraycopy(rgb, 3 * y * width, result, 3 * y * tile, 3 * tile);
                var last = Math.min(overlap, path[y] + FEATHER);
                for (var x = 0; x < last; x++) {
                    // 1 where the margin is laid over, 0 beyond the path.
                    var weight = Math.clamp(0.5f + (path[y] - x) / (2f * FEATHER), 0, 1);
                    // At both ends of the overlap one side alone must show, or the wrap would be seen.
                    weight = Math.max(weight, 1 - (float) x / FEATHER);
                    weight = Math.min(weight, (float) (overlap - x) / FEATHER);
                    var other = 1 - weight;
                    var scale =
                            (float) (1 / Math.sqrt(weight * weight + other * other + 2 * correlation * weight * other));
                    for (var k = 0; k < 3; k++) {
                        var here = rgb[3 * (y * width + x) + k] - mean[k];
                        var there = rgb[3 * (y * width + x + tile) + k] - mean[k];
                        result[3 * (y * tile + x) + k] = mean[k] + scale * (other * here + weight * there);
                    }
                }
            }
            return new Picture(result, tile, height);
        }

        /** Returns the correlation of both sides, 0..1, and puts the mean colour into an array. */
        private double correlation(int overlap, float[] mean) {
            var tile = width - overlap;
            var sums = new double[3];
            for (var y = 0; y < height; y++) {
                for (var i = 3 * (y * width); i < 3 * (y * width + overlap); i++) {
                    sums[i % 3] += rgb[i] + rgb[i + 3 * tile];
                }
            }
            for (var k = 0; k < 3; k++) {
                mean[k] = (float) (sums[k] / (2.0 * height * overlap));
            }
            var both = 0.0;
            var squares = 1e-9;
            for (var y = 0; y < height; y++) {
                for (var i = 3 * (y * width); i < 3 * (y * width + overlap); i++) {
                    var here = rgb[i] - mean[i % 3];
                    var there = rgb[i + 3 * tile] - mean[i % 3];
                    both += here * there;
                    squares += (here * here + there * there) / 2;
                }
            }
            return Math.clamp(both / squares, 0, 1);
        }

        /** Returns how much both sides differ at each pixel of the overlap. */
        private float[] costs(int overlap) {
            var tile = width - overlap;
            var costs = new float[height * overlap];
            for (var y = 0; y < height; y++) {
                for (var x = 0; x < overlap; x++) {
                    var cost = 0f;
                    for (var k = 0; k < 3; k++) {
                        var at = 3 * (y * width + x) + k;
                        var difference = rgb[at] - rgb[at + 3 * tile];
                        cost += difference * difference;
                    }
                    costs[y * overlap + x] = cost;
                }
            }
            return costs;
        }

        /** Returns the first column, of so many, that differs from the one before it no more than columns do on average. */
        int calm(int most) {
            var mean = 0.0;
            for (var x = 0; x < width; x += MEAN_STRIDE) {
                mean += difference(x) * MEAN_STRIDE / width;
            }
            for (var x = 0; x < most; x++) {
                if (difference(x) <= mean) {
                    return x;
                }
            }
            return 0;
        }

        private double difference(int x) {
            var before = Math.floorMod(x - 1, width);
            var sum = 0.0;
            for (var y = 0; y < height; y++) {
                for (var k = 0; k < 3; k++) {
                    sum += Math.abs(rgb[3 * (y * width + x) + k] - rgb[3 * (y * width + before) + k]);
                }
            }
            return sum;
        }

        Picture begunAt(int column) {
            if (column == 0) {
                return this;
            }
            var result = new float[rgb.length];
            for (var y = 0; y < height; y++) {
                var row = 3 * y * width;
                System.arraycopy(rgb, row + 3 * column, result, row, 3 * (width - column));
                System.arraycopy(rgb, row, result, row + 3 * (width - column), 3 * column);
            }
            return new Picture(result, width, height);
        }

        Picture transposed() {
            var result = new float[rgb.length];
            for (var y = 0; y < height; y++) {
                for (var x = 0; x < width; x++) {
                    System.arraycopy(rgb, 3 * (y * width + x), result, 3 * (x * height + y), 3);
                }
            }
            return new Picture(result, height, width);
        }
    }

    /** Returns where the cheapest path crosses each row. */
    private static int[] path(float[] costs, int rows, int columns, Ends ends) {
        var path = path(costs, rows, columns, 0, columns);
        if (ends == Ends.JOINED && Math.abs(path[0] - path[rows - 1]) > 1) {
            return path(costs, rows, columns, path[rows / 2], path[rows / 2] + 1);
        }
        return path;
    }

    /** Returns the cheapest path that begins and ends from {@code first} to before {@code last}. */
    private static int[] path(float[] costs, int rows, int columns, int first, int last) {
        var sums = new float[rows * columns];
        Arrays.fill(sums, 0, columns, Float.POSITIVE_INFINITY);
        System.arraycopy(costs, first, sums, first, last - first);
        for (var y = 1; y < rows; y++) {
            for (var x = 0; x < columns; x++) {
                var above = (y - 1) * columns + x;
                var best = sums[above];
                if (x > 0) {
                    best = Math.min(best, sums[above - 1]);
                }
                if (x < columns - 1) {
                    best = Math.min(best, sums[above + 1]);
                }
                sums[y * columns + x] = best + costs[y * columns + x];
            }
        }
        var path = new int[rows];
        path[rows - 1] = cheapest(sums, rows - 1, columns, first, last);
        for (var y = rows - 2; y >= 0; y--) {
            path[y] = cheapest(sums, y, columns, Math.max(0, path[y + 1] - 1), Math.min(columns, path[y + 1] + 2));
        }
        return path;
    }

    private static int cheapest(float[] sums, int row, int columns, int from, int to) {
        var best = from;
        for (var x = from + 1; x < to; x++) {
            if (sums[row * columns + x] < sums[row * columns + best]) {
                best = x;
            }
        }
        return best;
    }
}
