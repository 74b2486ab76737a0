package dev.tryon.compute;

import java.util.Arrays;

/** Percentiles by nearest rank: always a value that was measured. */
final class Percentile {
    private Percentile() {}

    /**
     * Returns the smallest value that a share of all does not exceed.
     *
     * @param share over 0, up to 1
     * @param values at least one, in any order
     */
    static long of(double share, long[] values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.ceil(share * sorted.length) - 1];
    }
}
