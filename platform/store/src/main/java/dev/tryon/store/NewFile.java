package dev.tryon.store;

import java.nio.ByteBuffer;

/**
 * A file to be kept.
 *
 * @param name what it is within its holding, in small letters
 * @param content the bytes; every caller gets a read-only view from the first byte
 */
public record NewFile(String name, String mediaType, ByteBuffer content) {
    /** Lets nobody write, and refuses nothing at all. */
    public NewFile {
        content = content.asReadOnlyBuffer().slice();
        if (!content.hasRemaining()) {
            throw new IllegalArgumentException("an empty file: " + name);
        }
    }

    @Override
    public ByteBuffer content() {
        return content.duplicate();
    }
}
