package dev.tryon.store;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A store in main memory: bounded, and empty again after the process.
 *
 * <p>Model. Two maps under one lock; every call is short. Expiry is decided at reading, so that {@link #sweep()} only
 * gives memory back. When a bound is met, what has expired is swept first, and
 * the oldest ended session makes room for a new one.
 *
 * <p>Invariants. {@code uploadBytes} is the sum of the lengths of the uploads held, never above {@link Bounds#uploadBytes};
 * no owner holds more than {@link Bounds#uploadsPerOwner} uploads.
 */
public final class MemoryStore implements Store {
    private final InstantSource clock;
    private final Bounds bounds;
    private final Map<UUID, Upload> uploads = new HashMap<>();
    private final Map<UUID, SessionRecord> sessions = new LinkedHashMap<>();
    private long uploadBytes;

    /**
     * How much it may hold.
     *
     * @param uploadBytes encoded bytes of all uploads together
     * @param uploadsPerOwner uploads of one subject
     * @param sessions records of sessions, ended ones included
     */
    public record Bounds(long uploadBytes, int uploadsPerOwner, int sessions) {
        /** Checks that there is room for something. */
        public Bounds {
            if (uploadBytes < 1 || uploadsPerOwner < 1 || sessions < 1) {
                throw new IllegalArgumentException("a store holds at least one of each");
            }
        }
    }

    /** Makes an empty store. */
    public MemoryStore(InstantSource clock, Bounds bounds) {
        this.clock = clock;
        this.bounds = bounds;
    }

    @Override
    public synchronized void keep(Upload upload) {
        if (!fits(upload)) {
            sweep();
            if (!fits(upload)) {
                throw new StoreFullException("no room for an upload of " + upload.bytes() + " bytes");
            }
        }
        uploads.put(upload.id(), upload);
        uploadBytes += upload.bytes();
    }

    private boolean fits(Upload upload) {
        return uploadBytes + upload.bytes() <= bounds.uploadBytes()
                && uploads.values().stream()
                                .filter(held -> held.owner().equals(upload.owner()))
                                .count()
                        < bounds.uploadsPerOwner();
    }

    @Override
    public synchronized Optional<Upload> upload(UUID id, String owner) {
        return Optional.ofNullable(uploads.get(id))
                .filter(upload -> upload.owner().equals(owner) && isAlive(upload.expiresAt()));
    }

    @Override
    public synchronized boolean forgetUpload(UUID id, String owner) {
        var held = upload(id, owner);
        held.ifPresent(upload -> {
            uploads.remove(id);
            uploadBytes -= upload.bytes();
        });
        return held.isPresent();
    }

    @Override
    public synchronized void keep(SessionRecord session) {
        if (sessions.size() >= bounds.sessions() && !sessions.containsKey(session.id())) {
            sweep();
            if (sessions.size() >= bounds.sessions() && !forgetOldestEnded()) {
                throw new StoreFullException("no room for one more session");
            }
        }
        sessions.put(session.id(), session);
    }

    private boolean forgetOldestEnded() {
        var ended = sessions.values().stream()
                .filter(session -> session.status() == SessionRecord.Status.ENDED)
                .findFirst();
        ended.ifPresent(session -> sessions.remove(session.id()));
        return ended.isPresent();
    }

    @Override
    public synchronized Optional<SessionRecord> session(UUID id, String owner) {
        return Optional.ofNullable(sessions.get(id))
                .filter(session -> session.owner().equals(owner) && isAlive(session.expiresAt()));
    }

    @Override
    public synchronized int sweep() {
        var before = uploads.size() + sessions.size();
        uploads.values().removeIf(upload -> {
            if (isAlive(upload.expiresAt())) {
                return false;
            }
            uploadBytes -= upload.bytes();
            return true;
        });
        sessions.values().removeIf(session -> !isAlive(session.expiresAt()));
        return before - uploads.size() - sessions.size();
    }

    @Override
    public synchronized void close() {
        uploads.clear();
        sessions.clear();
        uploadBytes = 0;
    }

    private boolean isAlive(Instant expiresAt) {
        return clock.instant().isBefore(expiresAt);
    }
}
