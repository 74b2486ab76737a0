package dev.tryon.compute;

/**
 * What is done with a session's newest frame. Both methods take it from the session's {@link FrameSlot}, where it may have
 * been replaced, or taken, by then; neither runs while the other, or itself, runs for the same seat.
 */
public interface LiveService {
    /** Serves the frame and answers it; runs on a pixel worker. */
    void serve();

    /**
     * Answers the frame without having served it; runs on the scheduler's own thread and must not take long.
     *
     * @param reason why
     */
    void drop(Drop reason);
}
