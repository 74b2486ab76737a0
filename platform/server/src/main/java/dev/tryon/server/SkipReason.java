package dev.tryon.server;

/** Why a frame was not served. */
enum SkipReason {
    /** A newer one came before it was served, or before its answer was sent. */
    REPLACED,
    /** It waited too long to be worth anything. */
    EXPIRED,
    /** The server had no time for it. */
    OVERLOADED,
    /** The session is paused. */
    PAUSED,
    /** Its connection was lost before its answer could be sent. */
    DISCONNECTED
}
