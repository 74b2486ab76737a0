package dev.tryon.fabric;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfDouble;
import org.opencv.core.Scalar;
import org.opencv.core.Size;
import org.opencv.imgproc.Imgproc;

/**
 * Finds the ways by which a cloth can be moved so that it falls onto itself.
 *
 * <p>Every shift is scored by the correlation of the cloth with itself over what overlaps, all shifts at once through
 * Fourier's transform (Wiener and Khinchin), the energies through sums over rectangles. The colour is first reduced to the
 * one mixture of lightness and hue that varies most.
 */
final class RepeatFinder {
    /** Side of the square copy that is searched, in pixels. */
    static final int SIDE = 512;

    private static final double LEAST_CORRELATION = 0.2;
    private static final double SHORTEST = 0.42;
    private static final double LONGEST = 0.84;
    private static final double MOST_SLANT = 0.06;
    /** Shifts nearly as good as the best are candidates too. */
    private static final double NEARLY = 0.95;

    private static final int MOST_CANDIDATES = 12;
    private static final double SHAPE_WEIGHT = 0.35;
    private static final double SIZE_WEIGHT = 0.25;
    private static final double PRIMITIVE_NEARLY = 0.85;
    private static final int LEAST_PERIOD = 4;
    private static final double DETAIL = 0.25;
    private static final double MOST_SPREADS = 3;

    private RepeatFinder() {}

    /**
     * Looks for the repeat.
     *
     * @param evened {@code CV_8UC3}, BGR, 512x512: the swatch, its light evened
     * @param aspect the swatch's width by its height
     * @return empty where the cloth has none, like leather
     */
    static Optional<Repeat> find(Mat evened, double aspect) {
        try (var scope = new MatScope()) {
            var scores = correlation(mixture(evened, scope), scope);
            var acrossMost = Math.min(LONGEST, LONGEST / aspect);
            var downMost = Math.min(LONGEST, LONGEST * aspect);
            var across = candidates(scores, acrossMost, Direction.ACROSS);
            var down = candidates(scores, downMost, Direction.DOWN);
            var best = Optional.<Pair>empty();
            for (var a : across) {
                for (var b : down) {
                    var shape = Math.abs(Math.log(aspect * a.shift.length() / b.shift.length()));
                    var value = a.score
                            + b.score
                            - SHAPE_WEIGHT * shape
                            + SIZE_WEIGHT * (a.shift.x() / acrossMost + b.shift.y() / downMost) / SIDE;
                    if (best.isEmpty() || value > best.get().value) {
                        best = Optional.of(new Pair(a, b, value));
                    }
                }
            }
            return best.map(pair -> new Repeat(
                    pair.across.shift.times(1.0 / SIDE),
                    pair.down.shift.times(1.0 / SIDE),
                    period(scores, Math.min(pair.across.score, pair.down.score), pair),
                    Math.clamp(Math.min(pair.across.score, pair.down.score), 0, 1),
                    closure(scores, pair)));
        }
    }

    /** Returns the mixture of lightness and hue that varies most, without what is larger than a quarter: {@code CV_32F}. */
    private static Mat mixture(Mat evened, MatScope scope) {
        var lab = scope.mat();
        evened.convertTo(lab, CvType.CV_32F, 1.0 / 255);
        Imgproc.cvtColor(lab, lab, Imgproc.COLOR_BGR2Lab);
        var coarse = scope.mat();
        Imgproc.resize(lab, coarse, new Size(SIDE / 8.0, SIDE / 8.0), 0, 0, Imgproc.INTER_AREA);
        Imgproc.GaussianBlur(coarse, coarse, new Size(0, 0), DETAIL * SIDE / 8, 0, Core.BORDER_REFLECT);
        Imgproc.resize(coarse, coarse, lab.size(), 0, 0, Imgproc.INTER_LINEAR);
        Core.subtract(lab, coarse, lab);
        var rows = scope.keep(lab.reshape(1, SIDE * SIDE));
        var covariance = scope.mat();
        Core.calcCovarMatrix(
                rows, covariance, scope.mat(), Core.COVAR_NORMAL | Core.COVAR_ROWS | Core.COVAR_SCALE, CvType.CV_32F);
        var vectors = scope.mat();
        Core.eigen(covariance, scope.mat(), vectors);
        var mixed = scope.mat();
        Core.transform(lab, mixed, scope.keep(vectors.rowRange(0, 1)));
        var spread = scope.keep(new MatOfDouble());
        var mean = scope.keep(new MatOfDouble());
        Core.meanStdDev(mixed, mean, spread);
        Core.subtract(mixed, new Scalar(mean.get(0, 0)[0]), mixed);
        var limit = MOST_SPREADS * spread.get(0, 0)[0];
        Core.min(mixed, new Scalar(limit), mixed);
        Core.max(mixed, new Scalar(-limit), mixed);
        return mixed;
    }

