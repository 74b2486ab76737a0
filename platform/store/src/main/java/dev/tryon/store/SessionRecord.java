package dev.tryon.store;

import java.time.Instant;
import java.util.UUID;

/**
 * That a session exists, or existed, and how it stands.
 *
 * @param owner the subject it belongs to
 * @param engine the id of the engine it wears
 * @param expiresAt when the record is forgotten
 */
public record SessionRecord(UUID id, String owner, String engine, Status status, Instant createdAt, Instant expiresAt) {

    /** How a session stands. */
    public enum Status {
        /** Made, and nobody has connected yet. */
        WAITING,
        /** A connection serves it. */
        CONNECTED,
        /** Its connection was lost and may come back within the grace time. */
        INTERRUPTED,
        /** Over. */
        ENDED
    }

    /** Returns the same record with another status and time. */
    public SessionRecord with(Status newStatus, Instant newExpiresAt) {
        return new SessionRecord(id, owner, engine, newStatus, createdAt, newExpiresAt);
    }
}
