package dev.tryon.spi;

import java.util.List;

/**
 * A loaded network. Thread-safe: an engine calls it as if it were alone, the platform joins what waits for the same
 * network and device.
 */
public interface Network {
    /**
     * Runs the network once.
     *
     * @param inputs in the order of the network's parameters, borrowed until the call returns
     * @return its outputs in order (a tuple is spread), in memory of their own
     * @throws TryOnException with {@link ErrorCode#MODEL_ERROR}
     */
    List<Tensor> run(Tensor... inputs);
}
