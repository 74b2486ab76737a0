package dev.tryon.compute;

import java.time.Duration;

/**
 * The scheduler's numbers.
 *
 * @param frameBudget from a frame's last byte received to the end of its service; what cannot make it is skipped
 * @param mostFramesPerSecond what a session is promised at most: its camera's rate
 * @param leastFramesPerSecond what a session must get for another to be admitted
 * @param captureShare of the device for captures while some wait, 0..1
 * @param urgentCaptureShare the same while one of them is about to be late, 0..1
 * @param batchShare of the device for batch work while some waits, 0..1
 * @param impactTime how long a change of the promised rate is given to show its effect before another
 * @param hungAfter a service that takes longer than this, and than twenty times what it should, has hung
 * @param traceLength entries that the trace holds at least
 */
public record SchedulerSettings(
        Duration frameBudget,
        double mostFramesPerSecond,
        double leastFramesPerSecond,
        double captureShare,
        double urgentCaptureShare,
        double batchShare,
        Duration impactTime,
        Duration hungAfter,
        int traceLength) {
    /** Checks the numbers. */
    public SchedulerSettings {
        if (frameBudget.isNegative() || frameBudget.isZero() || impactTime.isNegative() || hungAfter.isNegative()) {
            throw new IllegalArgumentException("a duration is not positive");
        }
        if (!(leastFramesPerSecond > 0 && leastFramesPerSecond <= mostFramesPerSecond)) {
            throw new IllegalArgumentException(leastFramesPerSecond + " frames a second of " + mostFramesPerSecond);
        }
        if (!(captureShare >= 0 && batchShare >= 0 && urgentCaptureShare >= captureShare)
                || urgentCaptureShare + batchShare > 1) {
            throw new IllegalArgumentException("shares of the device exceed it");
        }
        if (traceLength < 1 || traceLength > 1 << 20) {
            throw new IllegalArgumentException("a trace of " + traceLength);
        }
    }

    /** Returns what was found best in simulation. */
    public static SchedulerSettings standard() {
        return new SchedulerSettings(
                Duration.ofMillis(110), 25, 0.5, 0.2, 0.5, 0.05, Duration.ofSeconds(2), Duration.ofSeconds(5), 8192);
    }

    /** Returns the same with another budget for a frame. */
    public SchedulerSettings withFrameBudget(Duration budget) {
        return new SchedulerSettings(
                budget,
                mostFramesPerSecond,
                leastFramesPerSecond,
                captureShare,
                urgentCaptureShare,
                batchShare,
                impactTime,
                hungAfter,
                traceLength);
    }
}
