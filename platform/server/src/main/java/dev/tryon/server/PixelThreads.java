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
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads that work on pixels while a client waits, but not for ever: platform threads, one a call and a few at a time,
 * since natives would pin the virtual threads that requests come on. What comes on top of a short queue is refused.
 *
 * <p>A thread that takes too long is left behind, and its place is given to others, so that an engine that hangs holds up
 * nobody else. Only once {@link #MOST_HUNG} threads hang, further work is refused until one comes back. Thread-safe.
 */
final class PixelThreads implements AutoCloseable {
    /** Threads left behind at most: each holds pixels, and some still burn a core. */
    static final int MOST_HUNG = 8;

    private static final int QUEUE = 16;
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration LAST_WORK = Duration.ofSeconds(10);
    private static final Logger LOG = LoggerFactory.getLogger(PixelThreads.class);

    private final String name;
    private final int count;
    private final Semaphore places;
    private final Duration within;
    private final AtomicInteger hung = new AtomicInteger();

    /**
     * Makes them.
     *
     * @param name of the threads
     * @param count how many work at a time
     * @param within how long a client waits, for a place and for what is done there
     */
    PixelThreads(String name, int count, Duration within) {
        this.name = name;
        this.count = count;
        this.places = new Semaphore(count, true);
        this.within = within;
    }

    /**
     * Does some work and waits for it.
     *
     * @param work what to do; what it gives is closed, if it can be, should nobody wait for it any more
     * @throws Refusal if too much waits already, or no place becomes free in time
     * @throws TryOnException from the work, or because it takes too long
     */
    <R> R call(Callable<R> work) {
        var deadline = System.nanoTime() + within.toNanos();
        if (hung.get() >= MOST_HUNG || places.getQueueLength() >= QUEUE) {
            throw Problem.busy(RETRY).refusal();
        }
        try {
            if (!places.tryAcquire(within.toNanos(), TimeUnit.NANOSECONDS)) {
                throw Problem.busy(RETRY).refusal();
            }
            var place = new Place();
            var task = new FutureTask<>(() -> place.hold(work));
            Thread.ofPlatform().name(name).daemon().start(task);
            try {
                return task.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException _) {
                if (place.leave()) {
                    throw new TryOnException(
                            ErrorCode.PROCESSING_TIMEOUT,
                            LiveError.message(ErrorCode.PROCESSING_TIMEOUT),
                            "not done within " + within);
                }
                return task.get();
            }
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof TryOnException expected) {
                throw expected;
            }
            throw new TryOnException(
                    ErrorCode.PROCESSING_FAILED,
                    LiveError.message(ErrorCode.PROCESSING_FAILED),
                    "work on pixels failed",
                    failure.getCause());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw Problem.busy(RETRY).refusal();
        }
    }

    /** The place of one call: its thread gives it back, or whoever waited takes it away. */
    private final class Place {
        private boolean done;
        private boolean left;

        <R> R hold(Callable<R> work) throws Exception {
            try {
                var made = work.call();
                if (done() && made instanceof AutoCloseable unwanted) {
                    unwanted.close();
                }
                return made;
            } finally {
                done();
            }
        }

        /** Returns whether nobody waits any more. */
        private synchronized boolean done() {
            if (!done) {
                done = true;
                if (left) {
                    hung.decrementAndGet();
                } else {
                    places.release();
                }
            }
            return left;
        }

        /** Leaves the thread behind. @return false if it is done after all */
        synchronized boolean leave() {
            if (!done) {
                left = true;
                hung.incrementAndGet();
                places.release();
            }
            return left;
        }
    }

    /** Ends, after the work under way: what it uses is closed next. */
    @Override
    public void close() {
        try {
            if (!places.tryAcquire(count, LAST_WORK.toNanos(), TimeUnit.NANOSECONDS)) {
                LOG.warn("a request still works on pixels while the server stops");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
