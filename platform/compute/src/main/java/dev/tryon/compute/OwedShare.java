package dev.tryon.compute;

import java.util.List;

/**
 * What a class of work has coming of the device: its share of the time that passes while it waits, less what it was given
 * at the expense of live frames. Bounded both ways, so that neither a long pause nor a long step is remembered for ever.
 * Not thread-safe.
 */
final class OwedShare {
    static final double MOST_NANOS = 50e6;
    static final double LEAST_NANOS = -1e9;

    private double owedNanos;
    private long sinceNanos;

    OwedShare(long nowNanos) {
        sinceNanos = nowNanos;
    }

    /** Lets time pass. @param share of a slot's time, 0 while nothing of the class wants the device */
    void accrue(double share, long nowNanos) {
        owedNanos = Math.min(MOST_NANOS, owedNanos + share * (nowNanos - sinceNanos));
        sinceNanos = nowNanos;
    }

    /** Takes device time off, or gives it back where it is negative. */
    void pay(double nanos) {
        owedNanos = Math.clamp(owedNanos - nanos, LEAST_NANOS, MOST_NANOS);
    }

    double nanos() {
        return owedNanos;
    }

    boolean isOwed() {
        return owedNanos > 0;
    }

    /** Takes down what it knows. */
    List<Long> save() {
        return List.of(Double.doubleToLongBits(owedNanos), sinceNanos);
    }

    /** Knows what was taken down. */
    void restore(List<Long> numbers) {
        owedNanos = Double.longBitsToDouble(numbers.get(0));
        sinceNanos = numbers.get(1);
    }
}
