package dev.tryon.fabric;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/**
 * Moves the sides of a swatch onto the edge between cloth and ground, to a fraction of a pixel.
 *
 * <p>Each side is crossed by many short cuts. On each, the edge is where the colour is half way from ground to cloth;
 * a line is fitted through all of them with Cauchy's weights, so that frays and shadows do not count. Corners are where
 * the lines meet.
 */
final class SideFit {
    private static final double[] REACHES = {1.5, 0.7};
    /** The copy that the first search ran on, in pixels along its longer side. */
    private static final int SEARCH_SIDE = 480;

    private static final int LEAST_REACH = 5;
    private static final int STEPS = 48;
    private static final int MOST_CUTS = 200;
    /** Half the samples that the colour on each side of the edge is taken from. */
    private static final int BOX = 12;

    /** Spread of a line's edges, in pixels, that it has without checks or frays. */
    private static final double LEAST_SCALE = 0.3;
    /** Spread from which on cuts may have ended at checks that look like the ground. */
    private static final double CHECKED = 1.5;

    private static final int OUTER_ROUNDS = 3;
    /** Pixels to both sides of the line where cuts may agree. */
    private static final int MODES = 40;

    private static final double REACH_OF_MODE = 3;
    private static final double NEARLY_MOST = 0.5;
    private static final double LEAST_AGREEING = 0.15;

    private SideFit() {}

    /** Returns the corners where the fitted sides meet; the given ones where they do not. */
    static Corners refine(Mat photo, Corners coarse) {
        var corners = coarse;
        for (var reach : REACHES) {
            var pixels = Math.max(LEAST_REACH, 4 * reach * Math.max(photo.cols(), photo.rows()) / SEARCH_SIDE);
            var places = corners.places();
            var lines = new Line[4];
            for (var side = 0; side < 4; side++) {
                lines[side] = fit(photo, places.get(side), places.get((side + 1) % 4), pixels);
            }
            try {
                corners = new Corners(
                        lines[3].meet(lines[0]),
                        lines[0].meet(lines[1]),
                        lines[1].meet(lines[2]),
                        lines[2].meet(lines[3]));
            } catch (IllegalArgumentException _) {
                return corners;
            }
        }
        return corners;
    }

    private static Line fit(Mat photo, Spot from, Spot to, double reach) {
        var length = to.minus(from).length();
        var along = to.minus(from).times(1 / length);
        var inward = new Spot(-along.y(), along.x());
        var cuts = Math.clamp((int) (length / 3), 8, MOST_CUTS);
        var step = 2 * reach / STEPS;
        var at = new double[cuts];
        var edges = new double[cuts];
        var weights = new double[cuts];
        try (var scope = new MatScope()) {
            var samples = sample(photo, scope, from, along, inward, length, cuts, reach);
            for (var cut = 0; cut < cuts; cut++) {
                at[cut] = position(cut, cuts) * length;
                var edge = Edge.of(samples[cut]);
                edges[cut] = edge.place() * step - reach;
                weights[cut] = edge.contrast();
            }
        }
        var sorted = weights.clone();
        Arrays.sort(sorted);
        var least = 0.3 * sorted[cuts / 2];
        for (var cut = 0; cut < cuts; cut++) {
            weights[cut] = weights[cut] >= least ? 1 : 0;
        }
        return robustLine(at, edges, weights).placed(from, along, inward);
    }

    private static double position(int cut, int cuts) {
        return 0.06 + 0.88 * cut / (cuts - 1);
    }

    /** Returns, for each cut and step, how far the colour is from that at the cut's outer end. */
    private static float[][] sample(
            Mat photo, MatScope scope, Spot from, Spot along, Spot inward, double length, int cuts, double reach) {
        var mapX = new float[cuts * (STEPS + 1)];
        var mapY = new float[mapX.length];
        for (var cut = 0; cut < cuts; cut++) {
            for (var i = 0; i <= STEPS; i++) {
                var place = from.plus(along.times(position(cut, cuts) * length))
                        .plus(inward.times(2 * reach * i / STEPS - reach));
                mapX[cut * (STEPS + 1) + i] = (float) place.x();
                mapY[cut * (STEPS + 1) + i] = (float) place.y();
            }
        }
        var x = scope.mat(cuts, STEPS + 1, CvType.CV_32F);
        x.put(0, 0, mapX);
        var y = scope.mat(cuts, STEPS + 1, CvType.CV_32F);
        y.put(0, 0, mapY);
        var colors = scope.mat();
        Imgproc.remap(photo, colors, x, y, Imgproc.INTER_LINEAR, Core.BORDER_REPLICATE);
        colors.convertTo(colors, CvType.CV_32F);
        Imgproc.blur(colors, colors, new Size(1, 3));
        var values = new float[3 * mapX.length];
        colors.get(0, 0, values);
        var outside = new float[3];
        for (var k = 0; k < 3; k++) {
            var ends = new float[4 * cuts];
            for (var cut = 0; cut < cuts; cut++) {
                for (var i = 0; i < 4; i++) {
                    ends[4 * cut + i] = values[3 * (cut * (STEPS + 1) + i) + k];
                }
            }
            Arrays.sort(ends);
            outside[k] = ends[ends.length / 2];
        }
        var distances = new float[cuts][STEPS + 1];
        for (var cut = 0; cut < cuts; cut++) {
            for (var i = 0; i <= STEPS; i++) {
                for (var k = 0; k < 3; k++) {
                    distances[cut][i] += Math.abs(values[3 * (cut * (STEPS + 1) + i) + k] - outside[k]);
                }
            }
        }
        return distances;
    }

