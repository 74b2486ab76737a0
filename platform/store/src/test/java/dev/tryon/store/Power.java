package dev.tryon.store;

import java.util.concurrent.atomic.AtomicInteger;

/** What a process runs on: it fails at a chosen step, and from then on for good. */
final class Power {
    private final AtomicInteger stepsLeft;
    private final AtomicInteger steps = new AtomicInteger();

    private Power(int stepsLeft) {
        this.stepsLeft = new AtomicInteger(stepsLeft);
    }

    static Power unfailing() {
        return new Power(Integer.MAX_VALUE);
    }

    static Power failingAfter(int steps) {
        return new Power(steps);
    }

    /** Says that something is about to reach the disk. */
    void step() {
        steps.incrementAndGet();
        if (stepsLeft.getAndDecrement() <= 0) {
            stepsLeft.set(0);
            throw new Cut();
        }
    }

    int steps() {
        return steps.get();
    }

    /** The process is gone: nothing in it may react to this. */
    static final class Cut extends Error {
        private static final long serialVersionUID = 1;
    }
}
