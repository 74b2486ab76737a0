package dev.tryon.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * That all of a subject is erased, or is to be: from then on nothing new of it is taken, until this is forgotten.
 *
 * @param key a hash of the subject
 * @param subject whose things are still to be removed; empty once all are
 * @param expiresAt when this is forgotten
 */
public record Erasure(String key, Optional<String> subject, Instant createdAt, Instant expiresAt, long version)
        implements Entry<Erasure> {
    /** The status of an erasure that a crash or a failure may have left unfinished. */
    static final String PENDING = "pending";

    /** The status of an erasure that is complete. */
    static final String DONE = "done";

    /** Returns the key of a subject's erasure. */
    static String keyOf(String subject) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(subject.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    /** Returns the same erasure, complete. */
    Erasure done() {
        return new Erasure(key, Optional.empty(), createdAt, expiresAt, version);
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
