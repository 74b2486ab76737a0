package dev.tryon.store;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * Who a holding belongs to, where its bytes lie, how it stands and until when.
 *
 * @param owner the subject that it belongs to
 * @param node the node that writes or wrote it
 * @param expiresAt when it is removed
 */
public record Custody(
        UUID id,
        String owner,
        State state,
        List<StoredFile> files,
        String node,
        Instant createdAt,
        Instant expiresAt,
        long version) {
    /** How long writing may take before the writer is taken for dead. */
    static final Duration WRITING_TIME = Duration.ofMinutes(10);

    /** How long a second attempt leaves the first alone before it takes the writer for dead. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    /**
     * How a holding stands: it is seen only while it is kept. Its entry is there before its files and until after them, so
     * that a crash at any moment leaves an entry that says what is to be cleared away.
     */
    public enum State {
        /** Its files are being written. */
        WRITING,
        /** It is whole. */
        KEPT,
        /** It is being removed, files first. */
        DOOMED;

        /** Returns the word that the database knows. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Copies the files. */
    public Custody {
        files = List.copyOf(files);
    }

    /** Returns what is to become a holding: nothing is written yet. */
    public static Custody draft(UUID id, String owner, Instant createdAt, Duration lifetime) {
        return new Custody(id, owner, State.WRITING, List.of(), "", createdAt, createdAt.plus(lifetime), 0);
    }

    /**
     * Returns an attempt at writing it. Attempts begin at versions of their own, so that a change meant for one never
     * meets another with the same id.
     */
    Custody writing(String byNode, List<StoredFile> newFiles) {
        return new Custody(id, owner, State.WRITING, newFiles, byNode, createdAt, expiresAt, Versions.first());
    }

    Custody standing(State newState) {
        return new Custody(id, owner, newState, files, node, createdAt, expiresAt, version);
    }

    Custody until(Instant newExpiresAt) {
        return new Custody(id, owner, state, files, node, createdAt, newExpiresAt, version);
    }

    Custody withVersion(long newVersion) {
        return new Custody(id, owner, state, files, node, createdAt, expiresAt, newVersion);
    }

    Instant dueAt() {
        return switch (state) {
            case WRITING -> createdAt.plus(WRITING_TIME);
            case KEPT -> expiresAt;
            case DOOMED -> createdAt;
        };
    }
}
