package dev.tryon.server;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The fields of a JSON object, read strictly: every wrong type and, at the end, every field that nobody asked for is
 * collected as a violation, so that one answer names them all.
 */
final class JsonFields {
    private final JsonObject object;
    private final String pointer;
    private final List<Problem.Violation> violations;
    private final Set<String> asked = new HashSet<>();

    private JsonFields(JsonObject object, String pointer, List<Problem.Violation> violations) {
        this.object = object;
        this.pointer = pointer;
        this.violations = violations;
    }

    static JsonFields of(JsonObject object) {
        return new JsonFields(object, "", new ArrayList<>());
    }

    /** Returns a text; empty if there is none or it is not a text. */
    Optional<String> text(String name) {
        return typed(name, JsonString.class, "must be a text").map(JsonString::getString);
    }

    /** Returns a text that must be there; what is returned in its absence means nothing. */
    String requiredText(String name) {
        var text = text(name);
        if (text.isEmpty() && !object.containsKey(name)) {
            violate(name, "is required");
        }
        return text.orElse("");
    }

    /** Returns one of a few words as the constant of the same name in lower case. */
    <E extends Enum<E>> Optional<E> word(String name, Class<E> type) {
        var text = text(name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        var found = Words.of(type, text.get());
        if (found.isEmpty()) {
            violate(name, "must be one of " + String.join(", ", Words.all(type)));
        }
        return found;
    }

    /** Returns true or false; empty if there is none or it is neither. */
    Optional<Boolean> flag(String name) {
        return typed(name, JsonValue.class, "").flatMap(value -> switch (value.getValueType()) {
            case TRUE -> Optional.of(true);
            case FALSE -> Optional.of(false);
            case ARRAY, OBJECT, STRING, NUMBER, NULL -> {
                violate(name, "must be true or false");
                yield Optional.empty();
            }
        });
    }

    /** Returns a whole number in a range, both ends included. */
    Optional<Long> whole(String name, long least, long most) {
        var range = "must be a whole number from " + least + " to " + most;
        return typed(name, JsonNumber.class, range).flatMap(number -> {
            if (number.isIntegral() && inRange(number, least, most)) {
                return Optional.of(number.longValue());
            }
            violate(name, range);
            return Optional.empty();
        });
    }

    private static boolean inRange(JsonNumber number, long least, long most) {
        // A number of a thousand digits must not be spelt out to be refused.
        var decimal = number.bigDecimalValue();
        return decimal.precision() - decimal.scale() <= 19
                && decimal.compareTo(BigDecimal.valueOf(least)) >= 0
                && decimal.compareTo(BigDecimal.valueOf(most)) <= 0;
    }

    /** Returns an inner object's fields, whose violations join these. */
    Optional<JsonFields> fields(String name) {
        return typed(name, JsonObject.class, "must be an object")
                .map(inner -> new JsonFields(inner, pointer + pointer(name), violations));
    }

    /** Returns a list; empty if there is none or it is not a list. */
    Optional<JsonArray> list(String name) {
        return typed(name, JsonArray.class, "must be a list");
    }

    /** Returns a number in a range, both ends included. */
    Optional<Double> number(String name, double least, double most) {
        var range = "must be a number from " + least + " to " + most;
        return typed(name, JsonNumber.class, range).map(JsonNumber::doubleValue).filter(number -> {
            var fits = number >= least && number <= most;
            if (!fits) {
                violate(name, range);
            }
            return fits;
        });
    }

    /** Returns whether there is a field of this name, whatever it holds. */
    boolean has(String name) {
        return object.containsKey(name);
    }

    /** Returns the names of all fields. */
    Set<String> names() {
        return object.keySet();
    }

    /** Returns any value, which counts as asked for. */
    JsonValue value(String name) {
        asked.add(name);
        return object.getOrDefault(name, JsonValue.NULL);
    }

    /** Adds what is wrong with a field. */
    void violate(String name, String detail) {
        violations.add(new Problem.Violation(pointer + pointer(name), detail));
    }

    /** Adds what is wrong with an item of a list. */
    void violate(String name, int index, String detail) {
        violations.add(new Problem.Violation(pointer + pointer(name) + "/" + index, detail));
    }

    /** Returns the pointer to a field of a whole body (RFC 6901, section 3). */
    static String pointer(String name) {
        return "/" + name.replace("~", "~0").replace("/", "~1");
    }

    /** Adds a violation for each field that was not asked for. */
    void refuseOthers() {
        object.keySet().stream().filter(name -> !asked.contains(name)).forEach(name -> violate(name, "is not known"));
    }

    /** Returns everything that is wrong so far. */
    List<Problem.Violation> violations() {
        return violations;
    }

    /** Refuses the request if anything is wrong. */
    void check() {
        if (!violations.isEmpty()) {
            throw Problem.invalid(violations).refusal();
        }
    }

    private <V extends JsonValue> Optional<V> typed(String name, Class<V> type, String otherwise) {
        asked.add(name);
        var value = object.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!type.isInstance(value)) {
            violate(name, otherwise);
            return Optional.empty();
        }
        return Optional.of(type.cast(value));
    }
}
