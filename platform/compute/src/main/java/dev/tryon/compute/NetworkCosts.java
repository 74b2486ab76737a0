package dev.tryon.compute;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one network costs, learnt: device time by batch and shape of a sample, over the last runs of each.
 *
 * <p>Inference takes nearly the same time again and again, so what was measured last foretells the next (Clockwork, Gujarati
 * et al. 2020); by batch it is close to α + β·b (Nexus, Shen et al. 2019), but it is measured and not assumed. Bounded:
 * the least recently run of many batches and shapes is forgotten. Thread-safe.
 */
final class NetworkCosts {
    private static final int REMEMBERED = 64;
    private static final int WINDOW = 128;
    /** Runs of a batch before its time is believed: the first of a shape prepares things. */
    private static final int BELIEVED = 3;

    private final Map<Key, Window> windows = new LinkedHashMap<>(REMEMBERED, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Window> eldest) {
            return size() > REMEMBERED;
        }
    };
    private final SortedMap<Integer, Long> joined = new TreeMap<>();

    private record Key(String sampleShape, int batch) {}

    /** Notes a run. */
    synchronized void ran(String sampleShape, int batch, long nanos) {
        windows.computeIfAbsent(new Key(sampleShape, batch), _ -> new Window()).add(nanos);
    }

    /** Notes how many calls a run answered. */
    synchronized void answered(int calls) {
        joined.merge(calls, 1L, Long::sum);
    }

    /** Returns the usual device time of a batch, if it has run a few times. */
    synchronized OptionalLong usualNanos(String sampleShape, int batch) {
        var window = windows.get(new Key(sampleShape, batch));
        return window == null || window.runs < BELIEVED ? OptionalLong.empty() : OptionalLong.of(window.at(0.5));
    }

    /** Returns the curve: every batch and shape that is remembered, smaller batches first. */
    synchronized List<NetworkSnapshot.Cost> curve() {
        return windows.entrySet().stream()
                .map(each -> new NetworkSnapshot.Cost(
                        each.getKey().sampleShape(),
                        each.getKey().batch(),
                        each.getValue().runs,
                        Duration.ofNanos(each.getValue().at(0.5)),
                        Duration.ofNanos(each.getValue().at(0.95))))
                .sorted()
                .toList();
    }

    /** Returns how often how many calls were answered by one run. */
    synchronized SortedMap<Integer, Long> joined() {
        return new TreeMap<>(joined);
    }

    /** The last times of one batch. */
    private static final class Window {
        private final long[] nanos = new long[WINDOW];
        private long runs;

        void add(long time) {
            nanos[(int) (runs++ % WINDOW)] = time;
        }

        /** The smallest time that a share of the window does not exceed. */
        long at(double share) {
            var sorted = Arrays.copyOf(nanos, (int) Math.min(runs, WINDOW));
            Arrays.sort(sorted);
            return sorted[(int) Math.ceil(share * sorted.length) - 1];
        }
    }
}
