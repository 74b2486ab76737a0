package dev.tryon.fabric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What repeats along a strip, each time counted, from where it begins to where it ends.
 *
 * <p>The row is multiplied by a wave of the frequency it was found at and averaged over a few repeats: the phase of that
 * tells by how much the count runs ahead (complex demodulation), and so where each repeat lies, however slowly they
 * grow closer.
 *
 * @param row that was followed
 * @param columns where each repeat is darkest
 */
record Beat(Strip strip, int row, List<Double> columns) {
    private static final double REPEATS = 4;
    private static final double LEAST_SHARE = 0.15;
    private static final int LEAST = 20;
    private static final int MOST_LENGTHS = 96;
    private static final int PARTS = 5;
    /** How much of the usual swing still is a mark. */
    private static final double MARK = 0.45;

    /** How far marks may reach, and gaps in them, in repeats. */
    private static final double REACH = 9;

    private static final double GAP = 0.35;

    /** Copies the columns. */
    Beat {
        columns = List.copyOf(columns);
    }

    /** Follows a rhythm both ways as long as it lasts. */
    static Optional<Beat> follow(Strip strip, Rhythm rhythm) {
        if (rhythm.frequency() <= 0) {
            return Optional.empty();
        }
        return follow(strip, rhythm.row(), rhythm.column(), rhythm.frequency());
    }

    private static Optional<Beat> follow(Strip strip, int row, double start, double frequency) {
        var signal = signal(strip, row, (int) Math.round(0.4 / frequency));
        var half = (int) Math.round(REPEATS / frequency);
        var count = counts(signal, half, frequency, (int) start);
        var columns = new ArrayList<Double>();
        for (var x = 1; x < signal.length; x++) {
            if (!Double.isNaN(count[x - 1]) && !Double.isNaN(count[x])) {
                var whole = Math.floor(count[x]);
                if (whole > Math.floor(count[x - 1])) {
                    columns.add(x - (count[x] - whole) / (count[x] - count[x - 1]));
                }
            }
        }
        return columns.size() < LEAST ? Optional.empty() : Optional.of(new Beat(strip, row, columns));
    }

    private static double[] signal(Strip strip, int row, int rows) {
        var signal = new double[strip.columns()];
        var from = Math.max(0, row - rows);
        var to = Math.min(strip.rows() - 1, row + rows);
        for (var y = from; y <= to; y++) {
            for (var x = 0; x < signal.length; x++) {
                signal[x] += strip.values()[y * strip.columns() + x] / (to - from + 1);
            }
        }
        return signal;
    }

    /** Returns how many repeats there were up to each column; not a number where there are none. */
    private static double[] counts(double[] signal, int half, double frequency, int start) {
        var count = new double[signal.length];
        Arrays.fill(count, Double.NaN);
        var even = new double[signal.length];
        var odd = new double[signal.length];
        for (var t = 0; t < signal.length; t++) {
            even[t] = signal[t] * Math.cos(2 * Math.PI * frequency * (t - start));
            odd[t] = signal[t] * Math.sin(2 * Math.PI * frequency * (t - start));
        }
        var weights = new double[2 * half + 1];
        for (var t = -half; t <= half; t++) {
            weights[t + half] = 0.5 + 0.5 * Math.cos(Math.PI * t / (half + 1));
        }
        for (var way = -1; way <= 1; way += 2) {
            var last = 0.0;
            for (var x = start; x >= 0 && x < signal.length; x += way) {
                var real = 0.0;
                var imaginary = 0.0;
                var energy = 1e-9;
                var all = 0.0;
                for (var t = Math.max(0, x - half); t <= Math.min(signal.length - 1, x + half); t++) {
                    var weight = weights[t - x + half];
                    real += weight * even[t];
                    imaginary -= weight * odd[t];
                    energy += weight * signal[t] * signal[t];
                    all += weight;
                }
                if (2 * (real * real + imaginary * imaginary) / (all * energy) < LEAST_SHARE) {
                    break;
                }
                // Dark is half a turn from bright.
                var turns = Math.atan2(-imaginary, -real) / (2 * Math.PI);
                last = x == start ? turns : turns + Math.rint(last - turns);
                count[x] = frequency * (x - start) + last;
            }
        }
        return count;
    }

    /** Returns the same beat on a strip that is turned so that marks begin at one row all along. */
    Beat upright() {
        var slope = slope();
        if (Math.abs(slope) * (last() - first()) < 1.5) {
            return this;
        }
        // Turned about the row that was followed, each column keeps its place to a second order.
        return new Beat(new Sheared(slope).strip(), row, columns);
    }

