package dev.tryon.compute;

import org.jspecify.annotations.Nullable;

/** What the scheduler knows of one session. Not thread-safe. */
final class Place {
    private static final double MEMORY_NANOS = 2e9;

    final long id;
    final EngineLine line;
    /** When the last service began; orders {@link EngineLine#waiting}, so never changed while in it. */
    long servedNanos;
    /**
     * Services so far, each counting less the longer ago it is, as of the last; orders sessions that were served at the
     * same time, so never changed while in the line.
     */
    double services;
    /** When the last frame came, or the session. */
    long arrivedNanos;
    /** When the frame was received that waits or is served. */
    long receivedNanos;

    State state = State.IDLE;

    @Nullable
    Service service;

    /** Where a session stands. */
    enum State {
        IDLE(0),
        WAITING(1),
        IN_SERVICE(2),
        IN_SERVICE_AND_WAITING(3),
        /** In service for the last time. */
        LEAVING(4);

        private final long code;

        State(long code) {
            this.code = code;
        }

        /** Returns its number in traces. */
        long code() {
            return code;
        }

        static State of(long code) {
            for (var state : values()) {
                if (state.code == code) {
                    return state;
                }
            }
            throw new IllegalArgumentException("no state of a seat: " + code);
        }
    }

    /** Takes note of a service that begins. */
    void begin(Service service, long nowNanos) {
        this.service = service;
        services = 1 + services * Math.exp((servedNanos - nowNanos) / MEMORY_NANOS);
        servedNanos = nowNanos;
        state = State.IN_SERVICE;
    }

    Place(long id, EngineLine line, long nowNanos) {
        this.id = id;
        this.line = line;
        this.servedNanos = nowNanos;
        this.arrivedNanos = nowNanos;
    }
}
