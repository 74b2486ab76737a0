package dev.tryon.server;

import dev.tryon.store.Marks;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Remembers whose things were erased, and when: a token from before that is not good any more.
 *
 * <p>What is remembered is a keyed hash, which leads nobody back to the subject. Thread-safe.
 */
final class Tombstones {
    /** No token should live as long. */
    private static final Duration KEPT = Duration.ofDays(400);

    private final Marks marks;
    private final Secrets secrets;
    private final InstantSource clock;

    Tombstones(Marks marks, Secrets secrets, InstantSource clock) {
        this.marks = marks;
        this.secrets = secrets;
        this.clock = clock;
    }

    /** Remembers that a subject was erased just now. */
    void set(String subject) {
        marks.set(key(subject), "", clock.instant().toString(), KEPT);
    }

    /**
     * Returns whether a subject was erased after a token was issued.
     *
     * @param tokenIssuedAt to the second: a token of the very second of the erasure counts as older
     */
    boolean isErased(String subject, Instant tokenIssuedAt) {
        return marks.value(key(subject))
                .map(Instant::parse)
                .filter(erasedAt -> !tokenIssuedAt.isAfter(erasedAt))
                .isPresent();
    }

    private String key(String subject) {
        return "erased:" + secrets.derive("erased", subject);
    }
}
