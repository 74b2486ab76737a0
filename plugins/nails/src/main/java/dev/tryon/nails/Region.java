package dev.tryon.nails;

import java.util.Arrays;

/**
 * A probability mask reduced to the one connected region that the crop was made for.
 *
 * <p>Of all regions of at least one half, the one that weighs most near the middle wins: a neighbouring nail that
 * reaches into the crop may be larger, but it lies at the rim.
 *
 * <p>Threads: one at a time; buffers are reused.
 */
final class Region {
    /** Width and height of a mask. */
    static final int SIDE = 96;

    static final float THRESHOLD = 0.5f;
    private static final double MIDDLE_SPREAD = 18;
    private static final int LEAST_PIXELS = 24;

    private final float[] values = new float[SIDE * SIDE];
    private final int[] labels = new int[SIDE * SIDE];
    private final int[] queue = new int[SIDE * SIDE];
    private int pixels;
    private double certainty;

    /** Returns the buffer to put a mask in before {@link #reduce}: 0..1, row by row. */
    float[] values() {
        return values;
    }

    /** Returns how many pixels the region has. */
    int pixels() {
        return pixels;
    }

    /** Returns the mean probability of the region's pixels. */
    double certainty() {
        return certainty;
    }

    /**
     * Clears all but the middle region; a rim of one pixel around it keeps its values, so that the outline stays
     * finer than a pixel.
     *
     * @return whether there is a region
     */
    boolean reduce() {
        Arrays.fill(labels, 0);
        var best = 0;
        var bestWeight = 0.0;
        var label = 0;
        for (var start = 0; start < values.length; start++) {
            if (labels[start] == 0 && values[start] >= THRESHOLD) {
                var weight = flood(start, ++label);
                if (weight > bestWeight) {
                    bestWeight = weight;
                    best = label;
                }
            }
        }
        if (best == 0) {
            return false;
        }
        keep(best);
        return pixels >= LEAST_PIXELS;
    }

    /** Labels a region and returns its weight, each pixel counting by its nearness to the middle. */
    private double flood(int start, int label) {
        var filled = 1;
        queue[0] = start;
        labels[start] = label;
        var weight = 0.0;
        for (var head = 0; head < filled; head++) {
            var pixel = queue[head];
            var x = pixel % SIDE;
            var y = pixel / SIDE;
            var dx = x + 0.5 - 0.5 * SIDE;
            var dy = y + 0.5 - 0.5 * SIDE;
            weight += Math.exp(-(dx * dx + dy * dy) / (2 * MIDDLE_SPREAD * MIDDLE_SPREAD));
            filled = visit(x - 1, y, label, filled);
            filled = visit(x + 1, y, label, filled);
            filled = visit(x, y - 1, label, filled);
            filled = visit(x, y + 1, label, filled);
        }
        return weight;
    }

    private int visit(int x, int y, int label, int filled) {
        if (x < 0 || y < 0 || x >= SIDE || y >= SIDE) {
            return filled;
        }
        var pixel = y * SIDE + x;
        if (labels[pixel] == 0 && values[pixel] >= THRESHOLD) {
            labels[pixel] = label;
            queue[filled] = pixel;
            return filled + 1;
        }
        return filled;
    }

    private void keep(int label) {
        pixels = 0;
        var sum = 0.0;
        for (var y = 0; y < SIDE; y++) {
            for (var x = 0; x < SIDE; x++) {
                var pixel = y * SIDE + x;
                if (labels[pixel] == label) {
                    pixels++;
                    sum += values[pixel];
                } else if (touches(x, y, label)) {
                    values[pixel] = Math.min(values[pixel], THRESHOLD - 1e-3f);
                } else {
                    values[pixel] = 0;
                }
            }
        }
        certainty = pixels == 0 ? 0 : sum / pixels;
    }

    private boolean touches(int x, int y, int label) {
        for (var row = Math.max(0, y - 1); row <= Math.min(SIDE - 1, y + 1); row++) {
            for (var column = Math.max(0, x - 1); column <= Math.min(SIDE - 1, x + 1); column++) {
                if (labels[row * SIDE + column] == label) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Returns the mask between its pixels, bilinear; (0.5, 0.5) is the middle of the first. Zero outside. */
    float at(double x, double y) {
        var column = (int) Math.floor(x - 0.5);
        var row = (int) Math.floor(y - 0.5);
        var s = (float) (x - 0.5 - column);
        var t = (float) (y - 0.5 - row);
        var above = (1 - s) * value(column, row) + s * value(column + 1, row);
        var below = (1 - s) * value(column, row + 1) + s * value(column + 1, row + 1);
        return (1 - t) * above + t * below;
    }

    private float value(int x, int y) {
        return x < 0 || y < 0 || x >= SIDE || y >= SIDE ? 0 : values[y * SIDE + x];
    }
}
