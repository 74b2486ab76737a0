package dev.tryon.server;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The two clocks of the server.
 *
 * @param wall tells the time of day
 * @param monotonic tells nanoseconds since no particular moment, for durations
 */
record Clocks(InstantSource wall, LongSupplier monotonic) {
    /** Returns the machine's clocks; the time of day in microseconds, which is what a database keeps of it. */
    static Clocks system() {
        return new Clocks(Clock.tick(Clock.systemUTC(), Duration.ofNanos(1000)), System::nanoTime);
    }

    Instant now() {
        return wall.instant();
    }

    long nanos() {
        return monotonic.getAsLong();
    }
}
