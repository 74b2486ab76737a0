package dev.tryon.server;

import dev.tryon.spi.Progress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Lets live frames go before the frames of a film: between two of them it waits while live ones wait, but never more than
 * four times as long as the frame took, so that a film comes to its end however much is going on.
 *
 * <p>One thread at a time.
 */
final class Courtesy implements Progress {
    private static final int MOST = 4;
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final Progress progress;
    private final BooleanSupplier liveWaits;
    private long begunNanos = System.nanoTime();

    /** Makes one. @param liveWaits tells whether a live frame waits to be served */
    Courtesy(Progress progress, BooleanSupplier liveWaits) {
        this.progress = progress;
        this.liveWaits = liveWaits;
    }

    /** Tells how much is done, and lets live frames go first before the next step. */
    @Override
    public void report(double done) {
        progress.report(done);
        var now = System.nanoTime();
        var end = now + MOST * (now - begunNanos);
        while (liveWaits.getAsBoolean() && System.nanoTime() < end && !canceled()) {
            LockSupport.parkNanos(STEP_NANOS);
        }
        begunNanos = System.nanoTime();
    }

    @Override
    public boolean canceled() {
        return progress.canceled();
    }
}
