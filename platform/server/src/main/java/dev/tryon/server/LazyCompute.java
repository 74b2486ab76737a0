package dev.tryon.server;

import dev.tryon.compute.Compute;
import dev.tryon.compute.ComputeSettings;
import dev.tryon.compute.DeviceAbsentException;
import dev.tryon.compute.DeviceChoice;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tensor library, loaded when the first engine asks for a network: a server without one needs no natives of it. But a GPU
 * that was asked for by its number is looked for at once, so that a server that cannot have it does not start.
 */
final class LazyCompute implements AutoCloseable {
    private final ComputeSettings settings;
    private @Nullable Compute compute;

    /**
     * Waits for the first engine.
     *
     * @throws SettingsException if a certain GPU shall be used and cannot
     */
    LazyCompute(ComputeSettings settings) {
        this.settings = settings;
        if (settings.device() instanceof DeviceChoice.Gpu) {
            try {
                get();
            } catch (DeviceAbsentException failure) {
                throw new SettingsException("compute.device: " + failure.getMessage(), failure);
            }
        }
    }

    synchronized Compute get() {
        var opened = compute;
        if (opened == null) {
            opened = Compute.open(settings, System::nanoTime);
            compute = opened;
        }
        return opened;
    }

    /** Returns the library if any engine has asked for it. */
    synchronized Optional<Compute> opened() {
        return Optional.ofNullable(compute);
    }

    @Override
    public synchronized void close() {
        if (compute != null) {
            compute.close();
            compute = null;
        }
    }
}
