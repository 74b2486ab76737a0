package dev.tryon.server;

import java.util.Arrays;

/** The latest durations, for quantiles of the present. Not thread-safe. */
final class Reservoir {
    private static final int SIZE = 256;

    private final long[] nanos = new long[SIZE];
    private long count;

    void add(long durationNanos) {
        nanos[(int) (count++ % SIZE)] = durationNanos;
    }

    /** Returns a quantile in milliseconds, 0 of nothing. @param fraction 0..1 */
    double millis(double fraction) {
        var held = (int) Math.min(count, SIZE);
        if (held == 0) {
            return 0;
        }
        var sorted = Arrays.copyOf(nanos, held);
        Arrays.sort(sorted);
        return Math.round(sorted[(int) Math.round(fraction * (held - 1))] / 1e4) / 100.0;
    }
}
