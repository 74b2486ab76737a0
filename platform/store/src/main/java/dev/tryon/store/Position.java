package dev.tryon.store;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * A place in a list of entries, newest first: after the entry of this time and key.
 *
 * @param createdAt when the last entry before this place was made
 * @param key its key
 */
public record Position(Instant createdAt, String key) {
    private static final int LONGEST = 512;

    /** Returns the place after an entry. */
    public static Position after(Entry<?> entry) {
        return new Position(entry.createdAt(), entry.key());
    }

    /** Reads a place as {@link #toString()} writes it; empty for any other text. */
    public static Optional<Position> parse(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            var plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            var space = plain.indexOf(' ');
            return space < 1
                    ? Optional.empty()
                    : Optional.of(new Position(Instant.parse(plain.substring(0, space)), plain.substring(space + 1)));
        } catch (IllegalArgumentException | DateTimeException _) {
            return Optional.empty();
        }
    }

    /** Returns a text fit for an address. */
    @Override
    public String toString() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((createdAt + " " + key).getBytes(StandardCharsets.UTF_8));
    }
}
