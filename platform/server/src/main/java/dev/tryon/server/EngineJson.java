package dev.tryon.server;

import dev.tryon.spi.CatalogItem;
import dev.tryon.spi.EngineInfo;
import dev.tryon.spi.OptionSpec;
import dev.tryon.spi.OptionValue;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** Engines, their options and their catalogues as JSON. */
final class EngineJson {
    private EngineJson() {}

    static JsonObject of(LoadedEngine engine) {
        return switch (engine) {
            case LoadedEngine.Ready(var _, var info, var capabilities) -> {
                var names = Json.createArrayBuilder();
                capabilities.forEach(capability -> names.add(Words.of(capability)));
                yield Json.createObjectBuilder()
                        .add("id", info.id())
                        .add("title", info.title())
                        .add("version", info.version())
                        .add("state", "ready")
                        .add("capabilities", names)
                        .add("options", schema(info))
                        .build();
            }
            case LoadedEngine.Failed(var id, var stage, var reason) ->
                Json.createObjectBuilder()
                        .add("id", id)
                        .add("title", id)
                        .add("version", "")
                        .add("state", "failed")
                        .add("capabilities", JsonValue.EMPTY_JSON_ARRAY)
                        .add("options", JsonValue.EMPTY_JSON_OBJECT)
                        .add("stage", Words.of(stage))
                        .add("reason", reason)
                        .build();
        };
    }

    /** Returns the JSON Schema (draft 2020-12) of an engine's options. */
    static JsonObject schema(EngineInfo info) {
        var properties = Json.createObjectBuilder();
        info.options().forEach(option -> properties.add(option.name(), property(option)));
        return Json.createObjectBuilder()
                .add("$schema", "https://json-schema.org/draft/2020-12/schema")
                .add("type", "object")
                .add("properties", properties)
                .add("additionalProperties", false)
                .build();
    }

    private static JsonObjectBuilder property(OptionSpec option) {
        var property = Json.createObjectBuilder().add("title", option.title());
        switch (option) {
            case OptionSpec.Choice(var _, var _, var values, var _) ->
                property.add("type", "string").add("enum", texts(values));
            case OptionSpec.Range(var _, var _, var least, var most, var _) ->
                property.add("type", "number").add("minimum", least).add("maximum", most);
            case OptionSpec.Color _ ->
                property.add("type", "string").add("format", "color").add("pattern", "^#[0-9a-fA-F]{6}$");
            case OptionSpec.Toggle _ -> property.add("type", "boolean");
        }
        return property.add("default", value(option.fallback()));
    }

    static JsonObject item(CatalogItem item) {
        var swatch = Json.createArrayBuilder();
        item.swatch().forEach(color -> swatch.add(color.hex()));
        return Json.createObjectBuilder()
                .add("id", item.id())
                .add("title", item.title())
                .add("category", item.category())
                .add("tags", texts(item.tags()))
                .add("swatch", swatch)
                .add("options", options(item.options()))
                .build();
    }

    static JsonObject options(Map<String, OptionValue> options) {
        var json = Json.createObjectBuilder();
        new TreeMap<>(options).forEach((name, value) -> json.add(name, value(value)));
        return json.build();
    }

    /** Returns a list that is all there: the form of every list, without a cursor. */
    static JsonObject list(Collection<JsonObject> items) {
        var array = Json.createArrayBuilder();
        items.forEach(array::add);
        return Json.createObjectBuilder()
                .add("items", array)
                .add("nextCursor", JsonValue.NULL)
                .build();
    }

    private static JsonValue value(OptionValue value) {
        return switch (value) {
            case OptionValue.Text(var text) -> Json.createValue(text);
            case OptionValue.Quantity(var number) -> Json.createValue(number);
            case OptionValue.Flag(var flag) -> flag ? JsonValue.TRUE : JsonValue.FALSE;
        };
    }

    private static JsonArray texts(Collection<String> texts) {
        JsonArrayBuilder array = Json.createArrayBuilder();
        texts.forEach(array::add);
        return array.build();
    }
}
