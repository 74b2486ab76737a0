package dev.tryon.server;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** A YAML document of our own as JSON. */
final class YamlDocument {
    private YamlDocument() {}

    static JsonObject toJson(String yaml) {
        return value(new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml))
                .asJsonObject();
    }

    private static JsonValue value(Object node) {
        return switch (node) {
            case null -> JsonValue.NULL;
            case Map<?, ?> map -> {
                var object = Json.createObjectBuilder();
                map.forEach((key, value) -> object.add(String.valueOf(key), value(value)));
                yield object.build();
            }
            case Iterable<?> items -> {
                var array = Json.createArrayBuilder();
                items.forEach(item -> array.add(value(item)));
                yield array.build();
            }
            case Boolean flag -> flag ? JsonValue.TRUE : JsonValue.FALSE;
            case Number number -> Json.createValue(number);
            default -> Json.createValue(String.valueOf(node));
        };
    }
}
