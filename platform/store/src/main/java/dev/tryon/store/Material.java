package dev.tryon.store;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * A scan that an administrator put into an engine's catalogue: the shop's cloth, which belongs to no person and stays as
 * long as the catalogue names it. Its files are {@link #ARCHIVE} and {@link #THUMBNAIL}.
 *
 * @param engine whose catalogue it is in
 * @param item its id within the catalogue
 * @param source the result that it was made of, and how: equal for the same order alone
 * @param facts what is known of it, as the catalogue tells it
 */
public record Material(Custody custody, String engine, String item, String source, JsonObject facts)
        implements Holding<Material> {
    /** The file that has all that is handed on, a ZIP. */
    public static final String ARCHIVE = "archive";

    /** The file that lists show. */
    public static final String THUMBNAIL = "thumbnail";

    /** Nobody's: what is erased with a person is looked up by owner. */
    private static final String OWNER = "";

    /** Returns what is to become one: nothing is written yet. */
    public static Material draft(
            UUID id, String engine, String item, String source, JsonObject facts, Instant createdAt) {
        var custody = Custody.draft(id, OWNER, createdAt, Duration.between(createdAt, CatalogEntry.NEVER));
        return new Material(custody, engine, item, source, facts);
    }

    /** Returns whether it stays until somebody says otherwise. */
    public boolean isForGood() {
        return expiresAt().equals(CatalogEntry.NEVER);
    }

    @Override
    public Material with(Custody changed) {
        return new Material(changed, engine, item, source, facts);
    }
}
