package dev.tryon.store;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Marks: the first to set one wins, on whatever node. Thread-safe. */
public final class Marks {
    private final Records<Mark> records;
    private final InstantSource clock;

    Marks(Records<Mark> records, InstantSource clock) {
        this.records = records;
        this.clock = clock;
    }

    /**
     * Sets a mark unless it is set.
     *
     * @param key never anything that tells of a person: hash it
     * @param owner the subject that it is forgotten with; empty if it outlives all subjects
     * @return the value it has from now on: this one, or an earlier one
     */
    public String setIfAbsent(String key, String owner, String value, Duration lifetime) {
        while (true) {
            var now = clock.instant();
            if (records.insert(new Mark(key, owner, value, now, now.plus(lifetime), Versions.first()))) {
                return value;
            }
            var there = records.find(key);
            if (there.isPresent() && there.get().expiresAt().isAfter(now)) {
                return there.get().value();
            }
            if (there.isPresent()
                    && records.replace(new Mark(
                            key,
                            owner,
                            value,
                            now,
                            now.plus(lifetime),
                            there.get().version() + 1))) {
                return value;
            }
        }
    }

    /**
     * Sets a mark, whatever it was.
     *
     * @param key never anything that tells of a person: hash it
     * @param owner the subject that it is forgotten with; empty if it outlives all subjects
     */
    public void set(String key, String owner, String value, Duration lifetime) {
        while (true) {
            var now = clock.instant();
            var there = records.find(key);
            var version = there.map(mark -> mark.version() + 1).orElseGet(Versions::first);
            var mark = new Mark(key, owner, value, now, now.plus(lifetime), version);
            if (there.isPresent() ? records.replace(mark) : records.insert(mark)) {
                return;
            }
        }
    }

    /**
     * Gives a mark another value; its owner and its time stay.
     *
     * @param expected the value that it must have
     * @return whether it had that; if not, nothing has changed
     */
    public boolean replace(String key, String expected, String value) {
        var now = clock.instant();
        return records.find(key)
                .filter(mark -> mark.expiresAt().isAfter(now) && mark.value().equals(expected))
                .filter(mark -> records.replace(
                        new Mark(key, mark.owner(), value, mark.createdAt(), mark.expiresAt(), mark.version() + 1)))
                .isPresent();
    }

    /** Returns the value of a mark that is set. */
    public Optional<String> value(String key) {
        var now = clock.instant();
        return records.find(key).filter(mark -> mark.expiresAt().isAfter(now)).map(Mark::value);
    }

    /** Takes a mark away. @return whether it was there */
    public boolean clear(String key) {
        return records.remove(key);
    }
}
