package dev.tryon.server;

import dev.tryon.compute.TorchCompute;
import org.jspecify.annotations.Nullable;

/** The tensor library, loaded when the first engine asks for a network: a server without one needs no natives of it. */
final class LazyCompute implements AutoCloseable {
    private @Nullable TorchCompute compute;

    synchronized TorchCompute get() {
        var opened = compute;
        if (opened == null) {
            opened = TorchCompute.open();
            compute = opened;
        }
        return opened;
    }

    @Override
    public synchronized void close() {
        if (compute != null) {
            compute.close();
            compute = null;
        }
    }
}
