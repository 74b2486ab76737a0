package dev.tryon.compute;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The one frame a session is waiting to have served.
 *
 * <p>A newer frame replaces an unserved older one: a slow device then shows the present instead of a growing past. One
 * frame waits, one is in service; that is the whole flow rule (compare MediaPipe's flow limiter).
 *
 * <p>Thread-safe: one connection offers, any worker takes.
 *
 * @param <T> what waits: a frame, encoded still
 */
public final class FrameSlot<T> {
    private final AtomicReference<@Nullable T> waiting = new AtomicReference<>();

    /**
     * Puts a frame in the slot, which owns it from then on.
     *
     * @param newest the frame just received
     * @return the unserved frame it replaced, for the caller to answer {@code skipped}
     */
    public Optional<T> offer(T newest) {
        return Optional.ofNullable(waiting.getAndSet(newest));
    }

    /** Takes the waiting frame, if there is one. */
    public Optional<T> take() {
        return Optional.ofNullable(waiting.getAndSet(null));
    }
}
