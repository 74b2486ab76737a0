package dev.tryon.compute;

import java.util.List;

/** What a device does next. */
public sealed interface Decision {
    /**
     * The frames of these sessions are served together, in one slot; {@link Scheduler#served} is told of each.
     *
     * @param seats at least one, the stalest first
     */
    record ServeLive(String engine, List<Long> seats) implements Decision {
        /** Copies the list. */
        public ServeLive {
            seats = List.copyOf(seats);
        }
    }

    /** This turn has a slot for a step; {@link Scheduler#stepped} is told when it ends. */
    record Step(long turn, WorkClass workClass) implements Decision {}

    /** The frames of these sessions are answered unserved, at no cost; {@link Scheduler#served} is told of each. */
    record Skip(List<Long> seats, Drop reason) implements Decision {
        /** Copies the list. */
        public Skip {
            seats = List.copyOf(seats);
        }
    }

    /** Nothing can be done before something happens, or before this moment. @param untilNanos on the scheduler's clock */
    record Wait(long untilNanos) implements Decision {}
}
