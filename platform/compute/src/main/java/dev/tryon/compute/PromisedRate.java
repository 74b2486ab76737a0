package dev.tryon.compute;

import java.util.ArrayList;
import java.util.List;

/**
 * The rate that every session is promised: near what the device can do for all of them, and steady.
 *
 * <p>The load is the promised rate over the rate that would just fill the device. A load over {@value #ACT} cannot be held,
 * so the promise is lowered to a load of {@value #AIM}; one below {@value #RECOVER} is raised to it, and so is one that
 * stays below {@value #IDLE} for {@value #CALM} impact times. So it always ends where more than nine tenths of the device
 * are used, and noise in what is measured moves nothing. There is one change an impact time at most, as in Jitsi's load
 * manager, which also recovers at 0.72; unlike there a change goes all the way, since the cost of a frame is known and need
 * not be felt for in steps.
 *
 * <p>Not thread-safe.
 */
final class PromisedRate {
    static final double AIM = 0.95;
    static final double ACT = 1;
    static final double IDLE = 0.93;
    static final double RECOVER = 0.72;
    private static final int CALM = 3;

    private final double most;
    private final long impactNanos;
    private double promised;
    private long changedNanos;
    private long idleSinceNanos;

    PromisedRate(double most, long impactNanos, long nowNanos) {
        this.most = most;
        this.impactNanos = impactNanos;
        this.promised = most;
        this.changedNanos = nowNanos - impactNanos;
        this.idleSinceNanos = nowNanos;
    }

    /** Returns the rate, in frames a second. */
    double framesPerSecond() {
        return promised;
    }

    /** Considers another rate. @param capacity the rate at which all sessions together just fill the device */
    void consider(double capacity, long nowNanos) {
        double load = promised / capacity;
        double aim = Math.min(most, AIM * capacity);
        boolean idle = load < IDLE && aim > promised;
        if (!idle) {
            idleSinceNanos = nowNanos;
        }
        if (nowNanos - changedNanos < impactNanos) {
            return;
        }
        boolean raise = idle && (load < RECOVER || nowNanos - idleSinceNanos >= CALM * impactNanos);
        if (raise || load > ACT) {
            promised = aim;
            changedNanos = nowNanos;
            idleSinceNanos = nowNanos;
        }
    }

    /** Takes down what it knows. */
    List<Long> save() {
        var numbers = new ArrayList<Long>();
        numbers.add(Double.doubleToLongBits(promised));
        numbers.add(changedNanos);
        numbers.add(idleSinceNanos);
        return numbers;
    }

    /** Knows what was taken down. @return how many numbers that were */
    int restore(List<Long> numbers) {
        promised = Double.longBitsToDouble(numbers.get(0));
        changedNanos = numbers.get(1);
        idleSinceNanos = numbers.get(2);
        return 3;
    }
}
