package dev.tryon.compute;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.IntFunction;

/**
 * How a lane joins calls.
 *
 * <p>Few sizes of batches are run, and batches between them are filled up with zeros: cuDNN and TorchScript prepare each
 * size once, which is slow. Whether a batch is filled up or shortened to the size below is decided by the measured
 * curve: the choice with the least device time for each sample that somebody waits for.
 *
 * @param sizes that batches have, in samples, ascending from 1; the last is the largest
 * @param gather how long the first of a batch waits for others while the device is idle; zero to begin at once. A device
 *     that works gathers by itself
 * @param waiting calls at most that wait; who comes then waits for a place
 */
record LaneShape(List<Integer> sizes, Duration gather, int waiting) {
    /** Sizes that are close enough that at most a third of a batch is filled up. */
    private static final List<Integer> SPARSE = List.of(1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64);

    LaneShape {
        sizes = List.copyOf(sizes);
        for (int index = 0; index < sizes.size(); index++) {
            if (sizes.get(index) <= (index == 0 ? 0 : sizes.get(index - 1))) {
                throw new IllegalArgumentException("sizes of batches ascend: " + sizes);
            }
        }
        if (sizes.isEmpty() || sizes.getFirst() != 1 || gather.isNegative() || waiting < 1) {
            throw new IllegalArgumentException("a lane takes at least one call, and of one sample");
        }
    }

    /** Returns a lane for batches up to a size, in few sizes. */
    static LaneShape upTo(int maxBatch, Duration gather) {
        var sizes = SPARSE.stream().filter(size -> size < maxBatch).toList();
        return new LaneShape(
                java.util.stream.Stream.concat(sizes.stream(), java.util.stream.Stream.of(maxBatch))
                        .toList(),
                gather,
                8 * maxBatch);
    }

    /** Returns the samples of the largest batch. */
    int maxBatch() {
        return sizes.getLast();
    }

    /** Returns the size that a batch is filled up to; more than the largest stays as it is. */
    int filled(int samples) {
        return sizes.stream().filter(size -> size >= samples).findFirst().orElse(samples);
    }

    /**
     * Chooses how many of the waiting calls one run answers, the first always among them.
     *
     * @param calls samples of each call that waits, the oldest first, each at least 1
     * @param largest samples of a batch at most, at least 1, unless the first call alone has more
     * @param usualNanos device time of a size, where it is known
     * @return at least 1
     */
    int choose(List<Integer> calls, int largest, IntFunction<OptionalLong> usualNanos) {
        int fitting = 0;
        int samples = 0;
        while (fitting < calls.size()
                && (fitting == 0 || samples + calls.get(fitting) <= Math.min(largest, maxBatch()))) {
            samples += calls.get(fitting++);
        }
        int best = fitting;
        double least = Double.POSITIVE_INFINITY;
        for (int count = fitting; count > 0; count--) {
            var nanos = usualNanos.apply(filled(samples));
            if (nanos.isEmpty()) {
                // What was never measured is tried when it is the largest, and else left for when it is.
                if (count == fitting) {
                    return fitting;
                }
            } else if ((double) nanos.getAsLong() / samples < least) {
                least = (double) nanos.getAsLong() / samples;
                best = count;
            }
            samples -= calls.get(count - 1);
        }
        return best;
    }
}
