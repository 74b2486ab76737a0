package dev.tryon.store;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoException;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Accumulators;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.bson.BSONException;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * Entries of one kind in one collection of MongoDB.
 *
 * <p>MongoDB's dates know milliseconds, so a number of microseconds stands beside each and decides.
 */
final class MongoRecords<T extends Entry<T>> implements Records<T> {
    private static final String KEY = "_id";
    private static final String ENGINE = "engine";
    private static final String STATUS = "status";
    private static final String CREATED = "created_at";
    private static final String CREATED_MICROS = "created_micros";
    private static final String DUE = "due_at";
    private static final String DUE_MICROS = "due_micros";
    private static final String VERSION = "version";
    private static final String BODY = "body";
    private static final Bson NEWEST_FIRST = Sorts.descending(CREATED, CREATED_MICROS, KEY);

    private final MongoCollection<Document> collection;
    private final EntryCodec codec;
    private final Kind<T> kind;
    private final Layout layout;

    MongoRecords(MongoCollection<Document> collection, EntryCodec codec, Kind<T> kind) {
        this.collection = collection;
        this.codec = codec;
        this.kind = kind;
        this.layout = Layout.of(kind);
    }

    @Override
    public boolean insert(T entry) {
        return ask(() -> {
            try {
                return collection.insertOne(document(entry)).wasAcknowledged();
            } catch (MongoWriteException failure) {
                if (failure.getError().getCategory() == ErrorCategory.DUPLICATE_KEY) {
                    return false;
                }
                throw failure;
            }
        });
    }

    @Override
    public Optional<T> find(String key) {
        return entries(Filters.eq(KEY, key), Sorts.ascending(KEY), 1).stream().findFirst();
    }

    @Override
    public boolean replace(T entry) {
        return ask(() -> collection
                        .replaceOne(as(entry.key(), entry.version() - 1), document(entry))
                        .getMatchedCount()
                == 1);
    }

    @Override
    public boolean remove(String key) {
        return ask(() -> collection.deleteOne(Filters.eq(KEY, key)).getDeletedCount() == 1);
    }

    @Override
    public boolean remove(T entry) {
        return ask(() -> collection.deleteOne(as(entry.key(), entry.version())).getDeletedCount() == 1);
    }

    private static Bson as(String key, long version) {
        return Filters.and(Filters.eq(KEY, key), Filters.eq(VERSION, version));
    }

    @Override
    public List<T> list(Filter filter, Optional<Position> after, int limit) {
        var conditions = conditions(filter);
        after.ifPresent(position -> {
            var time = micros(position.createdAt());
            conditions.add(Filters.lte(CREATED, date(position.createdAt())));
            conditions.add(Filters.or(
                    Filters.lt(CREATED_MICROS, time),
                    Filters.and(Filters.eq(CREATED_MICROS, time), Filters.lt(KEY, position.key()))));
        });
        return entries(all(conditions), NEWEST_FIRST, limit);
    }

    @Override
    public List<T> due(String status, Instant until, int limit) {
        var condition = Filters.and(Filters.eq(STATUS, status), Filters.lte(DUE_MICROS, micros(until)));
        return entries(condition, Sorts.ascending(DUE_MICROS), limit);
    }

    private List<T> entries(Bson condition, Bson order, int limit) {
        return ask(() -> {
            var found = collection
                    .find(condition)
                    .projection(Projections.include(BODY))
                    .sort(order)
                    .limit(limit);
            var entries = new ArrayList<T>();
            try (var cursor = found.iterator()) {
                cursor.forEachRemaining(document -> entries.add(codec.read(document.getString(BODY), kind.type())));
            }
            return List.copyOf(entries);
        });
    }

    @Override
    public Totals totals(Filter filter) {
        var steps = List.of(
                Aggregates.match(all(conditions(filter))),
                Aggregates.group(
                        "all", Accumulators.sum("entries", 1L), Accumulators.sum("bytes", "$" + layout.bytes())));
        return ask(() -> {
            var counted = collection.aggregate(steps).first();
            return counted == null
                    ? new Totals(0, 0)
                    : new Totals(number(counted, "entries"), number(counted, "bytes"));
        });
    }

    private static long number(Document document, String field) {
        return document.get(field, Number.class).longValue();
    }

    private static List<Bson> conditions(Filter filter) {
        var conditions = new ArrayList<Bson>();
        filter.owner().ifPresent(owner -> conditions.add(Filters.eq(Layout.OWNER, owner)));
        filter.engine().ifPresent(engine -> conditions.add(Filters.eq(ENGINE, engine)));
        if (!filter.statuses().isEmpty()) {
            conditions.add(Filters.in(STATUS, filter.statuses()));
        }
        filter.since().ifPresent(first -> {
            var floor = micros(first);
            conditions.add(Filters.gte(CREATED_MICROS, EntryCodec.micros(first).equals(first) ? floor : floor + 1));
        });
        return conditions;
    }

    private static Bson all(List<Bson> conditions) {
        return conditions.isEmpty() ? new Document() : Filters.and(conditions);
    }

    private Document document(T entry) {
        var document = new Document(KEY, entry.key())
                .append(layout.key(), entry.key())
                .append(Layout.OWNER, entry.owner())
                .append(ENGINE, entry.engine())
                .append(STATUS, entry.status())
                .append(layout.bytes(), entry.bytes())
                .append(CREATED, date(entry.createdAt()))
                .append(CREATED_MICROS, micros(entry.createdAt()))
                .append(DUE, date(entry.dueAt()))
                .append(DUE_MICROS, micros(entry.dueAt()))
                .append(VERSION, entry.version())
                .append(BODY, codec.write(entry));
        Layout.tell(entry, document);
        return document;
    }

    private static Date date(Instant time) {
        return Date.from(time);
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, EntryCodec.micros(time));
    }

    private <R> R ask(Supplier<R> question) {
        try {
            return question.get();
        } catch (MongoException | BSONException failure) {
            throw new StoreException("the database failed with " + kind.name(), failure);
        }
    }
}
