package dev.tryon.compute;

import java.util.Optional;

/**
 * A device that networks run on, as it stands now.
 *
 * @param id {@code cpu}, or {@code gpu(0)} and so on
 * @param kind what it is
 * @param name for people: the driver's name of a GPU, the library's of the CPU
 * @param slots things that it does at a time, at least 1
 * @param maxBatch samples that one run of a network takes at most, at least 1; 1 where calls are not joined
 * @param memory empty where nobody counts it, as on the CPU
 * @param fallback why this is no GPU though one would have been taken; empty if this is what was asked for
 */
public record DeviceInfo(
        String id,
        Kind kind,
        String name,
        int slots,
        int maxBatch,
        Optional<Memory> memory,
        Optional<String> fallback) {
    /** What a device is. */
    public enum Kind {
        /** The machine's own processor. */
        CPU,
        /** A GPU of NVIDIA's. */
        CUDA
    }

    /**
     * A device's memory in bytes.
     *
     * @param free of it, for anybody on the machine
     */
    public record Memory(long total, long free) {
        /** Checks the numbers. */
        public Memory {
            if (free < 0 || total < free) {
                throw new IllegalArgumentException("of " + total + " bytes " + free + " cannot be free");
            }
        }
    }

    /** Checks the numbers. */
    public DeviceInfo {
        if (slots < 1 || maxBatch < 1) {
            throw new IllegalArgumentException("a device has slots and takes batches of at least 1");
        }
    }
}
