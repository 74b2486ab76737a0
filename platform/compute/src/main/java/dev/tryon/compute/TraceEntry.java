package dev.tryon.compute;

import java.util.List;

/**
 * One thing that happened to the scheduler, or one decision of it; in order, they tell a run so that it can be repeated.
 *
 * @param atNanos on the scheduler's clock
 * @param kind what
 * @param id of the seat or turn; 0 where there is none
 * @param name the engine; empty where there is none
 * @param numbers what else there is, by kind
 */
public record TraceEntry(long atNanos, Kind kind, long id, String name, List<Long> numbers) {
    /** Copies the list. */
    public TraceEntry {
        numbers = List.copyOf(numbers);
    }

    /** What happened, or was decided. */
    public enum Kind {
        /** An engine is thought to cost this: nanoseconds a group, nanoseconds a frame. */
        EXPECTED,
        /** A session came. */
        JOINED,
        /** A session's frame came: when it was received. */
        ARRIVED,
        /** A session left. */
        LEFT,
        /** A turn wants a step: 0 for capture and 1 for batch work, when it is due. */
        ASKED,
        /** A turn is over. */
        WITHDRAWN,
        /** A session's frame was served, or answered unserved. */
        SERVED,
        /** A turn's step ended. */
        STEPPED,
        /** Decided: the frames of these seats are served together. */
        SERVE,
        /** Decided: this turn has a step. */
        STEP,
        /** Decided: the frames of these seats expired. */
        EXPIRE,
        /** Decided: the frames of these seats are dropped, for their engine rests. */
        REFUSE,
        /** Decided: to wait until this moment. */
        WAIT
    }
}
