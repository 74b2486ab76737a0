package dev.tryon.compute;

import dev.tryon.spi.Crop;
import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.Frame;
import dev.tryon.spi.Network;
import dev.tryon.spi.Tensor;
import dev.tryon.spi.TryOnException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * One engine's hold on a network, which others may hold as well: it is unloaded when the last one lets go.
 *
 * <p>Thread-safe; a run under way when it is closed ends first.
 */
public final class NetworkLease implements Network, AutoCloseable {
    private final String name;
    private final Function<Inputs, List<Tensor>> network;
    private final Runnable release;
    private final AtomicBoolean closed = new AtomicBoolean();

    NetworkLease(String name, Function<Inputs, List<Tensor>> network, Runnable release) {
        this.name = name;
        this.network = network;
        this.release = release;
    }

    @Override
    public List<Tensor> run(Tensor... inputs) {
        return run(new Inputs.Numbers(List.of(inputs)));
    }

    @Override
    public List<Tensor> run(Frame frame, List<Crop> crops, int width, int height) {
        return run(new Inputs.Parts(frame, crops, width, height));
    }

    private List<Tensor> run(Inputs inputs) {
        if (closed.get()) {
            throw new TryOnException(ErrorCode.MODEL_ERROR, "The server is stopping.", name + " was given back");
        }
        return network.apply(inputs);
    }

    /** Gives it back; calls after the first do nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            release.run();
        }
    }
}
