package dev.tryon.spi;

/** An engine that dresses one picture at its best quality, in seconds rather than milliseconds. */
public interface CaptureEngine extends TryOnEngine {
    /**
     * Puts a look on one picture. Thread-safe.
     *
     * @param picture the person, borrowed until the call returns
     * @param look what to try on, already validated
     * @param progress told how far the work is; asked whether it is still wanted
     * @return the outcome, which the caller closes
     * @throws TryOnException if the engine failed or the work was cancelled
     */
    Outcome capture(Frame picture, Look look, Progress progress);
}
