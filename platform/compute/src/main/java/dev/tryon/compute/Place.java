package dev.tryon.compute;

import org.jspecify.annotations.Nullable;

/** What the scheduler knows of one session. Not thread-safe. */
final class Place {
    final long id;
    final EngineLine line;
    /** When the last service began; orders {@link EngineLine#waiting}, so never changed while in it. */
    long servedNanos;
    /** When the last frame came, or the session. */
    long arrivedNanos;
    /** When the frame was received that waits or is served. */
    long receivedNanos;

    State state = State.IDLE;

    @Nullable
    Service service;

    /** Where a session stands. */
    enum State {
        IDLE,
        WAITING,
        IN_SERVICE,
        IN_SERVICE_AND_WAITING,
        /** In service for the last time. */
        LEAVING
    }

    Place(long id, EngineLine line, long nowNanos) {
        this.id = id;
        this.line = line;
        this.servedNanos = nowNanos;
        this.arrivedNanos = nowNanos;
    }
}
