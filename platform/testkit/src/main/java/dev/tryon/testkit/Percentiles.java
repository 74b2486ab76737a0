package dev.tryon.testkit;

import java.util.Arrays;

/** Sorted samples, to be asked for their percentiles. Not thread-safe. */
final class Percentiles {
    private double[] samples = new double[256];
    private int count;

    void add(double sample) {
        if (count == samples.length) {
            samples = Arrays.copyOf(samples, 2 * count);
        }
        samples[count++] = sample;
    }

    void clear() {
        count = 0;
    }

    void addAll(Percentiles others) {
        for (int index = 0; index < others.count; index++) {
            add(others.samples[index]);
        }
    }

    Percentiles copy() {
        var copy = new Percentiles();
        copy.addAll(this);
        return copy;
    }

    int count() {
        return count;
    }

    /** Returns the sample that this share of all samples does not pass (nearest rank). @param share 0..1 */
    double at(double share) {
        if (count == 0) {
            return Double.NaN;
        }
        var sorted = Arrays.copyOf(samples, count);
        Arrays.sort(sorted);
        return sorted[(int) Math.min(count - 1, Math.floor(share * count))];
    }
}
