package dev.tryon.store;

import io.helidon.dbclient.DbClient;
import io.helidon.dbclient.DbClientException;
import io.helidon.dbclient.DbExecute;
import io.helidon.dbclient.DbRow;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Entries of one kind in one table of PostgreSQL. */
final class PostgresRecords<T extends Entry<T>> implements Records<T> {
    private final DbClient client;
    private final EntryCodec codec;
    private final Kind<T> kind;
    private final String select;
    private final String insert;
    private final String replace;
    private final String remove;

    PostgresRecords(DbClient client, EntryCodec codec, Kind<T> kind) {
        this.client = client;
        this.codec = codec;
        this.kind = kind;
        var table = kind.name();
        this.select = "SELECT CAST(body AS text) FROM " + table;
        this.insert = "INSERT INTO " + table
                + " (owner, engine, status, bytes, created_at, due_at, version, body, key)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, CAST(? AS json), ?) ON CONFLICT (key) DO NOTHING";
        this.replace = "UPDATE " + table
                + " SET owner = ?, engine = ?, status = ?, bytes = ?, created_at = ?, due_at = ?, version = ?,"
                + " body = CAST(? AS json) WHERE key = ? AND version = ?";
        this.remove = "DELETE FROM " + table + " WHERE key = ?";
    }

    @Override
    public boolean insert(T entry) {
        return ask(database -> database.dml(insert, values(entry).toArray())) == 1;
    }

    @Override
    public Optional<T> find(String key) {
        return ask(database -> database.get(select + " WHERE key = ?", key)).map(this::entry);
    }

    @Override
    public boolean replace(T entry) {
        var values = values(entry);
        values.add(entry.version() - 1);
        return ask(database -> database.dml(replace, values.toArray())) == 1;
    }

    private List<Object> values(T entry) {
        return new ArrayList<>(List.of(
                entry.owner(),
                entry.engine(),
                entry.status(),
                entry.bytes(),
                time(entry.createdAt()),
                time(entry.dueAt()),
                entry.version(),
                codec.write(entry),
                entry.key()));
    }

    @Override
    public boolean remove(String key) {
        return ask(database -> database.dml(remove, key)) == 1;
    }

    @Override
    public boolean remove(T entry) {
        return ask(database -> database.dml(remove + " AND version = ?", entry.key(), entry.version())) == 1;
    }

    @Override
    public List<T> list(Filter filter, Optional<Position> after, int limit) {
        var where = new Conditions(filter);
        after.ifPresent(
                position -> where.and("(created_at, key) < (?, ?)", time(position.createdAt()), position.key()));
        var values = new ArrayList<>(where.values());
        values.add(limit);
        return entries(select + where.text() + " ORDER BY created_at DESC, key DESC LIMIT ?", values);
    }

    @Override
    public List<T> due(String status, Instant until, int limit) {
        return entries(
                select + " WHERE status = ? AND due_at <= ? ORDER BY due_at LIMIT ?",
                List.of(status, time(until), limit));
    }

    private List<T> entries(String sql, List<Object> values) {
        return ask(database -> {
            try (var rows = database.query(sql, values.toArray())) {
                return rows.map(this::entry).toList();
            }
        });
    }

    @Override
    public Totals totals(Filter filter) {
        var where = new Conditions(filter);
        var sql = "SELECT count(*), CAST(coalesce(sum(bytes), 0) AS bigint) FROM " + kind.name() + where.text();
        return ask(database -> database.get(sql, where.values().toArray()))
                .map(row ->
                        new Totals(row.column(1).get(Long.class), row.column(2).get(Long.class)))
                .orElseThrow(() -> new StoreException("the database does not count"));
    }

    private T entry(DbRow row) {
        return codec.read(row.column(1).get(String.class), kind.type());
    }

    private <R> R ask(Function<DbExecute, R> question) {
        try {
            return question.apply(client.execute());
        } catch (DbClientException failure) {
            throw new StoreException("the database failed with " + kind.name(), failure);
        }
    }

    private static OffsetDateTime time(Instant time) {
        return EntryCodec.micros(time).atOffset(ZoneOffset.UTC);
    }

    /** What stands behind WHERE: values never become part of the text. */
    private static final class Conditions {
        private final List<String> conditions = new ArrayList<>();
        private final List<Object> values = new ArrayList<>();

        Conditions(Filter filter) {
            filter.owner().ifPresent(owner -> and("owner = ?", owner));
            filter.engine().ifPresent(engine -> and("engine = ?", engine));
            if (!filter.statuses().isEmpty()) {
                var marks = String.join(
                        ", ", filter.statuses().stream().map(_ -> "?").toList());
                and("status IN (" + marks + ")", filter.statuses().toArray());
            }
            filter.since().ifPresent(first -> and("created_at >= ?", ceiling(first)));
        }

        /** A time between two microseconds is the later one: nothing is kept in between. */
        private static OffsetDateTime ceiling(Instant first) {
            var floor = EntryCodec.micros(first);
            return time(floor.equals(first) ? floor : floor.plusNanos(1000));
        }

        void and(String condition, Object... more) {
            conditions.add(condition);
            values.addAll(List.of(more));
        }

        String text() {
            return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
        }

        List<Object> values() {
            return values;
        }
    }
}
