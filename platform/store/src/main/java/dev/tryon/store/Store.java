package dev.tryon.store;

import java.util.Optional;
import java.util.UUID;

/**
 * What the platform keeps of people, each record until its time is up.
 *
 * <p>A record belongs to a subject, the bearer of a token; who asks for another's record is told that there is none. What
 * has expired is gone for every reader at once, whether it was swept yet or not.
 *
 * <p>Thread-safe.
 */
public interface Store extends AutoCloseable {
    /**
     * Keeps an upload.
     *
     * @throws StoreFullException if the owner, or the store as a whole, holds as much as it may
     */
    void keep(Upload upload);

    /** Returns an upload of this owner's, if there is one and its time is not up. */
    Optional<Upload> upload(UUID id, String owner);

    /** Forgets an upload of this owner's. @return whether there was one */
    boolean forgetUpload(UUID id, String owner);

    /**
     * Keeps a session's record, or replaces the one with the same id.
     *
     * <p>Where there is no room for a new one, the oldest that has ended is forgotten.
     *
     * @throws StoreFullException if the store holds as many sessions as it may, none has ended and this one is new
     */
    void keep(SessionRecord session);

    /** Returns a session's record of this owner's, if there is one and its time is not up. */
    Optional<SessionRecord> session(UUID id, String owner);

    /** Forgets what has expired. @return how many records that were */
    int sweep();

    @Override
    void close();
}
