package dev.tryon.models;

import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.TryOnException;

/** Says no to a network's file: {@link ErrorCode#MODEL_ERROR} with a reason for the log. */
final class Refusal {
    private static final String USER_MESSAGE = "A network could not be loaded.";

    private Refusal() {}

    /** Makes the exception. @param reason what of the file, continuing "the network cannot be imported: " */
    static TryOnException of(String reason) {
        return new TryOnException(ErrorCode.MODEL_ERROR, USER_MESSAGE, "the network cannot be imported: " + reason);
    }
}
