package dev.tryon.compute;

/** What kind of work the device does: how long it may wait, and what becomes of it meanwhile. */
public enum WorkClass {
    /** Frames of live sessions: expendable, the newest wins. */
    LIVE(0),
    /** Somebody waits for it, for seconds. */
    CAPTURE(1),
    /** Films and scans: done in the gaps, with a small share that is theirs. */
    BATCH(2);

    private final long code;

    WorkClass(long code) {
        this.code = code;
    }

    /** Returns its number in traces. */
    long code() {
        return code;
    }

    /** Returns the class of this number. @throws IllegalArgumentException if there is none */
    static WorkClass of(long code) {
        for (var workClass : values()) {
            if (workClass.code == code) {
                return workClass;
            }
        }
        throw new IllegalArgumentException("no class of work: " + code);
    }
}
