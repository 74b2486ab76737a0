package dev.tryon.server;

import dev.tryon.models.PublishedNetworks;
import dev.tryon.spi.EngineContext;
import dev.tryon.spi.Network;
import dev.tryon.spi.Published;
import dev.tryon.spi.Tensor;
import java.time.InstantSource;
import java.util.Map;

/** What the server lends one engine. */
record PlatformContext(
        LazyCompute compute, PublishedNetworks networks, Map<String, String> settings, InstantSource clock)
        implements EngineContext {
    /** Copies the settings. */
    PlatformContext {
        settings = Map.copyOf(settings);
    }

    @Override
    public Network network(String name, Source source, Tensor... examples) {
        return compute.get().load(name, source, examples);
    }

    @Override
    public Published published(String name) {
        return networks.get(name);
    }
}
