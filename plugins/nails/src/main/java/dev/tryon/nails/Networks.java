package dev.tryon.nails;

import dev.tryon.spi.EngineContext;
import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.Network;
import dev.tryon.spi.Tensor;
import dev.tryon.spi.TryOnException;
import java.io.IOException;

/**
 * The engine's two networks, trained by this project (see the model card). Thread-safe.
 *
 * @param finder float32[1][3][H][W], RGB 0..1, H and W multiples of 32 → float32[1][3][H/4][W/4]: probability of a
 *     nail's middle, its size in input pixels, probability of the mask
 * @param refiner float32[N][3][96][96], RGB 0..1 → mask float32[N][1][96][96]; facts float32[N][3]: probability that
 *     a nail is there, cosine and sine of the direction from cuticle to tip, x right and y down
 */
record Networks(Network finder, Network refiner) {
    /** Nails of one hand: the batch that is met most. */
    private static final int HAND = 5;

    /** Loads both from the module. */
    static Networks load(EngineContext context) {
        return new Networks(
                context.network(
                        "nails-finder",
                        source("/dev/tryon/nails/finder.pt"),
                        Tensor.allocate(1, 3, 320, NailFinder.LONG_SIDE)),
                context.network(
                        "nails-refiner",
                        source("/dev/tryon/nails/refiner.pt"),
                        Tensor.allocate(HAND, 3, Region.SIDE, Region.SIDE)));
    }

    private static EngineContext.Source source(String path) {
        return () -> {
            var stream = Networks.class.getResourceAsStream(path);
            if (stream == null) {
                throw new IOException("not in the module: " + path);
            }
            return stream;
        };
    }

    /** Returns the failure of an engine that was not started. */
    static TryOnException missing() {
        return new TryOnException(
                ErrorCode.MODEL_ERROR, "Nails are not ready yet.", "the nails engine was used before it was started");
    }
}
