package dev.tryon.testkit;

import java.util.Objects;
import java.util.stream.LongStream;

/**
 * The most that a rule could give every session alike: one rate for all.
 *
 * <p>It is the camera's rate at most. Otherwise it is what fills the device: its time, less what captures took in the same
 * run, less the share reserved for batch work while some waits, divided by what one frame of every session costs. A frame's
 * cost is its share of the best group: of the true costs without noise, as large as the device allows, as the engine has
 * sessions (each has one frame waiting), and as the frame's budget affords. A rule that finds a full group whenever it
 * serves one, and is never idle, reaches it; noise, and what is under way when counting begins and ends, may show a percent
 * more. A rule that gives some sessions more than others can serve more frames than this in all.
 */
record FairBound(double framesPerSecond, int sessions) {
    /**
     * Reckons it.
     *
     * @param captureShare of one slot's time that captures took
     * @param batchShare that is reserved for batch work
     */
    static FairBound of(SimulatedLoad load, double captureShare, double batchShare) {
        double secondsARound = 0;
        int sessions = load.sessions();
        for (var engine : load.engines()) {
            long users = LongStream.rangeClosed(1, sessions)
                    .filter(seat -> load.engineOf(seat).equals(engine))
                    .count();
            secondsARound += users * frameSeconds(load, engine, users);
        }
        double reserved = load.films() > 0 ? batchShare * load.shape().slots() : 0;
        double slots = load.shape().slots() - captureShare - reserved;
        return new FairBound(Math.min(SimulatedLoad.CAMERA_FRAMES_PER_SECOND, slots / secondsARound), sessions);
    }

    private static double frameSeconds(SimulatedLoad load, String engine, long users) {
        var cost = Objects.requireNonNull(load.costs().get(engine));
        double best = Double.POSITIVE_INFINITY;
        for (int size = 1; size <= Math.min(users, load.shape().maxBatch()); size++) {
            if (size == 1 || cost.nanos(size) <= load.budget().toNanos()) {
                best = Math.min(best, cost.nanos(size) / 1e9 / size);
            }
        }
        return best;
    }

    /** Returns the rate of all sessions together. */
    double total() {
        return sessions * framesPerSecond;
    }
}
