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

    /**
     * Runs a network of one input, {@code float32[batch][3][height][width]}, RGB 0..1, on parts of a frame: the platform
     * makes the batch where the network lives, so that only the frame's bytes travel there.
     *
     * @param frame borrowed until the call returns
     * @param crops the batch's items in order, at least one; each is sampled bilinearly, and averaged over areas when it
     *     shrinks by more than 1.6
     * @param width of an item, in tensor pixels
     * @param height of an item, in tensor pixels
     * @return its outputs in order (a tuple is spread), in memory of their own
     * @throws TryOnException with {@link ErrorCode#MODEL_ERROR}
     */
    List<Tensor> run(Frame frame, List<Crop> crops, int width, int height);
}
