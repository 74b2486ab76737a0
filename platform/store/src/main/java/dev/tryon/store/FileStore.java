package dev.tryon.store;

import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.UUID;

/**
 * Where the bytes of holdings lie, each under an id that is used once.
 *
 * <p>Every call may throw {@link StoreException}. Thread-safe.
 */
interface FileStore extends AutoCloseable {
    /** Writes a file; it is whole and durable on return, and not there at all after a failure or a crash. */
    void write(UUID id, ByteBuffer content);

    /**
     * Opens a file for reading.
     *
     * @throws StoreException if it is not there, or is not as it was written
     */
    SeekableByteChannel open(UUID id);

    /** Returns whether there is a whole file. */
    boolean exists(UUID id);

    /** Deletes a file and whatever a crash left of it; that there is none is no error. */
    void delete(UUID id);

    /** Returns the ids of all files there are, unfinished ones too: for the search for orphans. */
    List<UUID> list();

    @Override
    void close();
}
