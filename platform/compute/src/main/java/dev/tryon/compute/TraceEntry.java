package dev.tryon.compute;

import java.util.List;

/**
 * One thing that happened to the scheduler, one decision of it, or a part of what it knew at first. In order, they tell a
 * run so that {@link TraceReplay} can repeat it. Nothing in them is about a person: seats and turns are counted from 1.
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

    /** What happened, was decided or was known. */
    public enum Kind {
        /** Known at first: the device's shape and the settings. */
        SETTINGS(Part.CHECKPOINT),
        /** Known at first: an engine is thought to cost this: nanoseconds a group, nanoseconds a frame. */
        EXPECTED(Part.CHECKPOINT),
        /** Known at first: what was promised, and when rates were looked at. */
        PLAN(Part.CHECKPOINT),
        /** Known at first: an engine in use. */
        LINE(Part.CHECKPOINT),
        /** Known at first: what groups of a size cost: size, how many, when last, the samples. */
        COSTS(Part.CHECKPOINT),
        /** Known at first: what captures (1) or batch work (2) had coming. */
        SHARE(Part.CHECKPOINT),
        /** Known at first: what an engine's steps and turns take. */
        STEPS(Part.CHECKPOINT),
        /** Known at first: what a slot was busy with. */
        SERVICE(Part.CHECKPOINT),
        /** Known at first: a session. */
        SEAT(Part.CHECKPOINT),
        /** Known at first: a turn. */
        TURN(Part.CHECKPOINT),

        /** An engine is thought to cost this: nanoseconds a group, nanoseconds a frame. */
        GUESSED(Part.EVENT),
        /** A session came. */
        JOINED(Part.EVENT),
        /** A session's frame came: when it was received. */
        ARRIVED(Part.EVENT),
        /** A session left. */
        LEFT(Part.EVENT),
        /** A turn wants a step: 1 for capture and 2 for batch work, when it is due. */
        ASKED(Part.EVENT),
        /** A turn is over. */
        WITHDRAWN(Part.EVENT),
        /** A session's frame was served, or answered unserved. */
        SERVED(Part.EVENT),
        /** A turn's step ended. */
        STEPPED(Part.EVENT),

        /** Decided: the frames of these seats are served together. */
        SERVE(Part.DECISION),
        /** Decided: this turn has a step. */
        STEP(Part.DECISION),
        /** Decided: the frames of these seats expired. */
        EXPIRE(Part.DECISION),
        /** Decided: the frames of these seats are dropped, for their engine rests. */
        REFUSE(Part.DECISION),
        /** Decided: to wait until this moment. */
        WAIT(Part.DECISION);

        private final Part part;

        Kind(Part part) {
            this.part = part;
        }

        /** Returns whether it tells what the scheduler knew at first. */
        boolean isCheckpoint() {
            return part == Part.CHECKPOINT;
        }

        /** Returns whether it is a decision. */
        public boolean isDecision() {
            return part == Part.DECISION;
        }

        private enum Part {
            CHECKPOINT,
            EVENT,
            DECISION
        }
    }
}
