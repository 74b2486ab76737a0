package dev.tryon.compute;

/**
 * What a device can do at a time.
 *
 * @param slots things it does side by side, at least 1: as many as cores for a CPU, 2 for a GPU, so that one group is
 *     prepared while another computes
 * @param maxBatch live frames of one engine in one slot at most, at least 1; 1 for a CPU
 */
public record DeviceShape(int slots, int maxBatch) {
    /** Checks the numbers. */
    public DeviceShape {
        if (slots < 1 || slots > 1024 || maxBatch < 1 || maxBatch > 1024) {
            throw new IllegalArgumentException(slots + " slots, batches of " + maxBatch);
        }
    }
}
