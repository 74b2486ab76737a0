package dev.tryon.store;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.bind.JsonbException;
import jakarta.json.bind.adapter.JsonbAdapter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Writes entries as JSON and reads them back, their times to the microsecond.
 *
 * <p>An entry is a record of texts, numbers, enums, ids, times, JSON, lists, maps, optionals and records of these; its JSON
 * has one member per component. A component that is added later must be able to do without one: an {@code Optional} is
 * empty where older JSON has none.
 *
 * <p>Thread-safe.
 */
final class EntryCodec {
    private final Jsonb jsonb = JsonbBuilder.create(new JsonbConfig().withAdapters(new Times()));

    /** Returns an entry as one JSON object. */
    String write(Entry<?> entry) {
        return jsonb.toJson(entry);
    }

    /**
     * Returns the entry that some JSON tells of.
     *
     * @throws StoreException if it tells of none: another program wrote it, say
     */
    <T> T read(String json, Class<T> type) {
        try {
            return jsonb.fromJson(json, type);
        } catch (JsonbException | IllegalArgumentException failure) {
            throw new StoreException("what is stored is no " + type.getSimpleName(), failure);
        }
    }

    /** Returns a time as every database can keep it. */
    static Instant micros(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS);
    }

    /** Times as text; public because JSON-B looks at it from outside. */
    public static final class Times implements JsonbAdapter<Instant, String> {
        @Override
        public String adaptToJson(Instant time) {
            return micros(time).toString();
        }

        @Override
        public Instant adaptFromJson(String text) {
            return Instant.parse(text);
        }
    }
}
