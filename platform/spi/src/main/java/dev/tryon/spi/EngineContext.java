package dev.tryon.spi;

import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.Map;

/** What the platform lends an engine from {@link TryOnEngine#start} to {@link TryOnEngine#stop}. Thread-safe. */
public interface EngineContext {
    /**
     * Loads a TorchScript network onto the device of the platform's choice and warms it up.
     *
     * @param name for metrics and messages
     * @param source opens the TorchScript archive
     * @param examples inputs like the ones to come, run a few times before the call returns
     * @return the network, closed by the platform after the engine's {@code stop}
     * @throws TryOnException with {@link ErrorCode#MODEL_ERROR}
     */
    Network network(String name, Source source, Tensor... examples);

    /**
     * Lends a network that others have published: its file is verified by hash, imported, tested and warmed up.
     *
     * @param name as {@code ./tryon models list} shows it
     * @return the network, or why it cannot be had; a name that is not in the list is missing as well
     */
    Published published(String name);

    /** Returns what lays one picture over another through a mask, in linear light: on the device where there is one. */
    Blender blender();

    /** Returns the engine's own settings, {@code engines.ID.*} of the configuration, by the name after the id. */
    Map<String, String> settings();

    /** Returns the clock to take wall time from. */
    InstantSource clock();

    /** Opens bytes that may be read more than once. */
    @FunctionalInterface
    interface Source {
        /** Opens them from the start; the caller closes the stream. */
        InputStream open() throws IOException;
    }
}
