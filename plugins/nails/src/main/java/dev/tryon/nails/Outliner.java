package dev.tryon.nails;

import java.util.Optional;

/**
 * Turns a mask into a nail: axis, length and the edges of each row, finer than the mask's pixels.
 *
 * <p>The axis is a principal axis of the mask's second moments: the long one, or the short one where the network's
 * direction says that the nail is seen foreshortened. Round nails have no axis to speak of, so the less elongated a
 * nail is, the more the network's own direction counts; the sign is always the network's.
 *
 * <p>Threads: one at a time; buffers are reused.
 */
final class Outliner {
    /** Below this ratio of the axes the moments say nothing of the direction; above the other they say all. */
    private static final double ROUND = 1.1;

    private static final double LONG = 1.4;
    /** Cosine of the angle from which on the network's direction points aside of the long axis. */
    private static final double ASIDE = Math.cos(Math.toRadians(32));
    /** Above this ratio of the axes the long one is the nail's in any case: no nail is that much broader than long. */
    private static final double SLENDER = 2;

    private static final double LEAST_ASPECT = 0.45;
    private static final double MOST_ASPECT = 4.5;
    /** Least share of length times width that a nail fills: an ellipse fills 0.785. */
    private static final double LEAST_FILL = 0.52;
    /** Mask pixels between two looks along a row. */
    private static final double STEP = 0.5;

    private final float[] left = new float[NailShape.ROWS];
    private final float[] right = new float[NailShape.ROWS];
    private double middleX;
    private double middleY;
    private double cos;
    private double sin;
    private double first;
    private double last;
    private double firstAcross;
    private double lastAcross;
    private double reach;

    /**
     * Outlines the region.
     *
     * @param region already reduced
     * @param directionX towards the tip, as the network says
     * @param directionY towards the tip, as the network says
     * @return the nail in mask pixels; empty if no nail looks like that
     */
    Optional<NailShape> outline(Region region, double directionX, double directionY) {
        orient(region, directionX, directionY);
        extend(region);
        var length = last - first;
        if (!(length > 2)) {
            return Optional.empty();
        }
        for (var row = 0; row < NailShape.ROWS; row++) {
            scan(region, row, first + length * NailShape.rowPlace(row), length);
        }
        mend(length);
        var along = 0.5 * (first + last);
        var nail =
                new NailShape(middleX + along * cos, middleY + along * sin, Math.atan2(sin, cos), length, left, right);
        var width = nail.width();
        var aspect = length / width;
        var fill = nail.area() / (length * width);
        return aspect > LEAST_ASPECT && aspect < MOST_ASPECT && fill > LEAST_FILL
                ? Optional.of(nail)
                : Optional.empty();
    }

    private void orient(Region region, double directionX, double directionY) {
        var mass = 0.0;
        var sumX = 0.0;
        var sumY = 0.0;
        var sumXx = 0.0;
        var sumYy = 0.0;
        var sumXy = 0.0;
        var values = region.values();
        for (var pixel = 0; pixel < values.length; pixel++) {
            if (values[pixel] > 0.2f) {
                var weight = Math.min(1, (values[pixel] - 0.2) / 0.6);
                var x = pixel % Region.SIDE + 0.5;
                var row = pixel / Region.SIDE;
                var y = row + 0.5;
                mass += weight;
                sumX += weight * x;
                sumY += weight * y;
                sumXx += weight * x * x;
                sumYy += weight * y * y;
                sumXy += weight * x * y;
            }
        }
        middleX = sumX / mass;
        middleY = sumY / mass;
        var xx = sumXx / mass - middleX * middleX;
        var yy = sumYy / mass - middleY * middleY;
        var xy = sumXy / mass - middleX * middleY;
        var spread = Math.hypot(xx - yy, 2 * xy);
        var elongation = Math.sqrt((xx + yy + spread) / Math.max(1e-9, xx + yy - spread));
        var trust = Math.clamp((elongation - ROUND) / (LONG - ROUND), 0, 1);
        var moments = 0.5 * Math.atan2(2 * xy, xx - yy);
        var said = Math.atan2(directionY, directionX);
        if (Math.abs(Math.cos(moments - said)) < ASIDE && elongation < SLENDER) {
            // A nail broader than long, as seen foreshortened: its axis is the shorter one.
            moments += 0.5 * Math.PI;
        }
        // Double angles: an axis and its opposite are the same.
        var angle = 0.5
                * Math.atan2(
                        trust * Math.sin(2 * moments) + (1 - trust) * Math.sin(2 * said),
                        trust * Math.cos(2 * moments) + (1 - trust) * Math.cos(2 * said));
        var sign = Math.cos(angle) * directionX + Math.sin(angle) * directionY < 0 ? -1 : 1;
        cos = sign * Math.cos(angle);
        sin = sign * Math.sin(angle);
    }