    /** Returns the correlation for shifts of 0..N-1 down and -(N-1)..N-1 across, as rows of 2N. */
    private static Scores correlation(Mat plane, MatScope scope) {
        var padded = scope.mat();
        Core.copyMakeBorder(plane, padded, 0, SIDE, 0, SIDE, Core.BORDER_CONSTANT, Scalar.all(0));
        Core.dft(padded, padded, 0, SIDE);
        Core.mulSpectrums(padded, padded, padded, 0, true);
        Core.idft(padded, padded, Core.DFT_SCALE | Core.DFT_REAL_OUTPUT, 0);
        var products = new float[4 * SIDE * SIDE];
        padded.get(0, 0, products);
        var squares = scope.mat();
        Imgproc.integral2(plane, scope.mat(), squares, CvType.CV_64F, CvType.CV_64F);
        var sums = new double[(SIDE + 1) * (SIDE + 1)];
        squares.get(0, 0, sums);
        var scores = new float[SIDE * 2 * SIDE];
        var most = (int) (LONGEST * SIDE) + 2;
        for (var dy = 0; dy < most; dy++) {
            for (var dx = -most; dx < most; dx++) {
                var first = energy(sums, Math.max(0, -dx), 0, SIDE - Math.abs(dx), SIDE - dy);
                var second = energy(sums, Math.max(0, dx), dy, SIDE - Math.abs(dx), SIDE - dy);
                scores[dy * 2 * SIDE + dx + SIDE] = (float)
                        (products[dy * 2 * SIDE + Math.floorMod(dx, 2 * SIDE)] / Math.sqrt(first * second + 1e-6));
            }
        }
        return new Scores(scores);
    }

    private static double energy(double[] sums, int x, int y, int width, int height) {
        var row = SIDE + 1;
        return sums[(y + height) * row + x + width]
                - sums[y * row + x + width]
                - sums[(y + height) * row + x]
                + sums[y * row + x];
    }

    private enum Direction {
        ACROSS,
        DOWN
    }

    private static List<Shift> candidates(Scores scores, double longest, Direction direction) {
        var shortest = (int) (SHORTEST / LONGEST * longest * SIDE);
        var last = (int) (longest * SIDE);
        var slant = (int) (MOST_SLANT * SIDE);
        var peaks = new ArrayList<Shift>();
        for (var along = shortest; along <= last; along++) {
            for (var aside = -slant; aside <= slant; aside++) {
                var dx = direction == Direction.ACROSS ? along : aside;
                var dy = direction == Direction.ACROSS ? aside : along;
                if (scores.at(dx, dy) >= LEAST_CORRELATION && scores.peak(dx, dy)) {
                    peaks.add(scores.refined(dx, dy));
                }
            }
        }
        var best = peaks.stream().mapToDouble(Shift::score).max().orElse(0);
        return peaks.stream()
                .filter(peak -> peak.score >= NEARLY * best)
                .sorted(Comparator.comparingDouble(Shift::score).reversed())
                .limit(MOST_CANDIDATES)
                .toList();
    }

    /** A move by the whole swatch and back by whole periods must be one that the cloth allows. */
    private static double closure(Scores scores, Pair pair) {
        var across = pair.across.shift;
        var down = pair.down.shift;
        return Math.min(
                scores.near(SIDE - across.x(), -across.y()) / pair.across.score,
                scores.near(-down.x(), SIDE - down.y()) / pair.down.score);
    }

    /** Returns the shortest shift that is nearly as good as the long ones, as a share of the swatch. */
    private static Spot period(Scores scores, double score, Pair pair) {
        var shortest = pair.across.shift;
        for (var dy = 0; dy < SIDE / 2; dy++) {
            for (var dx = -SIDE / 2; dx < SIDE / 2; dx++) {
                var length = Math.hypot(dx, dy);
                if (length >= LEAST_PERIOD
                        && length < shortest.length()
                        && scores.at(dx, dy) >= PRIMITIVE_NEARLY * score
                        && scores.peak(dx, dy)) {
                    shortest = scores.refined(dx, dy).shift;
                }
            }
        }
        return shortest.times(1.0 / SIDE);
    }

    private record Shift(Spot shift, double score) {}

    private record Pair(Shift across, Shift down, double value) {}

    /** The correlation of each shift. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Scores(float[] values) {
        float at(int dx, int dy) {
            return dy >= 0 ? values[dy * 2 * SIDE + dx + SIDE] : values[-dy * 2 * SIDE - dx + SIDE];
        }

        /** Returns the best score within a pixel and a half of a shift. */
        double near(double dx, double dy) {
            var best = 0.0;
            for (var y = (int) Math.round(dy) - 1; y <= (int) Math.round(dy) + 1; y++) {
                for (var x = (int) Math.round(dx) - 1; x <= (int) Math.round(dx) + 1; x++) {
                    best = Math.max(best, at(x, y));
                }
            }
            return best;
        }

        boolean peak(int dx, int dy) {
            var here = at(dx, dy);
            for (var y = -2; y <= 2; y++) {
                for (var x = -2; x <= 2; x++) {
                    if (at(dx + x, dy + y) > here) {
                        return false;
                    }
                }
            }
            return true;
        }

        Shift refined(int dx, int dy) {
            var here = at(dx, dy);
            return new Shift(
                    new Spot(
                            dx + vertex(at(dx - 1, dy), here, at(dx + 1, dy)),
                            dy + vertex(at(dx, dy - 1), here, at(dx, dy + 1))),
                    here);
        }

        private static double vertex(double before, double here, double after) {
            var bend = before - 2 * here + after;
            return bend > -1e-9 ? 0 : Math.clamp((before - after) / (2 * bend), -0.5, 0.5);
        }
    }
}
