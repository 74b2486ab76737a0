package dev.tryon.cuda;

import dev.tryon.spi.Frame;
import dev.tryon.spi.Tensor;

/**
 * Parts of a frame that were read into device memory: {@code float32[crops][3][height][width]}, RGB 0..1, until it is closed.
 *
 * <p>Threads: one at a time.
 */
public final class SampledCrops implements AutoCloseable {
    private final Driver.Context context;
    private final SizedPool.Loan<Long> memory;
    private final int count;
    private final int width;
    private final int height;

    SampledCrops(Driver.Context context, SizedPool.Loan<Long> memory, int count, int width, int height) {
        this.context = context;
        this.memory = memory;
        this.count = count;
        this.width = width;
        this.height = height;
    }

    /** Returns how many there are. */
    public int count() {
        return count;
    }

    /**
     * Starts to copy some of them to another place of the device's memory, in order with what PyTorch does there; they are
     * in use until PyTorch has waited for its own next result.
     *
     * @param first of them, from 0
     * @param address in the memory of the device that they are on
     * @throws dev.tryon.spi.TryOnException with {@link dev.tryon.spi.ErrorCode#MODEL_ERROR} if the driver refuses
     */
    public void copyTo(long address, int first, int some) {
        if (first < 0 || some < 1 || first + some > count) {
            throw new IllegalArgumentException(some + " from " + first + " are not among " + count);
        }
        Refused.told(() -> {
            var itemBytes = (long) Float.BYTES * Frame.CHANNELS * width * height;
            context.copy(address, memory.memory() + first * itemBytes, some * itemBytes);
            return address;
        });
    }

    /** Copies all of them to the host: for tests and benchmarks. */
    public Tensor read() {
        return Refused.told(() -> {
            var tensor = Tensor.allocate(count, Frame.CHANNELS, height, width);
            context.download(tensor.bytes(), memory.memory(), tensor.bytes().capacity());
            context.await();
            return tensor;
        });
    }

    @Override
    public void close() {
        memory.close();
    }
}
