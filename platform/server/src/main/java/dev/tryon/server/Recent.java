package dev.tryon.server;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What was found out a moment ago, so that whoever asks often does not ask the database as often. Thread-safe.
 *
 * @param <V> what is found out
 */
final class Recent<V> implements Supplier<V> {
    /** How long a figure or a state of health is told. */
    static final Duration WHILE = Duration.ofSeconds(5);

    private final Supplier<V> source;
    private final Duration fresh;
    private final LongSupplier nanos;
    private Optional<V> known = Optional.empty();
    private long knownNanos;

    /** Makes it. @param fresh how long what was found out is told before the source is asked again */
    Recent(Supplier<V> source, Duration fresh, LongSupplier nanos) {
        this.source = source;
        this.fresh = fresh;
        this.nanos = nanos;
    }

    @Override
    public synchronized V get() {
        if (known.isPresent() && nanos.getAsLong() - knownNanos < fresh.toNanos()) {
            return known.get();
        }
        var found = source.get();
        known = Optional.of(found);
        knownNanos = nanos.getAsLong();
        return found;
    }
}
