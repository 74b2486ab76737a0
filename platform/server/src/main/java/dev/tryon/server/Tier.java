package dev.tryon.server;

/** What a subject is entitled to. @see Tiers */
enum Tier {
    /** Everybody, guests among them. */
    FREE,
    /** Who pays. */
    PREMIUM,
    /** Who has a contract. */
    ENTERPRISE
}
