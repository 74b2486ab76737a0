package dev.tryon.compute;

import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A network as it stands: where it is, what it takes, what it costs.
 *
 * @param name as the engine that loaded it first calls it
 * @param sha256 of its archive, in hexadecimal
 * @param device the id of the device it runs on
 * @param keep whether memory may be taken from it
 * @param joining {@code joined}, or why its calls run alone
 * @param bytes that it is charged on its device now; 0 when it is not there
 * @param largestBatch samples that a run takes at most, less for a while after the device ran out of memory
 * @param loads how often it was brought to the device
 * @param evictions how often it was sent away for another
 * @param outOfMemory how often the device's memory did not suffice for it
 * @param failures calls that failed, for whatever reason
 * @param batches how many runs answered how many calls at once, by calls
 * @param costs by shape and batch, smaller batches first
 */
public record NetworkSnapshot(
        String name,
        String sha256,
        String device,
        State state,
        Keep keep,
        String joining,
        long bytes,
        int largestBatch,
        long loads,
        long evictions,
        long outOfMemory,
        long failures,
        SortedMap<Integer, Long> batches,
        List<Cost> costs) {
    /** Where a network is. */
    public enum State {
        /** In the device's memory. */
        LOADED,
        /** Not there; its next call brings it back. */
        EVICTED,
        /** Kept away for a while, since the device ran out of memory with it again and again: its calls fail. */
        QUARANTINED
    }

    /** Whether memory may be taken from a network for another. */
    public enum Keep {
        /** It stays. */
        PINNED,
        /** It may have to go, and comes back with its next call. */
        EVICTABLE
    }

    /**
     * Device time of one batch size, over its last runs.
     *
     * @param sampleShape the sizes of one sample, {@code 3x96x96}; of several inputs, with commas between
     * @param batch samples in a run, padding included
     * @param runs since the start, or since it was forgotten for others
     * @param p50 half of the last runs took no longer
     * @param p95 of a hundred, 95 took no longer
     */
    public record Cost(String sampleShape, int batch, long runs, Duration p50, Duration p95)
            implements Comparable<Cost> {
        private static final Comparator<Cost> ORDER =
                Comparator.comparing(Cost::sampleShape).thenComparing(Cost::batch);

        @Override
        public int compareTo(Cost other) {
            return ORDER.compare(this, other);
        }
    }

    /** Copies what could change. */
    public NetworkSnapshot {
        batches = Collections.unmodifiableSortedMap(new TreeMap<>(batches));
        costs = List.copyOf(costs);
    }
}
