package dev.tryon.fabric;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/**
 * The edges that rays from one place cross.
 *
 * @param middle where all rays begin
 * @param radii of the edges on each ray, in pixels
 * @param from where the innermost place is that was looked at, in pixels
 * @param step from one place to the next, in pixels
 * @param steps places on each ray
 * @param colors three values a place, ray by ray
 */
@SuppressWarnings("ArrayRecordComponent") // rays are never compared
record Rays(Spot middle, List<double[]> radii, double from, double step, int steps, float[] colors) {
    private static final int COUNT = 240;
    private static final double FROM = 0.5;
    private static final double TO = 1.75;
    private static final int ROUNDS = 6;
    /** Shadow and the coin's own side are what is seen next to much of its face. */
    private static final double LEAST_OUTSIDE = 0.25;

    private static final double EDGE = 0.15;
    private static final double LEAST_SUPPORT = 0.5;
    /** How far from a ring an edge may be at first, and at last, in radii. */
    private static final double COARSE = 0.05;

    private static final double FINE = 0.01;

    /** Reads the rays around a circle. @param picture {@code CV_8UC3} */
    static Rays of(Mat picture, CoinFinder.Circle circle, MatScope scope) {
        var steps = Math.clamp((int) (circle.radius() * (TO - FROM) * 1.5), 24, 400);
        var step = circle.radius() * (TO - FROM) / steps;
        var x = new float[COUNT * steps];
        var y = new float[x.length];
        for (var ray = 0; ray < COUNT; ray++) {
            var angle = 2 * Math.PI * ray / COUNT;
            for (var at = 0; at < steps; at++) {
                var radius = circle.radius() * FROM + at * step;
                x[ray * steps + at] = (float) (circle.middle().x() + radius * Math.cos(angle));
                y[ray * steps + at] = (float) (circle.middle().y() + radius * Math.sin(angle));
            }
        }
        var mapX = scope.mat(COUNT, steps, CvType.CV_32F);
        mapX.put(0, 0, x);
        var mapY = scope.mat(COUNT, steps, CvType.CV_32F);
        mapY.put(0, 0, y);
        var read = scope.mat();
        Imgproc.remap(picture, read, mapX, mapY, Imgproc.INTER_LINEAR, Core.BORDER_REPLICATE);
        read.convertTo(read, CvType.CV_32F);
        // Along a ray edges are kept sharp; across, neighbours help one another.
        Imgproc.GaussianBlur(read, read, new Size(0, 0), Math.max(0.8, 1 / step), 2);
        var values = new float[3 * x.length];
        read.get(0, 0, values);
        var radii = new ArrayList<double[]>();
        for (var ray = 0; ray < COUNT; ray++) {
            var slopes = new double[steps];
            for (var at = 1; at + 1 < steps; at++) {
                for (var channel = 0; channel < 3; channel++) {
                    var here = 3 * (ray * steps + at) + channel;
                    slopes[at] += Math.abs(values[here + 3] - values[here - 3]);
                }
            }
            radii.add(peaks(slopes, circle.radius() * FROM, step));
        }
        return new Rays(circle.middle(), radii, circle.radius() * FROM, step, steps, values);
    }

