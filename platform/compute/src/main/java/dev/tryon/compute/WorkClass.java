package dev.tryon.compute;

/** What kind of work the device does: how long it may wait, and what becomes of it meanwhile. */
public enum WorkClass {
    /** Frames of live sessions: expendable, the newest wins. */
    LIVE,
    /** Somebody waits for it, for seconds. */
    CAPTURE,
    /** Films and scans: done in the gaps, with a small share that is theirs. */
    BATCH
}
