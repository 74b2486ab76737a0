package dev.tryon.compute;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;

/**
 * What rate all sessions can have: looks at sessions and costs four times a second. Not thread-safe.
 */
final class RatePlan {
    private static final long EVERY_NANOS = Duration.ofMillis(250).toNanos();
    private static final long ACTIVE_NANOS = Duration.ofSeconds(5).toNanos();
    private static final double NEWEST_COUNTS = 0.05;
    private static final double LEAST_FOR_LIVE = 0.1;

    private final int slots;
    private final SchedulerSettings settings;
    private final PromisedRate promise;
    private long plannedNanos;
    private double secondsARound;
    private double turnsShare;
    private double turnsNanos;

    RatePlan(int slots, SchedulerSettings settings, long nowNanos) {
        this.slots = slots;
        this.settings = settings;
        this.promise = new PromisedRate(
                settings.mostFramesPerSecond(), settings.impactTime().toNanos(), nowNanos);
        this.plannedNanos = nowNanos;
    }

    /** Takes note of device time that a turn took from live frames. */
    void turnTook(long nanos) {
        turnsNanos += nanos;
    }

    /** Returns when it wants to look again. */
    long dueNanos() {
        return plannedNanos + EVERY_NANOS;
    }

    void look(Collection<EngineLine> lines, Collection<Place> places, long nowNanos) {
        long passed = nowNanos - plannedNanos;
        if (passed < EVERY_NANOS) {
            return;
        }
        plannedNanos = nowNanos;
        double share = turnsNanos / (passed * (double) slots);
        turnsShare += Math.min(1, passed / (double) EVERY_NANOS * NEWEST_COUNTS) * (Math.min(1, share) - turnsShare);
        turnsNanos = 0;
        var active = new HashMap<EngineLine, Integer>();
        for (var place : places) {
            if (nowNanos - place.arrivedNanos < ACTIVE_NANOS) {
                active.merge(place.line, 1, Integer::sum);
            }
        }
        secondsARound = 0;
        for (var line : lines) {
            line.choose(active.getOrDefault(line, 0));
            secondsARound += line.active() * secondsAFrame(line);
        }
        promise.consider(capacity(secondsARound), nowNanos);
    }

    private static double secondsAFrame(EngineLine line) {
        return line.weight() * line.frameNanos() / 1e9;
    }

    /** Returns the rate at which sessions just fill the device. @param round seconds that a frame of each of them takes */
    private double capacity(double round) {
        return round == 0 ? Double.POSITIVE_INFINITY : slots * Math.max(LEAST_FOR_LIVE, 1 - turnsShare) / round;
    }

    /** Returns what a session of this engine is promised, in frames a second. */
    double promised(EngineLine line) {
        return promise.framesPerSecond() * line.weight();
    }

    /** Returns whether all would still get the least rate with one more session of this engine. */
    boolean admits(EngineLine line) {
        return PromisedRate.AIM * capacity(secondsARound + secondsAFrame(line)) * line.weight()
                >= settings.leastFramesPerSecond();
    }

    Snapshot.Rates rates() {
        double capacity = capacity(secondsARound);
        return new Snapshot.Rates(
                settings.mostFramesPerSecond() / capacity, capacity, promise.framesPerSecond(), turnsShare);
    }

    /** Takes down what it knows. */
    List<Long> save() {
        var numbers = promise.save();
        numbers.add(plannedNanos);
        numbers.add(Double.doubleToLongBits(secondsARound));
        numbers.add(Double.doubleToLongBits(turnsShare));
        numbers.add(Double.doubleToLongBits(turnsNanos));
        return numbers;
    }

    /** Knows what was taken down. */
    void restore(List<Long> numbers) {
        int at = promise.restore(numbers);
        plannedNanos = numbers.get(at);
        secondsARound = Double.longBitsToDouble(numbers.get(at + 1));
        turnsShare = Double.longBitsToDouble(numbers.get(at + 2));
        turnsNanos = Double.longBitsToDouble(numbers.get(at + 3));
    }
}
