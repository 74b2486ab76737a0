package dev.tryon.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * All entries of one kind, in whatever database keeps them.
 *
 * <p>This is the whole of what a database has to offer; everything else the store promises is built on it once. Each call
 * is atomic by itself and durable when it returns, and there is nothing that spans two calls: whoever needs that goes
 * through states that a sweep can finish. Times are kept to the microsecond.
 *
 * <p>Every call may throw {@link StoreException} when the database cannot be reached. Thread-safe; calls wait for the
 * database, so they belong on virtual threads.
 *
 * @param <T> the kind
 */
public interface Records<T extends Entry<T>> {
    /** Adds an entry. @return whether its key was free; if not, nothing has changed */
    boolean insert(T entry);

    /** Returns the entry with a key. */
    Optional<T> find(String key);

    /**
     * Puts an entry in the place of the one that it was made from, whose version is one less.
     *
     * @return whether that one was still there; if not, nothing has changed
     */
    boolean replace(T entry);

    /** Removes an entry. @return whether it was there */
    boolean remove(String key);

    /** Removes an entry that is still as it was read. @return whether it was; if not, nothing has changed */
    boolean remove(T entry);

    /**
     * Lists entries, newest first and by key where they are equally old.
     *
     * @param after where to go on; empty for the beginning
     * @param limit at most so many, from 1
     */
    List<T> list(Filter filter, Optional<Position> after, int limit);

    /**
     * Lists entries that are due, the most overdue first.
     *
     * @param status how they stand
     * @param until their {@link Entry#dueAt()} at the latest
     * @param limit at most so many, from 1
     */
    List<T> due(String status, Instant until, int limit);

    /** Counts entries. */
    Totals totals(Filter filter);

    /**
     * Changes an entry, however many others do so at the same time.
     *
     * @param change makes the new entry of the one there is; the same one if nothing is to change. It may be called
     *     several times; the version is seen to.
     * @return what is there afterwards; empty if there was nothing
     */
    default Optional<T> update(String key, UnaryOperator<T> change) {
        while (true) {
            var before = find(key);
            if (before.isEmpty()) {
                return Optional.empty();
            }
            var changed = change.apply(before.get());
            if (changed.equals(before.get())) {
                return before;
            }
            var next = changed.withVersion(before.get().version() + 1);
            if (replace(next)) {
                return Optional.of(next);
            }
        }
    }
}
