package dev.tryon.compute;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import java.io.StringReader;
import java.util.List;
import java.util.Locale;

/**
 * Traces as text: an entry is a line of JSON, {@code {"atNanos", "kind", "id", "name", "numbers"}}, the kind in lower case.
 */
public final class TraceLines {
    private TraceLines() {}

    /** Returns an entry as a line, without its end. */
    public static String write(TraceEntry entry) {
        var numbers = Json.createArrayBuilder();
        entry.numbers().forEach(numbers::add);
        return Json.createObjectBuilder()
                .add("atNanos", entry.atNanos())
                .add("kind", entry.kind().name().toLowerCase(Locale.ROOT))
                .add("id", entry.id())
                .add("name", entry.name())
                .add("numbers", numbers)
                .build()
                .toString();
    }

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException if it is none of a trace
     */
    public static TraceEntry read(String line) {
        try (var reader = Json.createReader(new StringReader(line))) {
            var json = reader.readObject();
            List<Long> numbers = json.getJsonArray("numbers").getValuesAs(JsonNumber.class).stream()
                    .map(JsonNumber::longValueExact)
                    .toList();
            return new TraceEntry(
                    json.getJsonNumber("atNanos").longValueExact(),
                    TraceEntry.Kind.valueOf(json.getString("kind").toUpperCase(Locale.ROOT)),
                    json.getJsonNumber("id").longValueExact(),
                    json.getString("name"),
                    numbers);
        } catch (JsonException | NullPointerException | ClassCastException | ArithmeticException failure) {
            throw new IllegalArgumentException("not a line of a trace", failure);
        }
    }
}
