package dev.tryon.store;

import java.time.Instant;

/**
 * How much somebody has left of a limit.
 *
 * @param key of limit and caller, the caller hashed
 * @param state as the library that counts writes it, in base 64
 * @param expiresAt when it would be full again, and need not be known any more
 */
public record Bucket(String key, String state, Instant createdAt, Instant expiresAt, long version)
        implements Entry<Bucket> {
    /** How every bucket stands. */
    static final String COUNTING = "counting";

    /** Belongs to nobody, so that nobody's limits are forgotten with what they keep. */
    @Override
    public String owner() {
        return "";
    }

    @Override
    public String status() {
        return COUNTING;
    }

    @Override
    public Instant dueAt() {
        return expiresAt;
    }

    @Override
    public Bucket withVersion(long newVersion) {
        return new Bucket(key, state, createdAt, expiresAt, newVersion);
    }
}