    private static Fit robustLine(double[] at, double[] edges, double[] given) {
        var fit = robustLine(at, edges, given, Fit.of(at, edges, given), LEAST_SCALE);
        for (var round = 0; round < OUTER_ROUNDS; round++) {
            var residuals = fit.residuals(at, edges);
            if (spread(residuals) < CHECKED) {
                return fit;
            }
            var outer = outermost(residuals, given);
            if (outer.isEmpty()) {
                return fit;
            }
            var near = given.clone();
            for (var i = 0; i < near.length; i++) {
                near[i] *= Math.abs(residuals[i] - outer.getAsDouble()) < REACH_OF_MODE ? 1 : 0;
            }
            fit = robustLine(at, edges, near, Fit.of(at, edges, near), LEAST_SCALE);
        }
        return fit;
    }

    private static Fit robustLine(double[] at, double[] edges, double[] given, Fit first, double least) {
        var weights = given.clone();
        var fit = first;
        for (var round = 0; round < 8; round++) {
            var residuals = fit.residuals(at, edges);
            var absolute = new double[at.length];
            var count = 0;
            for (var i = 0; i < at.length; i++) {
                if (given[i] > 0) {
                    absolute[count++] = Math.abs(residuals[i]);
                }
            }
            Arrays.sort(absolute, 0, count);
            var scale = Math.max(least, 1.48 * absolute[count / 2]);
            for (var i = 0; i < at.length; i++) {
                weights[i] = given[i] / (1 + residuals[i] * residuals[i] / (scale * scale));
            }
            fit = Fit.of(at, edges, weights);
        }
        return fit;
    }

    private static double spread(double[] residuals) {
        var sorted = new double[residuals.length];
        Arrays.setAll(sorted, i -> Math.abs(residuals[i]));
        Arrays.sort(sorted);
        return 1.48 * sorted[sorted.length / 2];
    }

    /**
     * Returns the outermost of the places, across the line, where many cuts agree: where checks of the ground's colour lie
     * at the edge, cuts through them end further in.
     */
    private static OptionalDouble outermost(double[] residuals, double[] given) {
        var counts = new double[2 * MODES + 1];
        var all = 0.0;
        for (var i = 0; i < residuals.length; i++) {
            var bin = (int) Math.round(residuals[i]) + MODES;
            all += given[i];
            for (var near = Math.max(0, bin - 1); near <= Math.min(2 * MODES, bin + 1); near++) {
                counts[near] += given[i];
            }
        }
        var most = Arrays.stream(counts).max().orElse(0);
        for (var bin = 0; bin < counts.length; bin++) {
            if (counts[bin] >= Math.max(NEARLY_MOST * most, LEAST_AGREEING * all)) {
                var end = bin;
                while (end + 1 < counts.length && counts[end + 1] > counts[end]) {
                    end++;
                }
                return OptionalDouble.of(end - MODES);
            }
        }
        return OptionalDouble.empty();
    }

    /** Where a cut crosses the edge, in steps, and how much the colour changes there. */
    private record Edge(double place, double contrast) {
        /** Samples for which cloth must go on behind an edge. */
        private static final int SUSTAINED = 4;

        static Edge of(float[] distances) {
            var best = BOX;
            var most = Double.NEGATIVE_INFINITY;
            for (var middle = BOX; middle + BOX < distances.length; middle++) {
                var rise = mean(distances, middle, middle + BOX) - mean(distances, middle - BOX, middle);
                if (rise > most) {
                    most = rise;
                    best = middle;
                }
            }
            var low = mean(distances, best - BOX, best - 3);
            var high = mean(distances, best + 3, best + BOX);
            var half = (low + high) / 2;
            var place = (double) best;
            // The outermost crossing: behind it may lie a check that looks like the ground.
            for (var i = distances.length - SUSTAINED - 1; i >= 0; i--) {
                if (distances[i] <= half
                        && mean(distances, i + 1, i + 1 + SUSTAINED) > half
                        && distances[i + 1] > half) {
                    place = i + (half - distances[i]) / (distances[i + 1] - distances[i]);
                }
            }
            return new Edge(place, most);
        }

        private static double mean(float[] values, int from, int to) {
            var sum = 0.0;
            for (var i = from; i < to; i++) {
                sum += values[i];
            }
            return sum / (to - from);
        }
    }

    /** A straight line, {@code offset + slope * at}. */
    private record Fit(double offset, double slope) {
        static Fit of(double[] at, double[] values, double[] weights) {
            var sum = 1e-12;
            var meanAt = 0.0;
            var mean = 0.0;
            for (var i = 0; i < at.length; i++) {
                sum += weights[i];
                meanAt += weights[i] * at[i];
                mean += weights[i] * values[i];
            }
            meanAt /= sum;
            mean /= sum;
            var both = 0.0;
            var squares = 1e-12;
            for (var i = 0; i < at.length; i++) {
                both += weights[i] * (at[i] - meanAt) * (values[i] - mean);
                squares += weights[i] * (at[i] - meanAt) * (at[i] - meanAt);
            }
            return new Fit(mean - both / squares * meanAt, both / squares);
        }

        double[] residuals(double[] at, double[] values) {
            var residuals = new double[at.length];
            Arrays.setAll(residuals, i -> values[i] - offset - slope * at[i]);
            return residuals;
        }

        Line placed(Spot from, Spot along, Spot inward) {
            return new Line(from.plus(inward.times(offset)), along.plus(inward.times(slope)));
        }
    }

    /** A line through a place. */
    private record Line(Spot through, Spot along) {
        Spot meet(Line other) {
            var t = other.through.minus(through).cross(other.along) / along.cross(other.along);
            return through.plus(along.times(t));
        }
    }
}
