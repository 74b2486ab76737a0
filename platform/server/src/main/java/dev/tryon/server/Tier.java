package dev.tryon.server;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a subject is entitled to. @see Tiers */
public enum Tier {
    /** Everybody, guests among them. */
    FREE,
    /** Who pays. */
    PREMIUM,
    /** Who has a contract. */
    ENTERPRISE;

    /** Returns the tier that a lower-case word names. */
    static Optional<Tier> of(String word) {
        return Arrays.stream(values()).filter(tier -> tier.word().equals(word)).findFirst();
    }

    /** Returns its name in lower case. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
