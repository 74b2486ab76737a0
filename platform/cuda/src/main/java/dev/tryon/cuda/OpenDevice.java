package dev.tryon.cuda;

import dev.tryon.spi.Blender;
import dev.tryon.spi.Crop;
import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.Frame;
import dev.tryon.spi.TryOnException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Supplier;

/**
 * A device whose primary context is retained, with the platform's own kernels loaded.
 *
 * <p>Thread-safe. What is called here is done, not merely started, when the call returns. Whatever the driver refuses is a
 * {@link TryOnException} with {@link ErrorCode#MODEL_ERROR}; after that the device may or may not be of further use.
 */
public final class OpenDevice implements Blender, AutoCloseable {
    /** Two dozen frames of 1280x720 on their way up. */
    private static final long MOST_PINNED_BYTES = 64L << 20;

    private final CudaDevice device;
    private final Driver.Context context;
    private final PinnedBuffers pinned;
    private final Scratch scratch;
    private final DeviceSampler sampler;
    private final DeviceBlender blender;

    private OpenDevice(CudaDevice device, Driver.Context context) {
        this.device = device;
        this.context = context;
        this.pinned = new PinnedBuffers(context, MOST_PINNED_BYTES);
        this.scratch = new Scratch(context);
        this.sampler = new DeviceSampler(context, pinned, scratch);
        this.blender = new DeviceBlender(context, pinned, scratch);
    }

    static OpenDevice of(CudaDevice device, Driver driver) {
        return told(device, () -> {
            var context = driver.retain(device.index());
            try {
                return new OpenDevice(device, context);
            } catch (RuntimeException failure) {
                context.close();
                throw failure;
            }
        });
    }

    /** Returns what the driver says of it. */
    public CudaDevice device() {
        return device;
    }

    /** Returns the bytes of device memory that are free, whoever uses the rest. */
    public long freeBytes() {
        return told(device, context::freeBytes);
    }

    /** Returns the host memory that everything is copied through, for its counters. */
    public PinnedBuffers pinned() {
        return pinned;
    }

    /**
     * Reads parts of a frame into a batch in device memory, as {@link dev.tryon.vision.Sampling#fill} does on the CPU, bit for
     * bit.
     *
     * @param frame uploaded once
     * @param crops the batch's items in order, at least one
     * @param batch address of {@code float32[crops][3][height][width]}, RGB 0..1, in this device's memory
     * @param width of an item, in its pixels
     * @param height of an item, in its pixels
     */
    public void sample(Frame frame, List<Crop> crops, long batch, int width, int height) {
        if (crops.isEmpty() || width < 1 || height < 1) {
            throw new IllegalArgumentException("nothing to read: " + crops.size() + " of " + width + "x" + height);
        }
        told(device, () -> {
            sampler.fill(frame, crops, batch, width, height);
            return batch;
        });
    }

    @Override
    public void blend(Frame onto, Frame above, ByteBuffer mask) {
        told(device, () -> {
            blender.blend(onto, above, mask);
            return onto;
        });
    }

    private static <T> T told(CudaDevice device, Supplier<T> calls) {
        try {
            return calls.get();
        } catch (CudaFailure refused) {
            throw new TryOnException(
                    ErrorCode.MODEL_ERROR,
                    "The server's graphics device failed.",
                    "gpu(" + device.index() + "): " + refused.getMessage(),
                    refused);
        }
    }

    /** Releases the context, and with it what this project put on the device. No call may be under way. */
    @Override
    public void close() {
        told(device, () -> {
            blender.close();
            scratch.close();
            pinned.close();
            context.close();
            return device;
        });
    }
}
