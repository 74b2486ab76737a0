package dev.tryon.server;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does something again and again on a thread of its own, until it is closed. */
final class Sweeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    /** Starts. @param pause between the end of one run and the start of the next */
    Sweeper(Runnable action, Duration pause) {
        this.thread = Thread.ofPlatform().name("sweeper").daemon().start(() -> run(action, pause));
    }

    private void run(Runnable action, Duration pause) {
        try {
            while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    action.run();
                } catch (RuntimeException failure) {
                    // A run that fails must not be the last.
                    LOG.error("a sweep failed", failure);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    boolean isRunning() {
        return thread.isAlive();
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
