package dev.tryon.server;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/** Makes ids (UUID version 7, RFC 9562) and secrets. Thread-safe. */
final class Ids {
    private static final int SECRET_BYTES = 24;

    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    Ids(InstantSource clock) {
        this.clock = clock;
    }

    /** Returns a new id, which sorts by the millisecond it was made in. */
    UUID next() {
        var millis = clock.millis();
        var high = (millis << 16) | 0x7000 | random.nextInt(1 << 12);
        var low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    /**
     * Returns the id of something within another thing, always the same: as old as that, told apart by a hash (SHA-256).
     *
     * @param name what no other thing in there has
     */
    static UUID within(UUID whole, String name) {
        var hash = ByteBuffer.wrap(Digests.bytes(whole + "/" + name));
        var high = (whole.getMostSignificantBits() & ~0xFFFL) | (hash.getLong() & 0xFFF);
        var low = (hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    /** Returns 192 random bits, fit for an address. */
    String secret() {
        var bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Reads an id as it is written; empty for anything else. */
    static Optional<UUID> parse(String text) {
        return text.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
                ? Optional.of(UUID.fromString(text))
                : Optional.empty();
    }
}