    /** Returns by how many rows the marks go down from one column to the next. */
    private double slope() {
        var wave = wave();
        var most = (int) (REACH * spacing());
        var at = new double[PARTS];
        var middle = new double[PARTS];
        for (var part = 0; part < PARTS; part++) {
            var from = part * columns.size() / PARTS;
            var to = (part + 1) * columns.size() / PARTS;
            var swings = new double[strip.rows()];
            for (var k = from; k < to; k++) {
                for (var y = Math.max(0, row - most); y <= Math.min(strip.rows() - 1, row + most); y++) {
                    swings[y] += swing(k, y, wave) / (to - from);
                }
            }
            var least = MARK * swings[row];
            var top = row;
            var bottom = row;
            while (top > 0 && swings[top - 1] > least) {
                top--;
            }
            while (bottom + 1 < strip.rows() && swings[bottom + 1] > least) {
                bottom++;
            }
            at[part] = columns.get((from + to) / 2);
            middle[part] = (top + bottom) / 2.0;
        }
        var meanAt = Arrays.stream(at).average().orElseThrow();
        var mean = Arrays.stream(middle).average().orElseThrow();
        var both = 0.0;
        var squares = 1e-9;
        for (var part = 0; part < PARTS; part++) {
            both += (at[part] - meanAt) * (middle[part] - mean);
            squares += (at[part] - meanAt) * (at[part] - meanAt);
        }
        return both / squares;
    }

    /** Returns one wave over a repeat, bright in its middle. */
    private double[] wave() {
        var wave = new double[Math.max(6, (int) Math.ceil(spacing()))];
        for (var step = 0; step < wave.length; step++) {
            wave[step] = 2 * Math.cos(2 * Math.PI * ((step + 0.5) / wave.length - 0.5)) / wave.length;
        }
        return wave;
    }

    /** Returns how much darker a row is at a repeat than between repeats. */
    private double swing(int repeat, int y, double[] wave) {
        var spacing = spacing();
        var sum = 0.0;
        for (var step = 0; step < wave.length; step++) {
            var share = (step + 0.5) / wave.length - 0.5;
            sum -= strip.at(y, columns.get(repeat) + share * spacing) * wave[step];
        }
        return sum;
    }

    /** Returns how many rows each mark goes on; of a long beat, of those in its middle. */
    List<Double> lengths() {
        var usual = usual();
        var wave = wave();
        var lengths = new ArrayList<Double>();
        var from = Math.max(0, (columns.size() - MOST_LENGTHS) / 2);
        for (var k = from; k < Math.min(columns.size(), from + MOST_LENGTHS); k++) {
            lengths.add((double) (reach(k, -1, usual, wave) + reach(k, 1, usual, wave)));
        }
        return lengths;
    }

    private double usual() {
        var wave = wave();
        var swings = new double[columns.size()];
        for (var k = 0; k < swings.length; k++) {
            swings[k] = swing(k, row, wave);
        }
        Arrays.sort(swings);
        return swings[swings.length / 2];
    }

    private int reach(int repeat, int way, double usual, double[] wave) {
        var most = (int) (REACH * spacing());
        var gap = (int) Math.ceil(GAP * spacing());
        var reach = 0;
        for (var away = 1; away <= most && away - reach <= gap; away++) {
            var y = row + way * away;
            if (y < 0 || y >= strip.rows()) {
                break;
            }
            if (swing(repeat, y, wave) > MARK * usual) {
                reach = away;
            }
        }
        return reach;
    }

    /** Returns the mean way from one repeat to the next, in columns. */
    double spacing() {
        return (last() - first()) / (columns.size() - 1);
    }

    double first() {
        return columns.getFirst();
    }

    double last() {
        return columns.getLast();
    }

    /** Returns which way marks are longer: 1 down, -1 up. */
    int tipwards() {
        return spread(1) > spread(-1) ? 1 : -1;
    }

    private double spread(int way) {
        var usual = usual();
        var wave = wave();
        var sum = 0.0;
        var squares = 0.0;
        for (var k = 0; k < columns.size(); k++) {
            var reach = reach(k, way, usual, wave);
            sum += reach;
            squares += (double) reach * reach;
        }
        return squares / columns.size() - sum * sum / columns.size() / columns.size();
    }

    /** Returns the row where marks begin, from the strip's middle. */
    double foot() {
        var usual = usual();
        var wave = wave();
        var way = tipwards();
        var reaches = new double[columns.size()];
        for (var k = 0; k < reaches.length; k++) {
            reaches[k] = reach(k, -way, usual, wave);
        }
        Arrays.sort(reaches);
        return row - way * reaches[reaches.length / 2] - Strip.HALF;
    }

    /** The strip with each column moved up or down. */
    private final class Sheared {
        private final double slope;

        Sheared(double slope) {
            this.slope = slope;
        }

        Strip strip() {
            var columnsAll = strip.columns();
            var values = new float[strip.values().length];
            var pivot = (first() + last()) / 2;
            for (var x = 0; x < columnsAll; x++) {
                var shift = slope * (x - pivot);
                for (var y = 0; y < strip.rows(); y++) {
                    var from = Math.clamp(Math.round(y + shift), 0, strip.rows() - 1);
                    values[y * columnsAll + x] = strip.values()[from * columnsAll + x];
                }
            }
            var way = strip.along().plus(strip.down().times(slope));
            var origin = strip.origin().minus(strip.down().times(slope * pivot));
            return new Strip(origin, way, strip.down(), columnsAll, strip.rows(), values);
        }
    }
}
