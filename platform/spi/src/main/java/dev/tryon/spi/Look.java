package dev.tryon.spi;

import java.util.Optional;

/**
 * What is tried on: options, complete and validated, and perhaps a picture to take the look from.
 *
 * @param item the catalogue item it began as
 * @param options every option of the engine
 * @param reference a picture that the person brought, borrowed until the call it is passed to returns
 */
public record Look(Optional<String> item, Options options, Optional<Frame> reference) {
    /** Returns a look of options alone. */
    public static Look of(Options options) {
        return new Look(Optional.empty(), options, Optional.empty());
    }
}
