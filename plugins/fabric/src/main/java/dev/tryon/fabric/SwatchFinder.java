package dev.tryon.fabric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfInt;
import org.opencv.core.MatOfPoint;
import org.opencv.core.MatOfPoint2f;
import org.opencv.core.Point;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/**
 * Finds the one piece of cloth that lies on something else.
 *
 * <p>What the rim of the photo shows is taken for the ground, in up to three colours; what differs from all of them is
 * the swatch, if it is one filled four-sided piece. Its sides are then fitted to the edge between the two.
 */
final class SwatchFinder {
    /** Longer side of the copy that is searched, in pixels. */
    private static final int SEARCH_SIDE = 480;

    /** Spreads from the ground that part cloth from it well, and that at least do. */
    private static final double CLEAR_DISTANCE = 3.5;

    private static final double LEAST_DISTANCE = 2.2;

    /** How far up to where Otsu's method parts the distances cloth begins: dark folds and pale stripes belong to it. */
    private static final double[] EAGERNESS = {0.7, 0.35, 0};

    private static final double LEAST_AREA = 0.04;
    private static final double LEAST_FILL = 0.88;
    private static final double MOST_RIM_TOUCHED = 0.2;

    private SwatchFinder() {}

    /**
     * Looks for the swatch.
     *
     * @param photo {@code CV_8UC3}, BGR
     * @return its corners, if there is one that stands out from its ground
     */
    static Optional<PhotoSwatch> find(Mat photo) {
        try (var scope = new MatScope()) {
            var scale = Math.min(1, (double) SEARCH_SIDE / Math.max(photo.cols(), photo.rows()));
            var small = scope.mat();
            Imgproc.resize(
                    photo,
                    small,
                    new Size(Math.round(photo.cols() * scale), Math.round(photo.rows() * scale)),
                    0,
                    0,
                    Imgproc.INTER_AREA);
            var distance = Ground.distances(small, scope);
            return outline(distance, scope)
                    .map(found -> new PhotoSwatch(
                            SideFit.refine(photo, found.corners().scaled((double) photo.cols() / small.cols())),
                            PhotoSwatch.Origin.FOUND,
                            found.confidence()));
        }
    }

    /** Tries bold and shy thresholds, because a lace is mostly ground, and returns the best outline. */
    private static Optional<Found> outline(Mat distance, MatScope scope) {
        var level = scope.mat();
        distance.convertTo(level, CvType.CV_8U, 255 / Ground.MOST_DISTANCE);
        var otsu = Imgproc.threshold(level, scope.mat(), 0, 255, Imgproc.THRESH_OTSU) * Ground.MOST_DISTANCE / 255;
        return Arrays.stream(EAGERNESS)
                .map(eagerness -> Math.max(eagerness > 0 ? CLEAR_DISTANCE : LEAST_DISTANCE, eagerness * otsu))
                .distinct()
                .mapToObj(threshold -> outline(distance, threshold, otsu, scope))
                .flatMap(Optional::stream)
                .max(Comparator.comparingDouble(found -> found.straight * found.corners.area()));
    }

    private static Optional<Found> outline(Mat distance, double threshold, double otsu, MatScope scope) {
        var mask = scope.mat();
        Imgproc.threshold(distance, mask, threshold, 255, Imgproc.THRESH_BINARY);
        mask.convertTo(mask, CvType.CV_8U);
        Imgproc.morphologyEx(mask, mask, Imgproc.MORPH_CLOSE, square(7, scope));
        Imgproc.morphologyEx(mask, mask, Imgproc.MORPH_OPEN, square(5, scope));
        var contours = new ArrayList<MatOfPoint>();
        Imgproc.findContours(mask, contours, scope.mat(), Imgproc.RETR_EXTERNAL, Imgproc.CHAIN_APPROX_NONE);
        contours.forEach(scope::keep);
        var total = (double) mask.rows() * mask.cols();
        return contours.stream()
                .max(Comparator.comparingDouble(Imgproc::contourArea))
                .filter(contour -> Imgproc.contourArea(contour) >= LEAST_AREA * total)
                .filter(contour -> rimTouched(contour, mask) <= MOST_RIM_TOUCHED)
                .flatMap(contour -> quadrilateral(contour, scope).flatMap(corners -> found(contour, corners, otsu)));
    }

