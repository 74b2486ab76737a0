package dev.tryon.store;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/**
 * That a session exists, or existed, and how it stands.
 *
 * @param owner the subject it belongs to
 * @param engine the id of the engine it wears
 * @param node the node that serves it
 * @param look what is worn, every option spelt out
 * @param statistics frames received, served, skipped and failed, as the client is told them
 * @param expiresAt when it is over for want of frames, or when an ended one is forgotten
 */
public record Session(
        UUID id,
        String owner,
        String engine,
        String node,
        Status standing,
        JsonObject look,
        JsonObject statistics,
        Instant createdAt,
        Instant updatedAt,
        Instant expiresAt,
        long version)
        implements Entry<Session> {

    /** How a session stands. */
    public enum Status {
        /** Made, and nobody has connected yet. */
        INITIALIZING,
        /** A connection serves it. */
        ACTIVE,
        /** Its person paused it, or its connection was lost and may come back within the grace time. */
        PAUSED,
        /** Over, as it should be. */
        COMPLETED,
        /** Over, because something failed. */
        ERROR;

        /** Returns the word that the database knows. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Returns whether it is over. */
        public boolean isOver() {
            return this == COMPLETED || this == ERROR;
        }
    }

    /** Returns the same session as it has become. */
    public Session changed(
            Status newStanding, JsonObject newLook, JsonObject newStatistics, Instant since, Instant newExpiry) {
        return new Session(
                id, owner, engine, node, newStanding, newLook, newStatistics, createdAt, since, newExpiry, version);
    }

    @Override
    public String key() {
        return id.toString();
    }

    @Override
    public String status() {
        return standing.word();
    }

    @Override
    public Instant dueAt() {
        return expiresAt;
    }

    @Override
    public Session withVersion(long newVersion) {
        return new Session(
                id, owner, engine, node, standing, look, statistics, createdAt, updatedAt, expiresAt, newVersion);
    }
}
