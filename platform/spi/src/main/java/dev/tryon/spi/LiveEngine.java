package dev.tryon.spi;

/** An engine that can be worn live, frame after frame. */
public interface LiveEngine extends TryOnEngine {
    /**
     * Opens the engine's state for one session.
     *
     * @param look what to try on, already validated against {@link EngineInfo#options()}
     * @return a try-on that the caller closes
     * @throws TryOnException with {@link ErrorCode#INVALID_LOOK} if the look cannot be worn (an unusable reference)
     */
    LiveTryOn open(Look look);
}
