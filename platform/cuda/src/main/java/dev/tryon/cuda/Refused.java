package dev.tryon.cuda;

import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.TryOnException;
import java.util.function.Supplier;

/** What the driver refuses, as the rest of the house is told of it. */
final class Refused {
    private Refused() {}

    /** Makes calls. @throws TryOnException with {@link ErrorCode#MODEL_ERROR} if the driver refuses one */
    static <T> T told(Supplier<T> calls) {
        try {
            return calls.get();
        } catch (CudaFailure refused) {
            throw new TryOnException(
                    ErrorCode.MODEL_ERROR,
                    "The server's graphics device failed.",
                    String.valueOf(refused.getMessage()),
                    refused);
        }
    }
}
