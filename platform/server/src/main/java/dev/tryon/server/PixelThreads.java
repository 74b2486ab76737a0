package dev.tryon.server;

import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.TryOnException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that works on pixels for requests: uploads are decoded and try-ons opened here, never on the virtual threads
 * that requests come on, which natives would pin. What comes on top of a short queue is refused. Thread-safe.
 */
final class PixelThreads implements AutoCloseable {
    private static final int QUEUE = 16;
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration LAST_WORK = Duration.ofSeconds(10);
    private static final Logger LOG = LoggerFactory.getLogger(PixelThreads.class);

    private final ThreadPoolExecutor executor = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(QUEUE),
            Thread.ofPlatform().name("request-pixels").daemon().factory());

    /**
     * Does some work and waits for it.
     *
     * @throws Refusal if too much waits already
     * @throws TryOnException from the work
     */
    <R> R call(Callable<R> work) {
        try {
            return executor.submit(work).get();
        } catch (RejectedExecutionException _) {
            throw Problem.busy(RETRY).refusal();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof TryOnException expected) {
                throw expected;
            }
            throw new TryOnException(
                    ErrorCode.PROCESSING_FAILED, "The picture could not be processed.", "request failed", failure);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw Problem.busy(RETRY).refusal();
        }
    }

    /** Ends, after the work under way: what it uses is closed next. */
    @Override
    public void close() {
        executor.shutdownNow();
        try {
            if (!executor.awaitTermination(LAST_WORK.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("a request still works on pixels while the server stops");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
