package dev.tryon.store;

import java.time.Instant;

/**
 * One thing that the store keeps, as the store sees it: what it is found by, counted by and swept by.
 *
 * <p>Entries are values. A change is a new value with the next {@link #version()}, put in place of the one that was read.
 *
 * @param <T> the entry's own type
 */
public interface Entry<T extends Entry<T>> {
    /** Returns what no other entry of the same kind has. */
    String key();

    /** Returns the subject that it belongs to; empty if it is the platform's own. */
    String owner();

    /** Returns the engine that it concerns; empty if it concerns none. */
    default String engine() {
        return "";
    }

    /** Returns how it stands, one lower-case word. */
    String status();

    /** Returns how many bytes of files it holds. */
    default long bytes() {
        return 0;
    }

    /** Returns when it was made. */
    Instant createdAt();

    /** Returns when something is to be done about it: its time is up, it is to be run. */
    Instant dueAt();

    /** Returns how often it was changed. */
    long version();

    /** Returns the same entry with another version. */
    T withVersion(long version);
}
