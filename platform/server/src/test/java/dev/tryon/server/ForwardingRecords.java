package dev.tryon.server;

import dev.tryon.store.Entry;
import dev.tryon.store.Filter;
import dev.tryon.store.Position;
import dev.tryon.store.Records;
import dev.tryon.store.Totals;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Records that hand every call on, for tests that change what some of them do. */
abstract class ForwardingRecords<T extends Entry<T>> implements Records<T> {
    private final Records<T> records;

    ForwardingRecords(Records<T> records) {
        this.records = records;
    }

    @Override
    public boolean insert(T entry) {
        return records.insert(entry);
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
