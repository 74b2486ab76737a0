package dev.tryon.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Which subjects were erased, or are to be. Thread-safe. */
final class Erasures {
    /** As long as something may still be written that was begun before. */
    private static final Duration REFUSED = Custody.WRITING_TIME;
    /** No token should live as long. */
    private static final Duration REMEMBERED = Duration.ofDays(400);

    private final Records<Erasure> records;
    private final InstantSource clock;
    private final UnaryOperator<String> keyOf;

    /** @param keyOf makes of a subject what leads nobody back to it */
    Erasures(Records<Erasure> records, InstantSource clock, UnaryOperator<String> keyOf) {
        this.records = records;
        this.clock = clock;
        this.keyOf = keyOf;
    }

    /** Notes that all of a subject is to be removed: from now on nothing new is taken. */
    Erasure begin(String subject) {
        var key = keyOf.apply(subject);
        while (true) {
            var now = clock.instant();
            var there = records.find(key);
            var pending = new Erasure(
                    key,
                    Optional.of(subject),
                    now,
                    now.plus(REMEMBERED),
                    there.map(erasure -> erasure.version() + 1).orElse(0L));
            if (there.isPresent() ? records.replace(pending) : records.insert(pending)) {
                return pending;
            }
        }
    }

    /** Notes that nothing of a subject is left. */
    void finish(Erasure pending) {
        records.replace(pending.done(clock.instant()));
    }

    /** Returns whether nothing of a subject is taken: while something is left of it, and for a while afterwards. */
    boolean covers(String subject) {
        var now = clock.instant();
        return find(subject)
                .filter(erasure -> erasure.subject().isPresent()
                        || now.isBefore(erasure.createdAt().plus(REFUSED)))
                .isPresent();
    }

    /** Returns when a subject was erased last, as far as that is remembered. */
    Optional<Instant> erasedAt(String subject) {
        return find(subject).map(Erasure::createdAt);
    }

    private Optional<Erasure> find(String subject) {
        return records.find(keyOf.apply(subject));
    }

    /** Returns some that are not complete. */
    List<Erasure> pending(int limit) {
        return records.due(Erasure.PENDING, clock.instant(), limit);
    }

    /** Returns some that may be forgotten. */
    List<Erasure> forgettable(int limit) {
        return records.due(Erasure.DONE, clock.instant(), limit);
    }

    boolean forget(Erasure erasure) {
        return records.remove(erasure);
    }
}
