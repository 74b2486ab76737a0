package dev.tryon.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Records that take nothing of a subject that was erased.
 *
 * <p>An entry is inserted first and looked into afterwards, while an erasure is noted first and removes afterwards. So
 * whichever comes second sees the other, and no entry of the subject outlives both. Holdings insert their entry before
 * their files, which are covered with it.
 *
 * @param <T> the kind
 */
final class GuardedRecords<T extends Entry<T>> implements Records<T> {
    private final Records<T> records;
    private final Erasures erasures;

    GuardedRecords(Records<T> records, Erasures erasures) {
        this.records = records;
        this.erasures = erasures;
    }

    /** Adds an entry. @throws OwnerErasedException if its owner was erased; it is not there then */
    @Override
    public boolean insert(T entry) {
        if (!records.insert(entry)) {
            return false;
        }
        if (!entry.owner().isEmpty() && isRefused(entry)) {
            records.remove(entry);
            throw new OwnerErasedException();
        }
        return true;
    }

    /** Nobody was told yet that the entry is there: if it cannot be looked into, it goes. */
    private boolean isRefused(T entry) {
        try {
            return erasures.covers(entry.owner());
        } catch (StoreException failure) {
            try {
                records.remove(entry);
            } catch (StoreException second) {
                failure.addSuppressed(second);
            }
            throw failure;
        }
    }

    @Override
    public Optional<T> find(String key) {
        return records.find(key);
    }

    @Override
    public boolean replace(T entry) {
        return records.replace(entry);
    }

    @Override
    public boolean remove(String key) {
        return records.remove(key);
    }

    @Override
    public boolean remove(T entry) {
        return records.remove(entry);
    }

    @Override
    public List<T> list(Filter filter, Optional<Position> after, int limit) {
        return records.list(filter, after, limit);
    }

    @Override
    public List<T> due(String status, Instant until, int limit) {
        return records.due(status, until, limit);
    }

    @Override
    public Totals totals(Filter filter) {
        return records.totals(filter);
    }
}
