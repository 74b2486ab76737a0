package dev.tryon.store;

import jakarta.json.JsonObject;
import java.time.Instant;

/**
 * A ready-made look that an administrator added to an engine's catalogue, or put in the place of one of its own.
 *
 * @param engine whose catalogue it is in
 * @param item its id within the catalogue
 * @param state whether it is offered, or hides the engine's own item of the same id
 * @param content the item as REST tells it
 */
public record CatalogEntry(
        String engine, String item, State state, JsonObject content, Instant createdAt, Instant updatedAt, long version)
        implements Entry<CatalogEntry> {
    static final Instant NEVER = Instant.parse("9999-01-01T00:00:00Z");

    /** Whether it is offered. */
    public enum State {
        /** People may wear it. */
        OFFERED,
        /** It is gone, and so is the engine's own item of the same id. */
        HIDDEN
    }

    @Override
    public String key() {
        return engine + "/" + item;
    }

    @Override
    public String owner() {
        return "";
    }

    @Override
    public String status() {
        return state == State.OFFERED ? "offered" : "hidden";
    }

    @Override
    public Instant dueAt() {
        return NEVER;
    }

    @Override
    public CatalogEntry withVersion(long newVersion) {
        return new CatalogEntry(engine, item, state, content, createdAt, updatedAt, newVersion);
    }
}
