package dev.tryon.cuda;

import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.TryOnException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A device whose primary context is retained: its memory, and the platform's own kernels.
 *
 * <p>Thread-safe. Whatever the driver refuses is a {@link TryOnException} with {@link ErrorCode#MODEL_ERROR}.
 */
public final class OpenDevice implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OpenDevice.class);
    /** Two dozen frames of 1280x720 on their way up. */
    private static final long MOST_PINNED_BYTES = 64L << 20;

    private final CudaDevice device;
    private final Driver.Context context;
    private final PinnedBuffers pinned;
    private final Optional<Kernels> kernels;

    private OpenDevice(CudaDevice device, Driver.Context context) {
        this.device = device;
        this.context = context;
        this.pinned = new PinnedBuffers(context, MOST_PINNED_BYTES);
        this.kernels = kernels(device, context, pinned);
    }

    static OpenDevice of(CudaDevice device, Driver driver) {
        return Refused.told(() -> new OpenDevice(device, driver.retain(device.index())));
    }

    private static Optional<Kernels> kernels(CudaDevice device, Driver.Context context, PinnedBuffers pinned) {
        try {
            return Optional.of(new Kernels(context, pinned));
        } catch (CudaFailure refused) {
            LOG.warn(
                    "gpu({}) does not take the platform's own kernels, whose twins run on the CPU instead: {}",
                    device.index(),
                    refused.getMessage());
            return Optional.empty();
        }
    }

    /** Returns what the driver says of it. */
    public CudaDevice device() {
        return device;
    }

    /** Returns the bytes of device memory that are free, whoever uses the rest. */
    public long freeBytes() {
        return Refused.told(context::freeBytes);
    }

    /** Returns page-locked memory of the host to copy through. */
    public PinnedBuffers pinned() {
        return pinned;
    }

    /** Returns the platform's own kernels; empty if the driver does not take them, which the log then told. */
    public Optional<Kernels> kernels() {
        return kernels;
    }

    /** Releases the context, and with it what this project put on the device. No call may be under way. */
    @Override
    public void close() {
        Refused.told(() -> {
            kernels.ifPresent(Kernels::close);
            pinned.close();
            context.close();
            return device;
        });
    }
}