    private static double[] peaks(double[] slopes, double from, double step) {
        var steepest = 0.0;
        for (var slope : slopes) {
            steepest = Math.max(steepest, slope);
        }
        var found = new ArrayList<Double>();
        for (var at = 1; at + 1 < slopes.length; at++) {
            if (slopes[at] > EDGE * steepest && slopes[at] >= slopes[at - 1] && slopes[at] > slopes[at + 1]) {
                var bend = slopes[at - 1] - 2 * slopes[at] + slopes[at + 1];
                var beyond = bend < 0 ? 0.5 * (slopes[at - 1] - slopes[at + 1]) / bend : 0;
                found.add(from + (at + beyond) * step);
            }
        }
        return found.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /**
     * Fits the ring that goes all around and beyond which the ground begins.
     *
     * @param radius where to begin
     * @param shape that is looked for
     */
    Optional<CoinFinder.Ring> fit(double radius, Shape shape) {
        var rings = new ArrayList<CoinFinder.Ring>();
        for (var factor = 0.86; factor < 1.55; factor += 0.015) {
            fitted(factor * radius, shape).ifPresent(rings::add);
        }
        return rings.stream()
                .filter(ring -> outside(ring) >= LEAST_OUTSIDE)
                .max(Comparator.comparingDouble(CoinFinder.Ring::support));
    }

    /** Returns the share of rays on which what is just outside a ring is what is further out, and not what is just inside. */
    private double outside(CoinFinder.Ring ring) {
        var away = ring.middle().minus(middle);
        var alike = 0;
        for (var ray = 0; ray < COUNT; ray++) {
            var angle = 2 * Math.PI * ray / COUNT;
            var radius = ring.radius() + away.x() * Math.cos(angle) + away.y() * Math.sin(angle);
            var ground = mean(ray, 1.25 * radius, 1.42 * radius);
            var beyond = mean(ray, 1.035 * radius, 1.075 * radius);
            var within = mean(ray, 0.95 * radius, 0.985 * radius);
            if (distance(beyond, ground) < 0.5 * distance(within, ground)) {
                alike++;
            }
        }
        return (double) alike / COUNT;
    }

    private double[] mean(int ray, double near, double far) {
        var first = Math.clamp(Math.round((near - from) / step), 0, steps - 1);
        var last = Math.clamp(Math.round((far - from) / step), first, steps - 1);
        var sum = new double[3];
        for (var at = first; at <= last; at++) {
            for (var channel = 0; channel < 3; channel++) {
                sum[channel] += colors[3 * (ray * steps + at) + channel] / (last - first + 1);
            }
        }
        return sum;
    }

    private static double distance(double[] one, double[] other) {
        return Math.abs(one[0] - other[0]) + Math.abs(one[1] - other[1]) + Math.abs(one[2] - other[2]);
    }

    private Optional<CoinFinder.Ring> fitted(double start, Shape shape) {
        var terms = new double[] {start, 0, 0, 0, 0};
        var support = 0.0;
        var tolerance = 0.0;
        for (var round = 0; round < ROUNDS; round++) {
            tolerance = start * (round < 2 ? COARSE : FINE) + 0.7;
            var known = round < 2 ? Shape.CIRCLE.terms : shape.terms;
            var normal = new double[known][known + 1];
            var near = 0;
            for (var ray = 0; ray < COUNT; ray++) {
                var row = row(ray);
                var expected = 0.0;
                for (var k = 0; k < terms.length; k++) {
                    expected += terms[k] * row[k];
                }
                var nearest = nearest(radii.get(ray), expected);
                if (Math.abs(nearest - expected) > tolerance) {
                    continue;
                }
                near++;
                for (var k = 0; k < known; k++) {
                    for (var m = 0; m < known; m++) {
                        normal[k][m] += row[k] * row[m];
                    }
                    normal[k][known] += row[k] * nearest;
                }
            }
            support = (double) near / COUNT;
            if (support < LEAST_SUPPORT) {
                return Optional.empty();
            }
            System.arraycopy(LeastSquares.solve(normal, known), 0, terms, 0, known);
        }
        // As many rays would have an edge there if edges lay anywhere.
        var edges = radii.stream().mapToInt(ray -> ray.length).sum() / (double) COUNT;
        var chance = 1 - Math.exp(-edges * 2 * tolerance / (steps * step));
        return Optional.of(new CoinFinder.Ring(
                middle.plus(new Spot(terms[1], terms[2])),
                terms[0],
                Math.hypot(terms[3], terms[4]) / terms[0],
                support - chance));
    }

    /** What a coin looks like. */
    enum Shape {
        /** Seen straight from above. */
        CIRCLE(3),
        /** Seen aslant. */
        ELLIPSE(5);

        private final int terms;

        Shape(int terms) {
            this.terms = terms;
        }
    }

    private static double[] row(int ray) {
        var angle = 2 * Math.PI * ray / COUNT;
        return new double[] {1, Math.cos(angle), Math.sin(angle), Math.cos(2 * angle), Math.sin(2 * angle)};
    }

    private static double nearest(double[] radii, double expected) {
        var nearest = Double.POSITIVE_INFINITY;
        for (var radius : radii) {
            if (Math.abs(radius - expected) < Math.abs(nearest - expected)) {
                nearest = radius;
            }
        }
        return nearest;
    }
}
