package dev.tryon.testkit;

import dev.tryon.compute.WorkClass;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** What a simulated run came to, from the moment on that is measured. */
final class SimulationTally {
    private final SimulatedLoad load;
    private final long from;
    private final double seconds;
    private final double[] good;
    private final Percentiles ages = new Percentiles();
    private final Percentiles decisions = new Percentiles();
    private final Percentiles groups = new Percentiles();
    private long sent;
    private long capturesDue;
    private long capturesInTime;
    private long batchSteps;
    private long busyNanos;
    private long captureNanos;

    SimulationTally(SimulatedLoad load) {
        this.load = load;
        this.from = load.measuredFrom().toNanos();
        this.seconds = load.until().minus(load.measuredFrom()).toNanos() / 1e9;
        this.good = new double[load.sessions()];
    }

    private boolean counts(long now) {
        return now >= from;
    }

    void sent(long now) {
        if (counts(now)) {
            sent++;
        }
    }

    void served(long seat, long received, long now) {
        if (counts(now)) {
            long age = now - received;
            ages.add(age / 1e6);
            if (age <= load.budget().toNanos()) {
                good[(int) seat - 1]++;
            }
        }
    }

    void group(int size, long now) {
        if (counts(now)) {
            groups.add(size);
        }
    }

    void busy(long nanos, long now) {
        if (counts(now)) {
            busyNanos += nanos;
        }
    }

    void captureAsked(long due, long now) {
        if (counts(now) && due <= load.until().toNanos()) {
            capturesDue++;
        }
    }

    void captureDone(long due, long now) {
        if (counts(due - SimulatedLoad.DUE.toNanos()) && due <= load.until().toNanos() && now <= due) {
            capturesInTime++;
        }
    }

    void step(WorkClass workClass, long nanos, long now) {
        if (counts(now)) {
            switch (workClass) {
                case CAPTURE -> captureNanos += nanos;
                case BATCH -> batchSteps++;
                case LIVE -> throw new IllegalArgumentException("a live step");
            }
        }
    }

    void decided(long nanos, long now) {
        if (counts(now)) {
            decisions.add(nanos / 1e3);
        }
    }

    /** Returns the metrics. @param batchShare that the device keeps for batch work */
    Map<String, Double> metrics(double batchShare) {
        double captures = captureNanos / 1e9 / seconds;
        var bound = FairBound.of(load, captures, batchShare);
        double total = Arrays.stream(good).sum();
        double squares = Arrays.stream(good).map(frames -> frames * frames).sum();
        var sorted = Arrays.stream(good).sorted().toArray();
        int slowest = Math.max(1, (int) Math.round(0.05 * sorted.length));
        var metrics = new TreeMap<String, Double>();
        metrics.put("goodputPerSecond", total / seconds);
        metrics.put("boundPerSecond", bound.total());
        metrics.put("slowestFps", Arrays.stream(sorted, 0, slowest).average().orElseThrow() / seconds);
        metrics.put("fairFps", bound.framesPerSecond());
        metrics.put("jain", squares == 0 ? 0 : total * total / (sorted.length * squares));
        metrics.put("batchChunks", (double) batchSteps);
        metrics.put("decisionMicros", decisions.at(0.5));
        metrics.put("decisionP99Micros", decisions.at(0.99));
        metrics.put("ageP95Millis", ages.count() == 0 ? 0 : ages.at(0.95));
        metrics.put("groupP50", groups.count() == 0 ? 0 : groups.at(0.5));
        metrics.put("busyShare", busyNanos / 1e9 / seconds / load.shape().slots());
        metrics.put("missedShare", sent == 0 ? 0 : Math.max(0, 1 - total / sent));
        if (capturesDue > 0) {
            metrics.put("capturesInTime", capturesInTime / (double) capturesDue);
        }
        return metrics;
    }
}
