package dev.tryon.compute;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What groups of one engine's frames cost, by their size: the mean and the 95th percentile of the last services.
 *
 * <p>A size that was not measured lately lies on the line between its measured neighbours; with a neighbour on one side
 * only it follows the guess, scaled to what the neighbour measured. Not thread-safe.
 */
final class CostCurve {
    /** Frames that a size remembers, in as many groups as that makes, but within bounds. */
    private static final int FRAMES = 512;

    private static final int MOST_GROUPS = 256;
    private static final int LEAST_GROUPS = 16;
    private static final long FORGOTTEN_NANOS = 60_000_000_000L;

    private final CostGuess guess;
    private final long[][] samples;
    private final int[] counts;
    private final long[] lastNanos;
    private final double[] measuredMean;
    private final double[] measuredHigh;
    private final double[] mean;
    private final double[] high;

    CostCurve(CostGuess guess, int maxBatch) {
        this.guess = guess;
        this.samples = new long[maxBatch + 1][];
        this.counts = new int[maxBatch + 1];
        this.lastNanos = new long[maxBatch + 1];
        this.measuredMean = new double[maxBatch + 1];
        this.measuredHigh = new double[maxBatch + 1];
        this.mean = new double[maxBatch + 1];
        this.high = new double[maxBatch + 1];
        draw(0);
    }

    CostGuess guess() {
        return guess;
    }

    int maxBatch() {
        return mean.length - 1;
    }

    /** Learns that a group of this size took so long. */
    void add(int size, long nanos, long nowNanos) {
        var window = window(size);
        window[counts[size] % window.length] = nanos;
        counts[size]++;
        lastNanos[size] = nowNanos;
        measure(size);
        draw(nowNanos);
    }

    private long[] window(int size) {
        if (samples[size] == null) {
            samples[size] = new long[Math.clamp(FRAMES / size, LEAST_GROUPS, MOST_GROUPS)];
        }
        return samples[size];
    }

    private void measure(int size) {
        var window = window(size);
        int filled = Math.min(counts[size], window.length);
        var sorted = Arrays.copyOf(window, filled);
        Arrays.sort(sorted);
        measuredMean[size] = Arrays.stream(sorted).average().orElseThrow();
        measuredHigh[size] = sorted[(int) Math.min(filled - 1, Math.floor(0.95 * filled))];
    }

    /** Returns what a group of this size takes on average, in nanoseconds. */
    double meanNanos(int size) {
        return mean[size];
    }

    /** Returns what 19 of 20 groups of this size do not exceed, in nanoseconds. */
    double highNanos(int size) {
        return high[size];
    }

    /** Returns how many groups of this size were measured. */
    int measured(int size) {
        return counts[size];
    }

    private void draw(long nowNanos) {
        int below = 0;
        for (int size = 1; size <= maxBatch(); size++) {
            if (isFresh(size, nowNanos)) {
                fill(below, size);
                mean[size] = measuredMean[size];
                high[size] = measuredHigh[size];
                below = size;
            }
        }
        fill(below, maxBatch() + 1);
    }

    private boolean isFresh(int size, long nowNanos) {
        return counts[size] > 0 && nowNanos - lastNanos[size] <= FORGOTTEN_NANOS;
    }

    /** Fills what lies between two measured sizes; 0 below and one past the largest above stand for none. */
    private void fill(int below, int above) {
        for (int size = below + 1; size < above; size++) {
            if (below > 0 && above <= maxBatch()) {
                double part = (size - below) / (double) (above - below);
                mean[size] = measuredMean[below] + part * (measuredMean[above] - measuredMean[below]);
                high[size] = measuredHigh[below] + part * (measuredHigh[above] - measuredHigh[below]);
            } else if (below > 0 || above <= maxBatch()) {
                int known = below > 0 ? below : above;
                double scale = guess.nanos(size) / (double) guess.nanos(known);
                mean[size] = measuredMean[known] * scale;
                high[size] = measuredHigh[known] * scale;
            } else {
                mean[size] = guess.nanos(size);
                high[size] = guess.nanos(size);
            }
        }
    }

    /** Takes down what was measured of a size. */
    List<Long> save(int size) {
        var numbers = new ArrayList<Long>();
        numbers.add((long) size);
        numbers.add((long) counts[size]);
        numbers.add(lastNanos[size]);
        Arrays.stream(window(size)).limit(counts[size]).forEach(numbers::add);
        return numbers;
    }

    /** Knows what was taken down of a size. */
    void restore(List<Long> numbers) {
        int size = Math.toIntExact(numbers.get(0));
        counts[size] = Math.toIntExact(numbers.get(1));
        lastNanos[size] = numbers.get(2);
        var window = window(size);
        for (int index = 0; index + 3 < numbers.size(); index++) {
            window[index] = numbers.get(index + 3);
        }
        measure(size);
        // As it was drawn when the last sample of any size came.
        draw(IntStream.rangeClosed(1, maxBatch())
                .filter(known -> counts[known] > 0)
                .mapToLong(known -> lastNanos[known])
                .max()
                .orElseThrow());
    }
}
