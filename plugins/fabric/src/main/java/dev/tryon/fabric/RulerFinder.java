package dev.tryon.fabric;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.opencv.core.Mat;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/**
 * Finds a ruler in a view from above.
 *
 * <p>Long straight edges are followed by a {@link Strip}. Where brightness along it repeats, the repeats are counted, and
 * it is a ruler if marks are longer every fifth and tenth, or every second, fourth, eighth and sixteenth time: cloth
 * repeats too, but never so.
 */
final class RulerFinder {
    private static final int SEARCH_SIDE = 1000;
    private static final double LEAST_LENGTH = 0.06;
    private static final int MOST_LINES = 36;
    private static final double NEARLY = 0.08;
    /** A ruler's face is about this far above what it lies on. */
    private static final double THICKNESS = 0.8;

    private RulerFinder() {}

    /** Looks for a ruler. */
    static Optional<ScaleMark> find(ScaleView view) {
        try (var scope = new MatScope()) {
            var grey = scope.mat();
            Imgproc.cvtColor(view.picture(), grey, Imgproc.COLOR_BGR2GRAY);
            var all = lines(grey, scope).stream()
                    .map(line -> Strip.along(grey, line))
                    .flatMap(strip -> Marks.of(strip).stream())
                    .toList();
            var best = all.stream().mapToDouble(Marks::likeness).max().orElse(0);
            // The longer marks of inches are like marks of half as many to the inch: the closest are all of them.
            return all.stream()
                    .filter(marks -> marks.likeness() >= best - NEARLY)
                    .max(Comparator.comparingDouble(Marks::millimetresPerPixel))
                    .map(RulerFinder::mark);
        }
    }

    private static ScaleMark mark(Marks marks) {
        return new ScaleMark(marks.millimetresPerPixel(), THICKNESS, marks.likeness(), marks.outline());
    }

    /** Returns the longest straight edges, each once. */
    private static List<Line> lines(Mat grey, MatScope scope) {
        var scale = Math.min(1, (double) SEARCH_SIDE / Math.max(grey.cols(), grey.rows()));
        var small = scope.mat();
        Imgproc.resize(grey, small, new Size(), scale, scale, Imgproc.INTER_AREA);
        var found = scope.mat();
        Imgproc.createLineSegmentDetector().detect(small, found);
        var least = LEAST_LENGTH * Math.max(small.cols(), small.rows());
        var all = new ArrayList<Line>();
        for (var at = 0; at < found.rows(); at++) {
            var ends = new float[4];
            found.get(at, 0, ends);
            var line = new Line(new Spot(ends[0] / scale, ends[1] / scale), new Spot(ends[2] / scale, ends[3] / scale));
            if (line.length() * scale >= least) {
                all.add(line);
            }
        }
        all.sort(Comparator.comparingDouble(Line::length).reversed());
        var kept = new ArrayList<Line>();
        for (var line : all) {
            if (kept.size() < MOST_LINES && kept.stream().noneMatch(line::continues)) {
                kept.add(line);
            }
        }
        return kept;
    }

    /** A straight edge. */
    record Line(Spot from, Spot to) {
        private static final double NEAR = 6;
        private static final double PARALLEL = 0.03;

        double length() {
            return to.minus(from).length();
        }

        Spot along() {
            return to.minus(from).times(1 / length());
        }

        /** Returns whether both lie on one line. */
        boolean continues(Line other) {
            var way = other.along();
            return Math.abs(way.cross(along())) < PARALLEL
                    && Math.abs(way.cross(from.minus(other.from))) < NEAR
                    && Math.abs(way.cross(to.minus(other.from))) < NEAR;
        }
    }
}
