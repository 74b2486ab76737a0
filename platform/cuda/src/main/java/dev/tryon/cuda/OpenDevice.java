package dev.tryon.cuda;

import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.TryOnException;

/**
 * A device whose primary context is retained: its free memory and the host memory to copy through. Thread-safe.
 */
public final class OpenDevice implements AutoCloseable {
    /** Two dozen frames of 1280x720 on their way up. */
    private static final long MOST_PINNED_BYTES = 64L << 20;

    private final CudaDevice device;
    private final Driver.Context context;
    private final PinnedBuffers pinned;

    private OpenDevice(CudaDevice device, Driver.Context context) {
        this.device = device;
        this.context = context;
        this.pinned = new PinnedBuffers(context, MOST_PINNED_BYTES);
    }

    static OpenDevice of(CudaDevice device, Driver driver) {
        try {
            return new OpenDevice(device, driver.retain(device.index()));
        } catch (CudaFailure refused) {
            throw failure(device, refused);
        }
    }

    /** Returns what the driver says of it. */
    public CudaDevice device() {
        return device;
    }

    /**
     * Returns the bytes of device memory that are free, whoever uses the rest.
     *
     * @throws TryOnException with {@link ErrorCode#MODEL_ERROR} if the driver refuses
     */
    public long freeBytes() {
        try {
            return context.freeBytes();
        } catch (CudaFailure refused) {
            throw failure(device, refused);
        }
    }

    /** Returns the host memory to copy through. */
    public PinnedBuffers pinned() {
        return pinned;
    }

    private static TryOnException failure(CudaDevice device, CudaFailure refused) {
        return new TryOnException(
                ErrorCode.MODEL_ERROR, "The server's graphics device failed.", "gpu(" + device.index() + ")", refused);
    }

    /** Releases the context, and with it what this project put on the device. */
    @Override
    public void close() {
        pinned.close();
        context.close();
    }
}