    /** Finds where the outline begins and ends along the axis, from its crossings of the pixel grid. */
    private void extend(Region region) {
        first = Double.POSITIVE_INFINITY;
        last = Double.NEGATIVE_INFINITY;
        reach = 0;
        var values = region.values();
        for (var y = 0; y < Region.SIDE; y++) {
            for (var x = 0; x < Region.SIDE; x++) {
                var here = values[y * Region.SIDE + x];
                cross(here, x + 1 < Region.SIDE ? values[y * Region.SIDE + x + 1] : 0, x + 0.5, y + 0.5, 1, 0);
                cross(here, y + 1 < Region.SIDE ? values[(y + 1) * Region.SIDE + x] : 0, x + 0.5, y + 0.5, 0, 1);
            }
        }
    }

    private void cross(float here, float next, double x, double y, int stepX, int stepY) {
        if (here >= Region.THRESHOLD == next >= Region.THRESHOLD) {
            return;
        }
        var t = (Region.THRESHOLD - here) / (next - here);
        var dx = x + t * stepX - middleX;
        var dy = y + t * stepY - middleY;
        var along = dx * cos + dy * sin;
        var across = dy * cos - dx * sin;
        reach = Math.max(reach, Math.abs(across));
        if (along < first) {
            first = along;
            firstAcross = across;
        }
        if (along > last) {
            last = along;
            lastAcross = across;
        }
    }

    /** Looks along one row for its outermost crossings; a row that shows nothing gets right below left. */
    private void scan(Region region, int row, double along, double length) {
        if (row == 0 || row == NailShape.ROWS - 1) {
            left[row] = (float) ((row == 0 ? firstAcross : lastAcross) / length);
            right[row] = left[row];
            return;
        }
        var before = 0f;
        left[row] = 1;
        right[row] = -1;
        for (var across = -reach - 1; across <= reach + 1; across += STEP) {
            var value = region.at(middleX + along * cos - across * sin, middleY + along * sin + across * cos);
            if (value >= Region.THRESHOLD != before >= Region.THRESHOLD) {
                var t = (Region.THRESHOLD - before) / (value - before);
                var place = (float) ((across - STEP * (1 - t)) / length);
                left[row] = Math.min(left[row], place);
                right[row] = Math.max(right[row], place);
            }
            before = value;
        }
    }

    /** Fills rows that showed nothing from their neighbours and takes the mask's stair-steps out of the edges. */
    private void mend(double length) {
        for (var row = 1; row < NailShape.ROWS - 1; row++) {
            if (right[row] < left[row]) {
                left[row] = left[row - 1];
                right[row] = right[row - 1];
            }
        }
        if (length < 4) {
            return;
        }
        var aboveLeft = left[1];
        var aboveRight = right[1];
        for (var row = 2; row < NailShape.ROWS - 2; row++) {
            var hereLeft = left[row];
            var hereRight = right[row];
            left[row] = 0.25f * aboveLeft + 0.5f * hereLeft + 0.25f * left[row + 1];
            right[row] = 0.25f * aboveRight + 0.5f * hereRight + 0.25f * right[row + 1];
            aboveLeft = hereLeft;
            aboveRight = hereRight;
        }
    }
}
