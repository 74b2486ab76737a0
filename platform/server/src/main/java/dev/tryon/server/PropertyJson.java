package dev.tryon.server;

import dev.tryon.spi.ScanEngine.Property;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
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
}
