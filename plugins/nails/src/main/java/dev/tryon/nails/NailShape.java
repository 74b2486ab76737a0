package dev.tryon.nails;

/**
 * One nail in frame pixels: where it lies, which way it points and its outline.
 *
 * <p>The nail's own frame: v runs along the axis from 0 at the cuticle to 1 at the tip; across, each row's left and
 * right edges are u = -1 and u = 1, where "right" is the axis turned by +90 degrees (x right, y down). Edges are kept at
 * {@link #ROWS} rows spaced like the cosine, so that round ends, where an ellipse's width grows like a root, get as
 * many rows as they need.
 *
 * <p>Immutable.
 */
final class NailShape {
    /** Rows at which the edges are known. */
    static final int ROWS = 32;

    private final double centerX;
    private final double centerY;
    private final double angleRadians;
    private final double length;
    private final float[] left;
    private final float[] right;

    /**
     * Makes a shape.
     *
     * @param centerX of the middle of the axis, in frame pixels
     * @param centerY of the middle of the axis, in frame pixels
     * @param angleRadians of the axis, cuticle to tip, from the x axis towards the y axis
     * @param length along the axis, in frame pixels
     * @param left of each row, its signed distance from the axis over the length
     * @param right of each row, not less than {@code left}
     */
    NailShape(double centerX, double centerY, double angleRadians, double length, float[] left, float[] right) {
        if (left.length != ROWS || right.length != ROWS || !(length > 0)) {
            throw new IllegalArgumentException("a nail has a length and " + ROWS + " rows");
        }
        this.centerX = centerX;
        this.centerY = centerY;
        this.angleRadians = angleRadians;
        this.length = length;
        this.left = left.clone();
        this.right = right.clone();
    }

    /** Returns an elliptic nail. */
    static NailShape ellipse(double centerX, double centerY, double angleRadians, double length, double width) {
        var left = new float[ROWS];
        var right = new float[ROWS];
        for (var row = 0; row < ROWS; row++) {
            right[row] = (float) (0.5 * width / length * Math.sin(Math.PI * row / (ROWS - 1)));
            left[row] = -right[row];
        }
        return new NailShape(centerX, centerY, angleRadians, length, left, right);
    }

    /** Returns v, 0..1, of a row. */
    static double rowPlace(int row) {
        return 0.5 - 0.5 * Math.cos(Math.PI * row / (ROWS - 1));
    }

    double centerX() {
        return centerX;
    }

    double centerY() {
        return centerY;
    }

    double angleRadians() {
        return angleRadians;
    }

    double length() {
        return length;
    }

    /** Returns a row's left edge, over the length. */
    float left(int row) {
        return left[row];
    }

    /** Returns a row's right edge, over the length. */
    float right(int row) {
        return right[row];
    }

    /** Returns the nail of a crop in the pixels of the frame. @param pixel side of a crop pixel, at (0, 0) of the crop */
    NailShape scaled(double pixel, double originX, double originY) {
        return new NailShape(
                originX + pixel * centerX, originY + pixel * centerY, angleRadians, pixel * length, left, right);
    }

    /** Returns the same outline with the tip and the cuticle taking each other's place. */
    NailShape turned() {
        var turnedLeft = new float[ROWS];
        var turnedRight = new float[ROWS];
        for (var row = 0; row < ROWS; row++) {
            turnedLeft[row] = -right[ROWS - 1 - row];
            turnedRight[row] = -left[ROWS - 1 - row];
        }
        return new NailShape(centerX, centerY, angleRadians + Math.PI, length, turnedLeft, turnedRight);
    }

    /** Returns the width in pixels: the mean of the rows of the middle third, which no jag of one row moves. */
    double width() {
        var sum = 0.0;
        var count = 0;
        for (var row = 0; row < ROWS; row++) {
            if (Math.abs(rowPlace(row) - 0.5) < 1 / 6.0) {
                sum += right[row] - left[row];
                count++;
            }
        }
        return length * sum / count;
    }

    /** Returns the longer of length and width, in pixels. */
    double size() {
        return Math.max(length, width());
    }

    /** Returns the area in square pixels. */
    double area() {
        var sum = 0.0;
        for (var row = 1; row < ROWS; row++) {
            var mean = 0.5 * (right[row] - left[row] + right[row - 1] - left[row - 1]);
            sum += mean * (rowPlace(row) - rowPlace(row - 1));
        }
        return sum * length * length;
    }

    /** Returns whether a point in frame pixels lies on the nail. */
    boolean contains(double x, double y) {
        var along = (x - centerX) * Math.cos(angleRadians) + (y - centerY) * Math.sin(angleRadians);
        var across = (y - centerY) * Math.cos(angleRadians) - (x - centerX) * Math.sin(angleRadians);
        var v = along / length + 0.5;
        if (v < 0 || v > 1) {
            return false;
        }
        var place = Math.acos(1 - 2 * v) / Math.PI * (ROWS - 1);
        var row = Math.min(ROWS - 2, (int) place);
        var t = place - row;
        return across >= length * (left[row] + t * (left[row + 1] - left[row]))
                && across <= length * (right[row] + t * (right[row + 1] - right[row]));
    }

    /**
     * Returns the outline as x, y pairs: up the left side, down the right.
     *
     * @param stretch how much longer the nail becomes towards the tip, over its length
     */
    double[] outline(double stretch) {
        var points = new double[4 * ROWS];
        var cos = Math.cos(angleRadians);
        var sin = Math.sin(angleRadians);
        for (var row = 0; row < ROWS; row++) {
            var along = length * (rowPlace(row) * (1 + stretch) - 0.5);
            place(points, row, along, length * left[row], cos, sin);
            place(points, 2 * ROWS - 1 - row, along, length * right[row], cos, sin);
        }
        return points;
    }

    private void place(double[] points, int index, double along, double across, double cos, double sin) {
        points[2 * index] = centerX + along * cos - across * sin;
        points[2 * index + 1] = centerY + along * sin + across * cos;
    }
}
