package dev.tryon.server;

import dev.tryon.spi.ScanEngine.Property;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** What a scan found out, as JSON: texts, numbers, and arrays of them. */
final class PropertyJson {
    private PropertyJson() {}

    /** Adds each property under its name, in the order of names. */
    static JsonObjectBuilder addAll(JsonObjectBuilder json, Map<String, Property> properties) {
        new TreeMap<>(properties).forEach((name, property) -> {
            switch (property) {
                case Property.Text(var text) -> json.add(name, text);
                case Property.Quantity(var number) -> json.add(name, number);
                case Property.Numbers(var numbers) -> {
                    JsonArrayBuilder list = Json.createArrayBuilder();
                    numbers.forEach(number -> list.add(number.doubleValue()));
                    json.add(name, list);
                }
                case Property.Words(var words) -> json.add(name, Json.createArrayBuilder(words));
            }
        });
        return json;
    }

    /** Reads what {@link #addAll} has written; what is of no such form is left out. */
    static Map<String, Property> read(JsonObject json) {
        var properties = new HashMap<String, Property>();
        json.forEach((name, value) -> {
            switch (value) {
                case JsonString text -> properties.put(name, new Property.Text(text.getString()));
                case JsonNumber number -> properties.put(name, new Property.Quantity(number.doubleValue()));
                case JsonArray list
                when !list.isEmpty() && list.stream().allMatch(JsonNumber.class::isInstance) ->
                    properties.put(
                            name,
                            new Property.Numbers(list.getValuesAs(JsonNumber.class).stream()
                                    .map(JsonNumber::doubleValue)
                                    .toList()));
                case JsonArray list
                when list.stream().allMatch(JsonString.class::isInstance) ->
                    properties.put(
                            name,
                            new Property.Words(list.getValuesAs(JsonString.class).stream()
                                    .map(JsonString::getString)
                                    .toList()));
                default -> {}
            }
        });
        return properties;
    }
}
