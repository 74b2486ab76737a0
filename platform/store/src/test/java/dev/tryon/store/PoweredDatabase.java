package dev.tryon.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A process's view of a database that outlives it. */
record PoweredDatabase(Database database, Power power) implements Database {
    @Override
    public <T extends Entry<T>> Records<T> records(Kind<T> kind) {
        return new PoweredRecords<>(database.records(kind), power);
    }

    @Override
    public boolean isReachable() {
        return database.isReachable();
    }

    @Override
    public void close() {}

    private record PoweredRecords<T extends Entry<T>>(Records<T> records, Power power) implements Records<T> {
        @Override
        public boolean insert(T entry) {
            power.step();
            return records.insert(entry);
        }

        @Override
        public Optional<T> find(String key) {
            return records.find(key);
        }

        @Override
        public boolean replace(T entry) {
            power.step();
            return records.replace(entry);
        }

        @Override
        public boolean remove(String key) {
            power.step();
            return records.remove(key);
        }

        @Override
        public boolean remove(T entry) {
            power.step();
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
}
