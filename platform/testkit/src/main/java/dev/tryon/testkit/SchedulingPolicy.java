package dev.tryon.testkit;

import dev.tryon.compute.Decision;
import dev.tryon.compute.WorkClass;
import java.util.List;

/** A rule of who is served next, as the simulator asks for it. Moments are nanoseconds of the simulated clock. */
interface SchedulingPolicy {
    /** Returns whether a session's older frames still wait when a newer one comes; otherwise the newest replaces them. */
    boolean keepsEveryFrame();

    /** A session comes. */
    void join(long seat, String engine, long now);

    /** A session's frame comes. */
    void arrive(long seat, long received, long now);

    /** A group has been served. */
    void groupEnded(List<Long> seats, long now);

    /** Frames have been answered unserved. */
    void skipped(List<Long> seats, long now);

    /** A turn wants a step. */
    void ask(long turn, WorkClass workClass, String engine, long due, long now);

    /** A turn's step has ended. */
    void stepped(long turn, long now);

    /** A turn wants no more. */
    void withdraw(long turn, long now);

    /** Decides. */
    Decision next(long now);

    /** Returns the rate that a session is advised, in frames a second. */
    double advised(long seat);
}
