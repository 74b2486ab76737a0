package dev.tryon.compute;

import java.time.Duration;
import java.util.Set;

/**
 * How networks are run.
 *
 * @param device that they shall run on
 * @param maxBatch samples that a GPU runs at a time at most, 1 to 64
 * @param joinWithin how long the first call of a batch waits for others on an idle GPU
 * @param pinned names of networks that stay in a GPU's memory
 * @param reserveBytes of a GPU's memory that no network is given: the driver's, the libraries', the kernels'
 * @param residence how long a network stays in a GPU's memory at least
 * @param quarantine how long a network is kept away that the memory did not suffice for
 */
public record ComputeSettings(
        DeviceChoice device,
        int maxBatch,
        Duration joinWithin,
        Set<String> pinned,
        long reserveBytes,
        Duration residence,
        Duration quarantine) {
    /** As the server comes: any GPU, else the CPU. */
    public static final ComputeSettings DEFAULT = new ComputeSettings(
            new DeviceChoice.Auto(),
            32,
            Duration.ofMillis(1),
            Set.of(),
            1L << 30,
            Duration.ofSeconds(10),
            Duration.ofSeconds(30));

    /** Checks the numbers. */
    public ComputeSettings {
        if (maxBatch < 1 || maxBatch > 64) {
            throw new IllegalArgumentException("a batch has 1 to 64 samples, not " + maxBatch);
        }
        if (joinWithin.isNegative() || residence.isNegative() || quarantine.isNegative() || reserveBytes < 0) {
            throw new IllegalArgumentException("neither time nor memory is less than nothing");
        }
        pinned = Set.copyOf(pinned);
    }
}
