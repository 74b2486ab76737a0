package dev.tryon.fabric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfInt;
import org.opencv.core.MatOfPoint;
import org.opencv.core.MatOfPoint2f;
import org.opencv.core.Point;
import org.opencv.core.Size;
import org.opencv.core.TermCriteria;
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

    private static final double RIM = 0.025;
    private static final int GROUND_COLORS = 3;
    private static final double LEAST_GROUND_SHARE = 0.08;
    /** The least spread that a ground colour is taken to have, in Lab. */
    private static final double[] LEAST_SPREAD = {2.5, 1.5, 1.5};

    /** Spreads from the ground beyond which more makes no difference, and those that at least part cloth from ground. */
    private static final double MOST_DISTANCE = 60;

    private static final double LEAST_DISTANCE = 3.5;
    /** How far up to where Otsu's method parts the distances cloth begins: dark folds and pale stripes belong to it. */
    private static final double[] EAGERNESS = {0.7, 0.35, 0};

    private static final double LEAST_AREA = 0.04;
    private static final double LEAST_FILL = 0.88;
    private static final double MOST_RIM_TOUCHED = 0.2;
    private static final int SEED = 1;

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
            var distance = distanceFromGround(small, scope);
            return outline(distance, scope)
                    .map(found -> new PhotoSwatch(
                            SideFit.refine(photo, found.corners().scaled((double) photo.cols() / small.cols())),
                            PhotoSwatch.Origin.FOUND,
                            found.confidence()));
        }
    }

    /** Returns how many spreads each pixel is away from the nearest colour of the ground: {@code CV_32F}. */
    private static Mat distanceFromGround(Mat small, MatScope scope) {
        var lab = scope.mat();
        small.convertTo(lab, CvType.CV_32F, 1.0 / 255);
        Imgproc.cvtColor(lab, lab, Imgproc.COLOR_BGR2Lab);
        var rim = rim(lab, scope);
        var labels = scope.mat();
        Core.setRNGSeed(SEED);
        Core.kmeans(
                rim,
                GROUND_COLORS,
                labels,
                new TermCriteria(TermCriteria.EPS + TermCriteria.MAX_ITER, 10, 0.5),
                1,
                Core.KMEANS_PP_CENTERS);
        var nearest = new float[lab.rows() * lab.cols()];
        Arrays.fill(nearest, (float) MOST_DISTANCE);
        var pixels = new float[3 * nearest.length];
        lab.get(0, 0, pixels);
        for (var ground : grounds(rim, labels)) {
            for (var i = 0; i < nearest.length; i++) {
                nearest[i] = Math.min(nearest[i], ground.distance(pixels[3 * i], pixels[3 * i + 1], pixels[3 * i + 2]));
            }
        }
        var distance = scope.mat(lab.rows(), lab.cols(), CvType.CV_32F);
        distance.put(0, 0, nearest);
        Imgproc.GaussianBlur(distance, distance, new Size(0, 0), 1);
        return distance;
    }

    private static Mat rim(Mat lab, MatScope scope) {
        var width = Math.max(3, (int) Math.round(RIM * Math.min(lab.rows(), lab.cols())));
        var parts = List.of(
                lab.rowRange(0, width),
                lab.rowRange(lab.rows() - width, lab.rows()),
                lab.submat(width, lab.rows() - width, 0, width),
                lab.submat(width, lab.rows() - width, lab.cols() - width, lab.cols()));
        var lists = new ArrayList<Mat>();
        for (var part : parts) {
            scope.keep(part);
            lists.add(scope.keep(scope.keep(part.clone()).reshape(1, part.rows() * part.cols())));
        }
        var all = scope.mat();
        Core.vconcat(lists, all);
        return all;
    }

    private static List<Ground> grounds(Mat rim, Mat labels) {
        var pixels = new float[3 * rim.rows()];
        rim.get(0, 0, pixels);
        var of = new int[rim.rows()];
        labels.get(0, 0, of);
        var grounds = new ArrayList<Ground>();
        for (var label = 0; label < GROUND_COLORS; label++) {
            var count = 0;
            var sum = new double[3];
            var squares = new double[3];
            for (var i = 0; i < of.length; i++) {
                if (of[i] == label) {
                    count++;
                    for (var k = 0; k < 3; k++) {
                        sum[k] += pixels[3 * i + k];
                        squares[k] += (double) pixels[3 * i + k] * pixels[3 * i + k];
                    }
                }
            }
            if (count >= LEAST_GROUND_SHARE * of.length) {
                var spread = new double[3];
                for (var k = 0; k < 3; k++) {
                    sum[k] /= count;
                    spread[k] = Math.max(LEAST_SPREAD[k], Math.sqrt(Math.max(0, squares[k] / count - sum[k] * sum[k])));
                }
                grounds.add(new Ground(sum[0], sum[1], sum[2], spread[0], spread[1], spread[2]));
            }
        }
        return grounds;
    }

    /** Tries bold and shy thresholds, because a lace is mostly ground, and returns the best outline. */
    private static Optional<Found> outline(Mat distance, MatScope scope) {
        var level = scope.mat();
        distance.convertTo(level, CvType.CV_8U, 255 / MOST_DISTANCE);
        var otsu = Imgproc.threshold(level, scope.mat(), 0, 255, Imgproc.THRESH_OTSU) * MOST_DISTANCE / 255;
        return Arrays.stream(EAGERNESS)
                .map(eagerness -> Math.max(LEAST_DISTANCE, eagerness * otsu))
                .distinct()
                .mapToObj(threshold -> outline(distance, threshold, scope))
                .flatMap(Optional::stream)
                .max(Comparator.comparingDouble(found -> found.straight * found.corners.area()));
    }

    private static Optional<Found> outline(Mat distance, double threshold, MatScope scope) {
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
                .flatMap(contour ->
                        quadrilateral(contour, scope).flatMap(corners -> found(contour, corners, threshold)));
    }

    private static Optional<Found> found(MatOfPoint contour, Corners corners, double threshold) {
        var fill = Imgproc.contourArea(contour) / corners.area();
        if (fill < LEAST_FILL || fill > 1 / LEAST_FILL) {
            return Optional.empty();
        }
        var straight = Math.clamp(1 - 4 * Math.abs(1 - fill), 0, 1);
        var contrast = Math.clamp(threshold / (2 * LEAST_DISTANCE), 0, 1);
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

    /** One colour of the ground with its spread, in Lab. */
    private record Ground(double l, double a, double b, double spreadL, double spreadA, double spreadB) {
        float distance(double otherL, double otherA, double otherB) {
            var x = (otherL - l) / spreadL;
            var y = (otherA - a) / spreadA;
            var z = (otherB - b) / spreadB;
            return (float) Math.sqrt(x * x + y * y + z * z);
        }
    }

    private record Found(Corners corners, double straight, double confidence) {}
}
