package dev.tryon.server;

/** What a client is sent back for a frame. */
enum Output {
    /** The whole picture with the look on. */
    FRAME,
    /** Only the patches that changed, for the client to draw. */
    OVERLAY
}
