package dev.tryon.spi;

/**
 * One domain's way of trying something on, offered through {@link java.util.ServiceLoader}.
 *
 * <p>What an engine can do it says by the capability interfaces that it also implements: {@link LiveEngine},
 * {@link CaptureEngine}, {@link ScanEngine}, {@link AnalysisEngine}, {@link MaterialEngine}. The platform calls {@link
 * #info()} first, then {@link #start}, then {@link #selfTest}; an engine that throws from any of them is shown as failed with the reason,
 * and the others go on.
 *
 * <p>Threads: {@code start}, {@code selfTest} and {@code stop} are called once, never at the same time. What
 * capabilities promise they say themselves.
 */
public interface TryOnEngine {
    /** The version of this interface; an engine built for another one is refused with a clear reason. */
    int API_VERSION = 1;

    /** Returns the version of this interface that the engine was compiled against. */
    default int apiVersion() {
        return API_VERSION;
    }

    /** Returns who the engine is and what it offers; cheap, and the same at every call. */
    EngineInfo info();

    /**
     * Loads what the engine needs before it serves.
     *
     * @param context what the platform lends; valid until {@link #stop()}
     * @throws TryOnException if something that it cannot do without is missing
     */
    void start(EngineContext context);

    /**
     * Proves on a picture of the engine's own making that it works.
     *
     * @throws TryOnException with what failed
     */
    default void selfTest() {}

    /** Gives back everything that {@link #start} took; the platform has closed all try-ons before. */
    default void stop() {}
}
