package dev.tryon.store;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.UUID;

/**
 * A picture that a person brought, still encoded.
 *
 * @param owner the subject it belongs to
 * @param purpose what it was brought for, {@code reference} say
 * @param mediaType what the bytes were found to be, not what they were said to be
 * @param width in pixels, upright
 * @param height in pixels, upright
 * @param content the encoded bytes; every caller gets a read-only view from the first byte
 */
public record Upload(
        UUID id,
        String owner,
        String purpose,
        String mediaType,
        int width,
        int height,
        ByteBuffer content,
        Instant createdAt,
        Instant expiresAt) {

    /** Checks that it is a picture with a lifetime. */
    public Upload {
        if (width < 1 || height < 1 || !content.hasRemaining()) {
            throw new IllegalArgumentException("an upload has pixels and bytes");
        }
        if (!expiresAt.isAfter(createdAt)) {
            throw new IllegalArgumentException("an upload expires after it was made");
        }
        content = content.asReadOnlyBuffer().slice();
    }

    @Override
    public ByteBuffer content() {
        return content.duplicate();
    }

    /** Returns the number of encoded bytes. */
    public int bytes() {
        return content.remaining();
    }
}
