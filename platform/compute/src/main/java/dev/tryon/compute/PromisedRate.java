package dev.tryon.compute;

/**
 * The rate that every session is promised: near what the device can do for all of them, and steady.
 *
 * <p>The load is the promised rate over the rate that the device could just hold. A promise that cannot be kept is lowered
 * to {@value #AIM} of that rate at once; one that leaves the device idle is raised to the same, quickly below a load of
 * {@value #RECOVER} and after a calm while below {@value #IDLE}. So it always ends where nine tenths of the device are
 * used, and noise in what is measured moves nothing. One change an impact time (as Jitsi's load manager does, with its
 * recovery at 0.72); a change goes all the way, since the cost of a frame is known and need not be felt for.
 *
 * <p>Not thread-safe.
 */
final class PromisedRate {
    static final double AIM = 0.95;
    static final double ACT = 0.98;
    static final double IDLE = 0.9;
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
}
