package dev.tryon.compute;

/** One session's place with the scheduler. Thread-safe. */
public interface Seat extends AutoCloseable {
    /**
     * Says that a frame waits, the session's newest; cheap, from any thread, as often as one likes.
     *
     * @param receivedNanos when its last byte came, on the scheduler's clock
     */
    void ready(long receivedNanos);

    /** Returns the rate at which frames of this session are served in time, in frames a second; what a client is advised. */
    double promisedFramesPerSecond();

    /** Leaves for good, after the service under way, if there is one, has ended. Not to be called from within it. */
    @Override
    void close();
}
