package dev.tryon.server;

import java.util.concurrent.atomic.AtomicInteger;

/** How many threads of one kind were left behind and have not come back. Thread-safe. */
final class HungThreads {
    /** Threads left behind at most: each holds pixels, and some still burn a core. */
    static final int MOST = 8;

    private final AtomicInteger count = new AtomicInteger();

    void oneMore() {
        count.incrementAndGet();
    }

    void cameBack() {
        count.decrementAndGet();
    }

    int count() {
        return count.get();
    }

    /** Returns whether so many hang that no more work is begun. */
    boolean areTooMany() {
        return count.get() >= MOST;
    }
}
