package dev.tryon.compute;

/**
 * What an engine is thought to cost before it is measured: a group of n frames takes {@code fixedNanos + n × frameNanos}
 * (l(b) = α + βb in Nexus, SOSP 2019).
 *
 * @param fixedNanos per group, at least 0
 * @param frameNanos per frame, at least 1
 */
public record CostGuess(long fixedNanos, long frameNanos) {
    /** Checks the numbers. */
    public CostGuess {
        if (fixedNanos < 0 || frameNanos < 1) {
            throw new IllegalArgumentException("fixed " + fixedNanos + " ns, a frame " + frameNanos + " ns");
        }
    }

    /** Returns the guess for a group of so many frames, in nanoseconds. */
    public long nanos(int frames) {
        return fixedNanos + frames * frameNanos;
    }
}
