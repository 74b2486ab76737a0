package dev.tryon.compute;

/**
 * Work that runs on a thread of its own, but only while the device is its own: capture and batch work in steps.
 *
 * <p>One thread calls {@link #next}; any thread may {@link #close}.
 */
public interface Turn extends AutoCloseable {
    /**
     * Ends the step under way, if there is one, and waits until the device is granted for another. A step should take 25
     * ms at most, since nothing interrupts it. Returns at once when the turn is closed or the scheduler ends: the work may
     * then go on, or stop, as it likes.
     */
    void next();

    /**
     * Gives the device back for good, whoever holds it: the slot is free at once even if a step hangs. Whoever waits in
     * {@link #next} returns from it.
     */
    @Override
    void close();
}
