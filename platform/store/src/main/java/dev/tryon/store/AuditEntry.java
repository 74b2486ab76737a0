package dev.tryon.store;

import java.time.Instant;
import java.util.UUID;

/**
 * That somebody did something that others must be able to look up: an administrator's action, an erasure.
 *
 * @param actor who did it, hashed if it is a person
 * @param action what was done, {@code job.canceled} say
 * @param target what it was done to, hashed if it is a person
 * @param detail what is worth knowing besides, without anything that tells of a person
 * @param expiresAt when it is forgotten
 */
public record AuditEntry(
        UUID id,
        String actor,
        String action,
        String target,
        String detail,
        Instant createdAt,
        Instant expiresAt,
        long version)
        implements Entry<AuditEntry> {
    /** The status of every audit entry. */
    static final String LOGGED = "logged";

    @Override
    public String key() {
        return id.toString();
    }

    @Override
    public String owner() {
        return "";
    }

    @Override
    public String status() {
        return LOGGED;
    }

    @Override
    public Instant dueAt() {
        return expiresAt;
    }

    @Override
    public AuditEntry withVersion(long newVersion) {
        return new AuditEntry(id, actor, action, target, detail, createdAt, expiresAt, newVersion);
    }
}
