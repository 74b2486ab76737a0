package dev.tryon.server;

import java.time.Duration;

/** A token bucket: so many a second on average, so many at once after a pause. Thread-safe. */
final class RateLimit {
    private final long nanosEach;
    private final long capacityNanos;
    private long creditNanos;
    private long last;

    /**
     * Makes a full bucket.
     *
     * @param perSecond at least 1
     * @param burst at least 1
     * @param nowNanos monotonic
     */
    RateLimit(int perSecond, int burst, long nowNanos) {
        this.nanosEach = 1_000_000_000L / perSecond;
        this.capacityNanos = nanosEach * burst;
        this.creditNanos = capacityNanos;
        this.last = nowNanos;
    }

    /** Takes one. @return how long to wait instead, nothing if it was taken */
    synchronized Duration take(long nowNanos) {
        creditNanos = Math.min(capacityNanos, creditNanos + Math.max(0, nowNanos - last));
        last = nowNanos;
        if (creditNanos < nanosEach) {
            return Duration.ofNanos(nanosEach - creditNanos);
        }
        creditNanos -= nanosEach;
        return Duration.ZERO;
    }
}
