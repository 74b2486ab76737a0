package dev.tryon.compute;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The turns of one class that want a step, captures by when they are due and batch work in turn, and the share of the device that they have coming. Not
 * thread-safe.
 */
final class TaskLine {
    private static final double FIRST_STEP_NANOS = Duration.ofMillis(25).toNanos();
    private static final double FIRST_TURN_NANOS = Duration.ofMillis(300).toNanos();
    private static final double NEWEST_COUNTS = 0.1;

    final TreeSet<Task> waiting =
            new TreeSet<>(Comparator.<Task>comparingLong(task -> task.rankNanos).thenComparingLong(task -> task.id));
    private final double share;
    private final double urgentShare;
    private final int slots;
    private final OwedShare owed;
    private final Map<String, Double> stepNanos = new HashMap<>();
    private final Map<String, Double> turnNanos = new HashMap<>();
    int inStep;

    TaskLine(double share, double urgentShare, int slots, long nowNanos) {
        this.share = share;
        this.urgentShare = urgentShare;
        this.slots = slots;
        this.owed = new OwedShare(nowNanos);
    }

    /** Lets time pass, and returns whether a step is owed now. */
    boolean isOwed(long nowNanos) {
        boolean present = inStep > 0 || !waiting.isEmpty();
        owed.accrue(present ? slots * (isUrgent(nowNanos) ? urgentShare : share) : 0, nowNanos);
        return !waiting.isEmpty() && owed.isOwed();
    }

    /** Returns whether one would be late if it went on as slowly as its share allows. */
    private boolean isUrgent(long nowNanos) {
        if (share == urgentShare || waiting.isEmpty()) {
            return false;
        }
        double before = 0;
        for (var task : waiting) {
            before += Math.max(stepNanos(task), turnNanos(task) - task.usedNanos);
            if (nowNanos + before / (share * slots) > task.dueNanos) {
                return true;
            }
        }
        return false;
    }

    Optional<Task> first() {
        return waiting.isEmpty() ? Optional.empty() : Optional.of(waiting.first());
    }

    /** Returns what a step of this turn takes, in nanoseconds. */
    double stepNanos(Task task) {
        return stepNanos.getOrDefault(task.line.engine, FIRST_STEP_NANOS);
    }

    private double turnNanos(Task task) {
        return turnNanos.getOrDefault(task.line.engine, FIRST_TURN_NANOS);
    }

    double owedNanos() {
        return owed.nanos();
    }

    /** Takes a step's time off what is owed, in advance. */
    void pay(double nanos) {
        owed.pay(nanos);
    }

    /** Learns what a step took. */
    void stepped(Task task, Service step, long nanos) {
        task.usedNanos += nanos;
        stepNanos.put(task.line.engine, learnt(stepNanos(task), (double) nanos));
        if (step.paidNanos > 0) {
            owed.pay(nanos - step.paidNanos);
        }
    }

    /** Learns what a whole turn took. */
    void ended(Task task) {
        if (task.usedNanos > 0) {
            turnNanos.put(task.line.engine, learnt(turnNanos(task), task.usedNanos));
        }
    }

    private static double learnt(double old, double newest) {
        return (1 - NEWEST_COUNTS) * old + NEWEST_COUNTS * newest;
    }

    /** Takes down what is owed. */
    List<Long> saveOwed() {
        return owed.save();
    }

    /** Knows what was owed. */
    void restoreOwed(List<Long> numbers) {
        owed.restore(numbers);
    }

    /** Returns the engines whose steps were measured. */
    Set<String> engines() {
        return stepNanos.keySet();
    }

    /** Takes down what an engine's steps and turns take. */
    List<Long> saveCosts(String engine) {
        return List.of(
                Double.doubleToLongBits(stepNanos.getOrDefault(engine, FIRST_STEP_NANOS)),
                Double.doubleToLongBits(turnNanos.getOrDefault(engine, FIRST_TURN_NANOS)));
    }

    /** Knows what an engine's steps and turns take. */
    void restoreCosts(String engine, List<Long> numbers) {
        stepNanos.put(engine, Double.longBitsToDouble(numbers.get(0)));
        turnNanos.put(engine, Double.longBitsToDouble(numbers.get(1)));
    }
}
