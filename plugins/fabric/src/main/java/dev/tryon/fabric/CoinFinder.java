package dev.tryon.fabric;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.opencv.core.Core;
import org.opencv.core.Mat;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/**
 * Finds a coin in a view from above.
 *
 * <p>Circles are proposed by Hough's transform on a small copy. Around each, the view is read along rays; where a ray
 * crosses edges is kept, and a near-circle (a radius and its waves once and twice around) is fitted to those nearest it.
 * The rim of a coin, its ring and its face make several circles: the one beyond which the ground begins is the coin.
 */
final class CoinFinder {
    private static final int SEARCH_SIDE = 720;
    private static final int LEAST_RADIUS = 6;
    private static final int MOST_CANDIDATES = 100;
    private static final double SEEN_CONTRAST = 60;
    private static final double LEAST_PERFECTNESS = 0.55;

    private static final double LEAST_SUPPORT = 0.5;
    /** How far from round a coin may be in a view whose slant is not known. */
    private static final double MOST_FLATNESS = 0.2;

    /** More circles of one size than this are a pattern. */
    private static final int MOST_ALIKE = 2;

    private CoinFinder() {}

    /** Looks for a coin, first beside the cloth, whose pattern may have circles of its own. */
    static Optional<ScaleMark> find(ScaleView view, Coin coin) {
        try (var scope = new MatScope()) {
            var beside = view.straight() ? best(view, view.withoutSwatch(scope), scope) : Optional.<Ring>empty();
            return beside.or(() -> best(view, view.picture(), scope)).map(ring -> mark(ring, coin));
        }
    }

    private static Optional<Ring> best(ScaleView view, Mat searched, MatScope scope) {
        var scale = Math.min(1, (double) SEARCH_SIDE / Math.max(searched.cols(), searched.rows()));
        var shape = view.straight() ? Rays.Shape.CIRCLE : Rays.Shape.ELLIPSE;
        var rings = new ArrayList<Ring>();
        for (var circle : circles(searched, scale, scope)) {
            Rays.of(view.picture(), circle, scope)
                    .fit(circle.radius, shape)
                    .filter(ring -> ring.flatness() <= MOST_FLATNESS && ring.support() >= LEAST_SUPPORT)
                    .filter(ring -> rings.stream().noneMatch(ring::same))
                    .ifPresent(rings::add);
        }
        return rings.stream()
                .filter(ring -> rings.stream().filter(ring::alike).count() <= MOST_ALIKE)
                .max(Comparator.comparingDouble(Ring::support));
    }

    private static ScaleMark mark(Ring ring, Coin coin) {
        var r = ring.radius() * 1.05;
        return new ScaleMark(
                coin.diameterMillimetres() / (2 * ring.radius()),
                coin.thicknessMillimetres(),
                Math.clamp(ring.support(), 0, 1),
                List.of(
                        ring.middle().plus(new Spot(-r, -r)),
                        ring.middle().plus(new Spot(r, -r)),
                        ring.middle().plus(new Spot(r, r)),
                        ring.middle().plus(new Spot(-r, r))));
    }

    private static List<Circle> circles(Mat picture, double scale, MatScope scope) {
        var small = scope.mat();
        Imgproc.resize(picture, small, new Size(), scale, scale, Imgproc.INTER_AREA);
        Imgproc.GaussianBlur(small, small, new Size(0, 0), 1.2);
        var circles = new ArrayList<Circle>();
        var channels = new ArrayList<Mat>();
        var grey = scope.mat();
        Imgproc.cvtColor(small, grey, Imgproc.COLOR_BGR2GRAY);
        channels.add(grey);
        var hsv = scope.mat();
        Imgproc.cvtColor(small, hsv, Imgproc.COLOR_BGR2HSV);
        var saturation = scope.mat();
        Core.extractChannel(hsv, saturation, 1);
        channels.add(saturation);
        for (var channel : channels) {
            var found = scope.mat();
            Imgproc.HoughCircles(
                    channel,
                    found,
                    Imgproc.HOUGH_GRADIENT_ALT,
                    1.5,
                    LEAST_RADIUS,
                    SEEN_CONTRAST,
                    LEAST_PERFECTNESS,
                    LEAST_RADIUS,
                    Math.min(small.cols(), small.rows()) / 3);
            for (var at = 0; at < Math.min(found.cols(), MOST_CANDIDATES); at++) {
                var circle = found.get(0, at);
                circles.add(new Circle(
                        new Spot((circle[0] + 0.5) / scale - 0.5, (circle[1] + 0.5) / scale - 0.5), circle[2] / scale));
            }
        }
        return circles;
    }

    /** A circle that may be one. */
    record Circle(Spot middle, double radius) {}

    /**
     * A near-circle that edges lie on.
     *
     * @param flatness how much longer than its mean radius its longest is, as a share
     * @param support share of all rays that have an edge there, beyond what chance would give
     */
    record Ring(Spot middle, double radius, double flatness, double support) {
        boolean same(Ring other) {
            return middle.minus(other.middle).length() < 0.5 * radius;
        }

        boolean alike(Ring other) {
            return Math.abs(Math.log(radius / other.radius)) < 0.1;
        }
    }
}
