package dev.tryon.fabric;

import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.Progress;
import dev.tryon.spi.TryOnException;

/** Work done in steps, whose number is about known: reports each, and ends the work once nobody wants it. One thread. */
final class Steps {
    private final Progress progress;
    private final int expected;
    private int done;

    /** Makes them. @param expected how many there will be, about */
    Steps(Progress progress, int expected) {
        this.progress = progress;
        this.expected = expected;
    }

    /** Returns steps that nobody watches. */
    static Steps unwatched() {
        return new Steps(Progress.UNWATCHED, 1);
    }

    /**
     * Ends a step.
     *
     * @throws TryOnException if the work is not wanted any more
     */
    void next() {
        if (progress.canceled()) {
            throw new TryOnException(
                    ErrorCode.PROCESSING_FAILED, "The work was cancelled.", "a material was not wanted any more");
        }
        done++;
        progress.report(Math.min(1, (double) done / expected));
    }
}