    /** @param otsu the distance that parts cloth from ground best: how far apart they are tells how sure an outline is */
    private static Optional<Found> found(MatOfPoint contour, Corners corners, double otsu) {
        var fill = Imgproc.contourArea(contour) / corners.area();
        if (fill < LEAST_FILL || fill > 1 / LEAST_FILL) {
            return Optional.empty();
        }
        var straight = Math.clamp(1 - 4 * Math.abs(1 - fill), 0, 1);
        var contrast = Math.clamp(otsu / (2 * CLEAR_DISTANCE), 0, 1);
        return Optional.of(new Found(corners, straight, straight * contrast));
    }

    private static double rimTouched(MatOfPoint contour, Mat mask) {
        var touching = 0;
        var points = contour.toArray();
        for (var point : points) {
            if (point.x <= 1 || point.y <= 1 || point.x >= mask.cols() - 2 || point.y >= mask.rows() - 2) {
                touching++;
            }
        }
        return (double) touching / points.length;
    }

    private static Mat square(int side, MatScope scope) {
        return scope.keep(Imgproc.getStructuringElement(Imgproc.MORPH_RECT, new Size(side, side)));
    }

    /** Reduces the convex hull to four corners, taking away whichever side adds the least area. */
    private static Optional<Corners> quadrilateral(MatOfPoint contour, MatScope scope) {
        var indices = scope.keep(new MatOfInt());
        Imgproc.convexHull(contour, indices, true);
        var all = contour.toArray();
        var hull = new ArrayList<Point>();
        for (var index : indices.toArray()) {
            hull.add(all[index]);
        }
        var simple = scope.keep(new MatOfPoint2f());
        Imgproc.approxPolyDP(scope.keep(new MatOfPoint2f(hull.toArray(new Point[0]))), simple, 1, true);
        var places = new ArrayList<Spot>();
        for (var point : simple.toArray()) {
            places.add(new Spot(point.x, point.y));
        }
        while (places.size() > 4) {
            if (!dropSide(places)) {
                return Optional.empty();
            }
        }
        return places.size() == 4 ? ordered(places) : Optional.empty();
    }

    private static boolean dropSide(List<Spot> places) {
        var count = places.size();
        var least = Double.POSITIVE_INFINITY;
        var best = -1;
        var meeting = new Spot(0, 0);
        for (var i = 0; i < count; i++) {
            var from = places.get((i + count - 1) % count);
            var first = places.get(i);
            var second = places.get((i + 1) % count);
            var to = places.get((i + 2) % count);
            var u = first.minus(from);
            var v = second.minus(to);
            var area = u.cross(v);
            if (Math.abs(area) < 1e-9) {
                continue;
            }
            var along = second.minus(first).cross(v) / area;
            var meet = first.plus(u.times(along));
            var added = Math.abs(first.minus(meet).cross(second.minus(meet)));
            var beyond = meet.minus(second);
            if (along >= 0 && beyond.x() * v.x() + beyond.y() * v.y() >= 0 && added < least) {
                least = added;
                best = i;
                meeting = meet;
            }
        }
        if (best < 0) {
            return false;
        }
        places.set(best, meeting);
        places.remove((best + 1) % count);
        return true;
    }

    private static Optional<Corners> ordered(List<Spot> places) {
        var centerX = places.stream().mapToDouble(Spot::x).average().orElseThrow();
        var centerY = places.stream().mapToDouble(Spot::y).average().orElseThrow();
        var around = new ArrayList<>(places);
        around.sort(Comparator.comparingDouble(place -> Math.atan2(place.y() - centerY, place.x() - centerX)));
        var first = 0;
        for (var i = 1; i < 4; i++) {
            if (around.get(i).x() + around.get(i).y()
                    < around.get(first).x() + around.get(first).y()) {
                first = i;
            }
        }
        try {
            return Optional.of(new Corners(
                    around.get(first),
                    around.get((first + 1) % 4),
                    around.get((first + 2) % 4),
                    around.get((first + 3) % 4)));
        } catch (IllegalArgumentException _) {
            return Optional.empty(); // a sliver, no swatch
        }
    }

    private record Found(Corners corners, double straight, double confidence) {}
}
