package dev.tryon.server;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** Time that passes when a test says so. Thread-safe. */
final class FakeClock {
    private static final Instant START = Instant.parse("2026-06-01T12:00:00Z");

    private final AtomicLong nanos = new AtomicLong(1_000_000_000);

    Clocks clocks() {
        return new Clocks(() -> START.plusNanos(nanos.get()), nanos::get);
    }

    void advance(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }
}
