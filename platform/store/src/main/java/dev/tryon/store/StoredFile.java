package dev.tryon.store;

import java.util.UUID;

/**
 * A file that a holding consists of.
 *
 * @param name what it is within the holding: {@code content}, {@code image}, {@code thumbnail}
 * @param id under which the file store has it; nobody else ever gets this id
 * @param mediaType of the content
 * @param bytes of the content, before encryption
 */
public record StoredFile(String name, UUID id, String mediaType, long bytes) {
    /** Checks that it has a name and a size. */
    public StoredFile {
        if (!name.matches("[a-z][a-z0-9-]{0,31}") || bytes < 0) {
            throw new IllegalArgumentException("not a file: " + name + " of " + bytes + " bytes");
        }
    }
}
