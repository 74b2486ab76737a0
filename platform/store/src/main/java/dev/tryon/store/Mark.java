package dev.tryon.store;

import java.time.Instant;

/**
 * A short word remembered under a key for a while: that an idempotency key was used and for what, that a nonce was seen,
 * that a subject was erased.
 *
 * @param key never a name or anything else that tells of a person: hash it
 * @param owner the subject that it is forgotten with; empty if it outlives all subjects
 * @param value what is remembered
 * @param expiresAt when it is forgotten
 */
public record Mark(String key, String owner, String value, Instant createdAt, Instant expiresAt, long version)
        implements Entry<Mark> {
    /** The status of every mark. */
    static final String SET = "set";

    @Override
    public String status() {
        return SET;
    }

    @Override
    public Instant dueAt() {
        return expiresAt;
    }

    @Override
    public Mark withVersion(long newVersion) {
        return new Mark(key, owner, value, createdAt, expiresAt, newVersion);
    }
}
