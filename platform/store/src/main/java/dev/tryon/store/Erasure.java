package dev.tryon.store;

import java.time.Instant;
import java.util.Optional;

/**
 * That all of a subject is erased, or is to be.
 *
 * @param key a keyed hash of the subject, which leads nobody back to it
 * @param subject whose things are still to be removed; empty once all are
 * @param createdAt when this was noted; once nothing is left, since when
 * @param expiresAt when this is forgotten
 */
public record Erasure(String key, Optional<String> subject, Instant createdAt, Instant expiresAt, long version)
        implements Entry<Erasure> {
    /** The status of an erasure that a crash or a failure may have left unfinished. */
    static final String PENDING = "pending";

    /** The status of an erasure that is complete. */
    static final String DONE = "done";

    /** Returns the change that makes it complete. */
    Erasure done(Instant now) {
        return new Erasure(key, Optional.empty(), now, expiresAt, version + 1);
    }

    @Override
    public String owner() {
        return "";
    }

    @Override
    public String status() {
        return subject.isPresent() ? PENDING : DONE;
    }

    @Override
    public Instant dueAt() {
        return subject.isPresent() ? createdAt : expiresAt;
    }

    @Override
    public Erasure withVersion(long newVersion) {
        return new Erasure(key, subject, createdAt, expiresAt, newVersion);
    }
}
