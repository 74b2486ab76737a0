package dev.tryon.compute;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The sessions of one engine that wait, the stalest first, and what the engine costs. Not thread-safe.
 */
final class EngineLine {
    /** An engine may cost so many times what it said before its own sessions pay for it, with a lower rate. */
    private static final double FORGIVEN = 4;

    private static final long FIRST_REST_NANOS = Duration.ofSeconds(10).toNanos();
    private static final long LONGEST_REST_NANOS = Duration.ofMinutes(5).toNanos();
    private static final long HANG_REMEMBERED_NANOS = Duration.ofMinutes(10).toNanos();

    final String engine;
    final CostCurve costs;
    final EngineTally tally;
    final TreeSet<Place> waiting = new TreeSet<>(Comparator.<Place>comparingLong(place -> place.servedNanos)
            .thenComparingDouble(place -> place.services)
            .thenComparingLong(place -> place.id));
    private final long leastBudgetNanos;
    private int active;
    private int batch = 1;
    private long restsUntilNanos;
    private long lastHangNanos;
    private int hangs;

    /**
     * A group that could be served now.
     *
     * @param size of the group whose latency its frames can afford
     * @param score staleness in nanoseconds, less where the group is small
     */
    record Candidate(int size, double score) {}

    EngineLine(String engine, CostCurve costs, long frameBudgetNanos, long nowNanos) {
        this.engine = engine;
        this.costs = costs;
        this.leastBudgetNanos = frameBudgetNanos;
        this.tally = new EngineTally(costs.maxBatch());
        this.restsUntilNanos = nowNanos;
        choose(1);
    }

    /** Takes note of how many sessions sent frames lately, and of what was learnt of the costs. */
    void choose(int active) {
        this.active = active;
        int size = costs.maxBatch();
        while (size > 1 && costs.highNanos(size) > leastBudgetNanos / 2.0) {
            size--;
        }
        batch = size;
    }

    int active() {
        return active;
    }

    /** Returns the size of group that is aimed at: what is waiting when the device is busy, and can be afforded. */
    int aim() {
        return Math.clamp(active, 1, batch);
    }

    /** Returns the cost of a frame in a group of the size aimed at, in nanoseconds. */
    double frameNanos() {
        return costs.meanNanos(aim()) / aim();
    }

    /** Returns how much of the common rate its sessions get, 0..1: less than 1 once it costs far more than it said. */
    double weight() {
        return Math.min(1, FORGIVEN * costs.guess().nanos(aim()) / costs.meanNanos(aim()));
    }

    /** Returns from received to served at most; an engine that takes longer than any budget is still served. */
    long budgetNanos() {
        return Math.max(leastBudgetNanos, (long) (1.5 * costs.meanNanos(1)));
    }

    /** Returns whether this frame could not make it even alone and now. */
    boolean isHopeless(Place place, long nowNanos) {
        return nowNanos + (long) costs.meanNanos(1) > place.receivedNanos + budgetNanos();
    }

    boolean isResting(long nowNanos) {
        return nowNanos - restsUntilNanos < 0;
    }

    /** Lets the engine rest after a service hung, twice as long each time. */
    void hung(long nowNanos) {
        hangs = hangs > 0 && nowNanos - lastHangNanos < HANG_REMEMBERED_NANOS ? hangs + 1 : 1;
        lastHangNanos = nowNanos;
        restsUntilNanos = nowNanos + Math.min(LONGEST_REST_NANOS, FIRST_REST_NANOS << Math.min(hangs - 1, 10));
    }

    /**
     * Returns the group that would be served now.
     *
     * <p>Full-batch guard: a frame that cannot afford the latency of as large a group as could be had is left out; the
     * group does not shrink for it.
     */
    Optional<Candidate> candidate(long nowNanos) {
        for (int size = Math.min(waiting.size(), batch); size >= 1; size /= 2) {
            long ends = nowNanos + (long) costs.highNanos(size);
            int taken = 0;
            long staleness = 0;
            for (var place : waiting) {
                if (taken < size && affords(place, ends)) {
                    taken++;
                    staleness += nowNanos - place.servedNanos;
                }
            }
            if (taken > 0) {
                double efficiency = Math.min(1, taken * frameNanos() / costs.meanNanos(taken));
                return Optional.of(new Candidate(size, weight() * efficiency * ((double) staleness / taken)));
            }
        }
        // What affords the mean but not the 95th percentile is tried all the same.
        return waiting.isEmpty()
                ? Optional.empty()
                : Optional.of(new Candidate(1, nowNanos - waiting.first().servedNanos));
    }

    /** Takes the candidate's frames from those that wait. */
    List<Place> take(Candidate candidate, long nowNanos) {
        long ends = nowNanos + (long) costs.highNanos(candidate.size());
        var taken = new ArrayList<Place>(candidate.size());
        for (var place : waiting) {
            if (taken.size() < candidate.size() && affords(place, ends)) {
                taken.add(place);
            }
        }
        if (taken.isEmpty()) {
            taken.add(waiting.first());
        }
        taken.forEach(waiting::remove);
        return taken;
    }

    private boolean affords(Place place, long endsNanos) {
        return endsNanos <= place.receivedNanos + budgetNanos();
    }

    /** Takes down what it knows, but for the costs. */
    List<Long> save() {
        return List.of(
                costs.guess().fixedNanos(),
                costs.guess().frameNanos(),
                (long) active,
                (long) batch,
                restsUntilNanos,
                lastHangNanos,
                (long) hangs);
    }

    /** Returns one that knows what was taken down. */
    static EngineLine restored(
            String engine, DeviceShape shape, SchedulerSettings settings, List<Long> numbers, long nowNanos) {
        var costs = new CostCurve(new CostGuess(numbers.get(0), numbers.get(1)), shape.maxBatch());
        var line = new EngineLine(engine, costs, settings.frameBudget().toNanos(), nowNanos);
        line.active = Math.toIntExact(numbers.get(2));
        line.batch = Math.toIntExact(numbers.get(3));
        line.restsUntilNanos = numbers.get(4);
        line.lastHangNanos = numbers.get(5);
        line.hangs = Math.toIntExact(numbers.get(6));
        return line;
    }
}
