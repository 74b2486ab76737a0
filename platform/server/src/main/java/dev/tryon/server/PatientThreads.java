package dev.tryon.server;

import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.TryOnException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Threads for what an engine does while a client waits, but not for ever: one platform thread each, and a few at a time.
 *
 * <p>A thread whose engine hangs is left behind and holds its place until the engine comes back: it holds up nobody's
 * upload, and other analyses only once every place is taken. Thread-safe.
 */
final class PatientThreads {
    private static final int PLACES = 4;
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final Semaphore places = new Semaphore(PLACES);
    private final Duration within;

    /** Makes it. @param within how long a client waits, for a place and for what is done there */
    PatientThreads(Duration within) {
        this.within = within;
    }

    /**
     * Does some work and waits for it.
     *
     * @param work what to do, which closes whatever it opens
     * @throws Refusal if no place becomes free in time
     * @throws TryOnException from the work, or because it takes too long
     */
    <R> R call(Callable<R> work) {
        var deadline = System.nanoTime() + within.toNanos();
        try {
            if (!places.tryAcquire(within.toNanos(), TimeUnit.NANOSECONDS)) {
                throw Problem.busy(RETRY).refusal();
            }
            var task = new FutureTask<>(() -> {
                try {
                    return work.call();
                } finally {
                    places.release();
                }
            });
            Thread.ofPlatform().name("analysis-pixels").daemon().start(task);
            return task.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            throw new TryOnException(
                    ErrorCode.PROCESSING_TIMEOUT,
                    LiveError.message(ErrorCode.PROCESSING_TIMEOUT),
                    "not done within " + within);
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof TryOnException expected) {
                throw expected;
            }
            throw new TryOnException(
                    ErrorCode.PROCESSING_FAILED,
                    LiveError.message(ErrorCode.PROCESSING_FAILED),
                    "the engine failed",
                    failure.getCause());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw Problem.busy(RETRY).refusal();
        }
    }
}
