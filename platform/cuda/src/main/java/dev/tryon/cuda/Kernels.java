package dev.tryon.cuda;

import dev.tryon.spi.Blender;
import dev.tryon.spi.Crop;
import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.Frame;
import dev.tryon.spi.TryOnException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The platform's own kernels on one device: each has a twin on the CPU that gives the same bits.
 *
 * <p>They run on a stream of their own, beside what PyTorch does. What is called here is done, not merely started, when the
 * call returns. Whatever the driver refuses is a {@link TryOnException} with {@link ErrorCode#MODEL_ERROR}. Thread-safe.
 */
public final class Kernels implements Blender, AutoCloseable {
    /** Of device memory: a dozen frames of 1280x720 at a time, with what is made of them. */
    private static final long MOST_BYTES = 128L << 20;

    private final Driver.Context context;
    private final DeviceBuffers buffers;
    private final DeviceSampler sampler;
    private final DeviceBlender blender;

    /** Loads them. @throws CudaFailure if the driver does not take them */
    Kernels(Driver.Context context, PinnedBuffers pinned) {
        this.context = context;
        this.buffers = new DeviceBuffers(context, MOST_BYTES);
        this.sampler = new DeviceSampler(context, pinned, buffers);
        this.blender = new DeviceBlender(context, pinned, buffers);
    }

    /**
     * Reads parts of a frame into device memory, as {@link dev.tryon.vision.Sampling#fill} does on the CPU.
     *
     * @param frame uploaded once
     * @param crops at least one
     * @param width of each as it is read, in its pixels
     * @param height of each as it is read, in its pixels
     * @return to be closed
     */
    public SampledCrops sample(Frame frame, List<Crop> crops, int width, int height) {
        if (crops.isEmpty() || width < 1 || height < 1) {
            throw new IllegalArgumentException("nothing to read: " + crops.size() + " of " + width + "x" + height);
        }
        return Refused.told(() -> sampler.sample(frame, crops, width, height, Runnable::run));
    }

    @Override
    public void blend(Frame onto, Frame above, ByteBuffer mask) {
        Refused.told(() -> {
            blender.blend(onto, above, mask, Runnable::run);
            return onto;
        });
    }

    /** Samples, and returns the nanoseconds that the device was at the kernel: without the copies. */
    public long timeSample(Frame frame, List<Crop> crops, int width, int height) {
        return Refused.told(() -> {
            var nanos = new AtomicLong();
            sampler.sample(frame, crops, width, height, launch -> nanos.set(context.time(launch)))
                    .close();
            return nanos.get();
        });
    }

    /** Blends, and returns the nanoseconds that the device was at the kernel: without the copies. */
    public long timeBlend(Frame onto, Frame above, ByteBuffer mask) {
        return Refused.told(() -> {
            var nanos = new AtomicLong();
            blender.blend(onto, above, mask, launch -> nanos.set(context.time(launch)));
            return nanos.get();
        });
    }

    /** Returns how many buffers of device memory are lent now. */
    public long lent() {
        return buffers.lent();
    }

    /** Frees their memory; no call may be under way. */
    @Override
    public void close() {
        blender.close();
        buffers.close();
    }
}
