package dev.tryon.store;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A database in main memory, empty again after the process: for tests, and for trying the server out.
 *
 * <p>It keeps what comes back from JSON, so that an entry that no other database could keep is found out here already.
 */
final class MemoryDatabase implements Database {
    private final Map<Kind<?>, Records<?>> kinds = new ConcurrentHashMap<>();
    private final EntryCodec codec = new EntryCodec();

    @Override
    @SuppressWarnings("unchecked") // a kind's records are made from that kind
    public <T extends Entry<T>> Records<T> records(Kind<T> kind) {
        return (Records<T>) kinds.computeIfAbsent(kind, _ -> new MemoryRecords<>(codec, kind));
    }

    @Override
    public boolean isReachable() {
        return true;
    }

    @Override
    public void close() {
        kinds.clear();
    }

    /** One map under one lock. */
    private static final class MemoryRecords<T extends Entry<T>> implements Records<T> {
        private final Map<String, T> entries = new HashMap<>();
        private final EntryCodec codec;
        private final Kind<T> kind;

        MemoryRecords(EntryCodec codec, Kind<T> kind) {
            this.codec = codec;
            this.kind = kind;
        }

        @Override
        public synchronized boolean insert(T entry) {
            return entries.putIfAbsent(entry.key(), kept(entry)) == null;
        }

        private T kept(T entry) {
            return codec.read(codec.write(entry), kind.type());
        }

        @Override
        public synchronized Optional<T> find(String key) {
            return Optional.ofNullable(entries.get(key));
        }

        @Override
        public synchronized boolean replace(T entry) {
            var before = entries.get(entry.key());
            if (before == null || before.version() != entry.version() - 1) {
                return false;
            }
            entries.put(entry.key(), kept(entry));
            return true;
        }

        @Override
        public synchronized boolean remove(String key) {
            return entries.remove(key) != null;
        }

        @Override
        public synchronized boolean remove(T entry) {
            var there = entries.get(entry.key());
            return there != null && there.version() == entry.version() && remove(entry.key());
        }

        @Override
        public synchronized List<T> list(Filter filter, Optional<Position> after, int limit) {
            return matching(filter)
                    .sorted(Comparator.comparing((T entry) -> entry.createdAt())
                            .thenComparing(Entry::key)
                            .reversed())
                    .filter(entry ->
                            after.map(position -> isAfter(entry, position)).orElse(true))
                    .limit(limit)
                    .toList();
        }

        private static boolean isAfter(Entry<?> entry, Position position) {
            var order = entry.createdAt().compareTo(EntryCodec.micros(position.createdAt()));
            return order < 0 || (order == 0 && entry.key().compareTo(position.key()) < 0);
        }

        @Override
        public synchronized List<T> due(String status, Instant until, int limit) {
            return matching(Filter.all().status(status))
                    .filter(entry -> !entry.dueAt().isAfter(until))
                    .sorted(Comparator.comparing(Entry::dueAt))
                    .limit(limit)
                    .toList();
        }

        @Override
        public synchronized Totals totals(Filter filter) {
            var matching = matching(filter).toList();
            return new Totals(
                    matching.size(), matching.stream().mapToLong(Entry::bytes).sum());
        }

        private Stream<T> matching(Filter filter) {
            return entries.values().stream().filter(filter::accepts);
        }
    }
}
