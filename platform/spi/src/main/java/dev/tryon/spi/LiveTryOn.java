package dev.tryon.spi;

/**
 * One session's try-on: what an engine remembers between the frames of one person.
 *
 * <p>Threads: calls on one try-on never overlap and each sees what the one before it wrote, but they come from
 * different threads. Try-ons of different sessions are called at the same time.
 */
public interface LiveTryOn extends AutoCloseable {
    /**
     * Puts the look on one frame.
     *
     * @param frame the camera picture, borrowed until the call returns
     * @param info when it was taken and where it stands in the stream
     * @return the outcome, which the caller closes
     * @throws TryOnException if the engine itself failed; a picture without a hand is an {@link Outcome.Rejected}
     */
    Outcome apply(Frame frame, FrameInfo info);

    /**
     * Changes what is tried on; what is known of the person stays.
     *
     * @param look the new look, already validated
     * @throws TryOnException with {@link ErrorCode#INVALID_LOOK}, the old look staying on
     */
    void wear(Look look);

    @Override
    void close();
}
