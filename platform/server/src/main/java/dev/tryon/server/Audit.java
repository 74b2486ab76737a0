package dev.tryon.server;

import dev.tryon.store.AuditEntry;
import dev.tryon.store.Records;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes down what administrators did and what was erased, for others to look up. People are hashed. Thread-safe. */
final class Audit {
    private static final Logger LOG = LoggerFactory.getLogger(Audit.class);

    private final Records<AuditEntry> entries;
    private final Secrets secrets;
    private final Ids ids;
    private final InstantSource clock;
    private final Duration lifetime;

    Audit(Records<AuditEntry> entries, Secrets secrets, Ids ids, InstantSource clock, Duration lifetime) {
        this.entries = entries;
        this.secrets = secrets;
        this.ids = ids;
        this.clock = clock;
        this.lifetime = lifetime;
    }

    /**
     * Writes down that somebody did something; it is durable when this returns.
     *
     * @param actor who did it
     * @param action what was done, {@code job.canceled} say
     * @param target what it was done to; for a person, {@link #person}
     * @param detail what is worth knowing besides, without anything that tells of a person
     */
    void log(Identity actor, String action, String target, String detail) {
        var now = clock.instant();
        var who = person(actor.subject());
        entries.insert(new AuditEntry(ids.next(), who, action, target, detail, now, now.plus(lifetime), 0));
        LOG.info("{} did {} to {}", who, action, target);
    }

    /** Returns what a subject is called where people are not named: always the same, and nothing leads back from it. */
    String person(String subject) {
        return secrets.person(subject);
    }
}
