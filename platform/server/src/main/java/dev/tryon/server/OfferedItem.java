package dev.tryon.server;

import dev.tryon.spi.CatalogItem;
import dev.tryon.spi.EngineInfo;
import dev.tryon.store.CatalogEntry;
import dev.tryon.store.CatalogEntry.State;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.Optional;

/**
 * An item as a catalogue offers it.
 *
 * @param item its words and options
 * @param scan what is known of the scan that it shows, where it shows one and not what its engine makes
 */
record OfferedItem(CatalogItem item, Optional<JsonObject> scan) {
    private static final int TAG_LENGTH = 32;
    private static final String MATERIAL = "material";

    /** Returns an item as its engine brings it. */
    static OfferedItem own(CatalogItem item) {
        return new OfferedItem(item, Optional.empty());
    }

    /**
     * Reads an entry of the store.
     *
     * @return empty if it hides an item, or if the engine has changed since, so that it cannot wear the item any more
     */
    static Optional<OfferedItem> read(CatalogEntry entry, EngineInfo engine) {
        if (entry.state() == State.HIDDEN) {
            return Optional.empty();
        }
        var words = Json.createObjectBuilder(entry.content()).remove(MATERIAL).build();
        return CatalogItemJson.read(JsonFields.of(words), engine)
                .map(item -> new OfferedItem(item, scan(entry.content())));
    }

    /** Returns the scan that an entry's content names. */
    static Optional<JsonObject> scan(JsonObject content) {
        return Optional.ofNullable(content.getJsonObject(MATERIAL));
    }

    /** Returns the same words over another scan, if there is one. */
    OfferedItem over(Optional<JsonObject> another) {
        return new OfferedItem(item, another);
    }

    /** Returns what the store keeps of it. */
    JsonObject toJson() {
        return toJson(scan);
    }

    /** Returns the item as REST tells it. @param material what is told of it, if it is one */
    JsonObject toJson(Optional<JsonObject> material) {
        var json = Json.createObjectBuilder(EngineJson.item(item));
        material.ifPresent(told -> json.add(MATERIAL, told));
        return json.build();
    }

    /** Returns the strong entity tag: another as soon as an administrator has changed anything. */
    String tag() {
        return "\"" + Digests.of(toJson().toString()).substring(0, TAG_LENGTH) + "\"";
    }
}
