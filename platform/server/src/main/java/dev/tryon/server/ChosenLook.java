package dev.tryon.server;

import dev.tryon.spi.Frame;
import dev.tryon.spi.Look;
import dev.tryon.spi.Options;
import dev.tryon.vision.FrameCodec;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A look as somebody chose it, complete and validated; its reference is not read yet.
 *
 * @param item the catalogue item it began as
 * @param options every option of the engine
 * @param reference the picture to take the look from
 */
record ChosenLook(Optional<String> item, Options options, Optional<Reference> reference) {
    /** An upload to take the look from. @param content reads the encoded picture, which may wait for the store */
    record Reference(UUID id, Supplier<ByteBuffer> content) {}

    /** A look whose reference is in memory, so that handing it over waits for nothing. */
    record Fetched(ChosenLook look, Optional<ByteBuffer> content) {
        /**
         * Hands the look to an engine, with the reference decoded for as long as the call takes. For pixel threads.
         *
         * @throws dev.tryon.spi.TryOnException if the reference cannot be decoded, or from the engine
         */
        <R> R handTo(FrameCodec codec, Function<Look, R> engine) {
            if (content.isEmpty()) {
                return engine.apply(new Look(look.item, look.options, Optional.empty()));
            }
            try (Frame frame = codec.decodeUpload(content.get().duplicate())) {
                return engine.apply(new Look(look.item, look.options, Optional.of(frame)));
            }
        }
    }

    /**
     * Reads the reference, if there is one: only when the look is about to be worn.
     *
     * @throws dev.tryon.store.StoreException if it cannot be read
     */
    Fetched fetch() {
        return new Fetched(this, reference.map(upload -> upload.content().get()));
    }

    /** Returns the look in force, every option spelt out. */
    JsonObjectBuilder toJson() {
        var json = Json.createObjectBuilder();
        item.ifPresent(id -> json.add("item", id));
        reference.ifPresent(upload -> json.add("reference", upload.id().toString()));
        return json.add("options", EngineJson.options(options.values()));
    }
}
