package dev.tryon.nails;

import java.util.Arrays;

/**
 * How much of each pixel a polygon covers: exact areas, so that an edge is smooth without any feather.
 *
 * <p>Each edge adds its signed area to the cells right of it; a running sum over a row then yields the coverage (the
 * accumulation buffer of Raph Levien's font-rs). Cost grows with the outline's length plus one addition a pixel.
 *
 * <p>Threads: one at a time; the buffer is reused.
 */
final class Coverage {
    /** Less than one level of 255: what sums leave over. */
    private static final float LEAST = 1 / 300f;

    private float[] cells = new float[0];
    private int width;
    private int height;

    /**
     * Fills a region with the coverage of a polygon.
     *
     * @param points x, y pairs in frame pixels, closed by itself
     * @param x of the region's left edge
     * @param y of the region's top edge
     * @param into receives 0..1 a pixel, rows without gaps
     */
    void fill(double[] points, int x, int y, int regionWidth, int regionHeight, float[] into) {
        width = regionWidth;
        height = regionHeight;
        var stride = width + 2;
        if (cells.length < stride * height) {
            cells = new float[stride * height];
        }
        Arrays.fill(cells, 0, stride * height, 0);
        for (var i = 0; i < points.length; i += 2) {
            var next = i + 2 == points.length ? 0 : i + 2;
            edge(points[i] - x, points[i + 1] - y, points[next] - x, points[next + 1] - y);
        }
        for (var row = 0; row < height; row++) {
            var sum = 0f;
            for (var column = 0; column < width; column++) {
                sum += cells[row * stride + column];
                var covered = Math.abs(sum);
                into[row * width + column] = covered < LEAST ? 0 : Math.min(1, covered);
            }
        }
    }

    private void edge(double x0, double y0, double x1, double y1) {
        if (y0 == y1) {
            return;
        }
        var direction = y0 < y1 ? 1 : -1;
        var topX = y0 < y1 ? x0 : x1;
        var top = Math.min(y0, y1);
        var bottom = Math.max(y0, y1);
        var slope = (x1 - x0) / (y1 - y0);
        var lastRow = Math.min(height - 1, (int) Math.ceil(bottom) - 1);
        for (var row = Math.max(0, (int) Math.floor(top)); row <= lastRow; row++) {
            var from = Math.max(top, row);
            var to = Math.min(bottom, row + 1.0);
            if (to > from) {
                span(row, topX + (from - top) * slope, topX + (to - top) * slope, direction * (to - from));
            }
        }
    }

    /** Adds the area right of a piece of an edge that stays within one row. */
    private void span(int row, double xa, double xb, double area) {
        var from = clamp(Math.min(xa, xb));
        var to = clamp(Math.max(xa, xb));
        var start = row * (width + 2);
        var first = (int) from;
        var last = (int) Math.ceil(to);
        if (last <= first + 1) {
            // The piece stays in one column: the cell itself takes what lies right of the piece's middle.
            var middle = 0.5 * (from + to) - first;
            cells[start + first] += (float) (area * (1 - middle));
            cells[start + first + 1] += (float) (area * middle);
            return;
        }
        var perColumn = area / (to - from);
        var before = 0.0;
        for (var column = first; column < last; column++) {
            var a = Math.max(from, column);
            var b = Math.min(to, column + 1.0);
            var share = perColumn * (b - a);
            var middle = 0.5 * (a + b) - column;
            cells[start + column] += (float) (before + share * (1 - middle));
            before = share * middle;
        }
        cells[start + last] += (float) before;
    }

    private double clamp(double x) {
        return Math.clamp(x, 0, width);
    }
}
