package dev.tryon.store;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Which subjects were erased, or are to be. Thread-safe. */
final class Erasures {
    /** As long as something may still be written that was begun before: older tokens are refused besides. */
    private static final Duration REMEMBERED = Custody.WRITING_TIME;

    private final Records<Erasure> records;
    private final InstantSource clock;

    Erasures(Records<Erasure> records, InstantSource clock) {
        this.records = records;
        this.clock = clock;
    }

    /** Notes that all of a subject is to be removed: from now on nothing new is taken. */
    Erasure begin(String subject) {
        var key = Erasure.keyOf(subject);
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
        records.replace(pending.done().withVersion(pending.version() + 1));
    }

    /** Returns whether nothing of a subject is taken. */
    boolean covers(String subject) {
        var now = clock.instant();
        return records.find(Erasure.keyOf(subject))
                .filter(erasure -> now.isBefore(erasure.expiresAt()))
                .isPresent();
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
