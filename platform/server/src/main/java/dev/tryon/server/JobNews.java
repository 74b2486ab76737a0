package dev.tryon.server;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tells those on this node who wait for jobs that something happened to one; what happens on other nodes is found by
 * looking again before long. Thread-safe.
 */
final class JobNews {
    /** How long nobody looks for what another node has done. */
    private static final Duration LONGEST = Duration.ofMillis(250);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private long number;

    /** A job changed. */
    void changed() {
        lock.lock();
        try {
            number++;
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns how often something has changed: to be asked before looking, so that nothing is missed. */
    long number() {
        lock.lock();
        try {
            return number;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until something has changed or it is time to look again.
     *
     * @param seen the number before the last look
     * @param patience at most so long
     */
    void await(long seen, Duration patience) {
        var nanos = Math.min(patience.toNanos(), LONGEST.toNanos());
        lock.lock();
        try {
            while (number == seen && nanos > 0) {
                nanos = news.awaitNanos(nanos);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
