package dev.tryon.server;

import java.time.Duration;

/**
 * How long a client has sent more than it may: one that takes no notice of many refusals will not of more. It begins anew
 * once the client has kept to its rate for two seconds. Thread-safe.
 */
final class RateExcess {
    private static final long OVER_NANOS = Duration.ofSeconds(2).toNanos();

    private final long patienceNanos;
    private boolean exceeded;
    private long sinceNanos;
    private long lastNanos;

    /** Makes one. @param patience with clients that take no notice */
    RateExcess(Duration patience) {
        this.patienceNanos = patience.toNanos();
    }

    /** Notes a frame that was refused. @return whether it has gone on for too long */
    synchronized boolean refused(long nowNanos) {
        if (!exceeded || nowNanos - lastNanos > OVER_NANOS) {
            exceeded = true;
            sinceNanos = nowNanos;
        }
        lastNanos = nowNanos;
        return nowNanos - sinceNanos > patienceNanos;
    }
}
