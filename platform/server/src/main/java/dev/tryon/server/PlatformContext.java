package dev.tryon.server;

import dev.tryon.compute.NetworkLease;
import dev.tryon.models.PublishedNetworks;
import dev.tryon.spi.Blender;
import dev.tryon.spi.EngineContext;
import dev.tryon.spi.Network;
import dev.tryon.spi.Published;
import dev.tryon.spi.Tensor;
import java.time.InstantSource;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What the server lends one engine; its networks are given back when it is closed, after the engine's stop. */
final class PlatformContext implements EngineContext, AutoCloseable {
    private final LazyCompute compute;
    private final PublishedNetworks published;
    private final Map<String, String> settings;
    private final InstantSource clock;
    private final Queue<NetworkLease> networks = new ConcurrentLinkedQueue<>();

    PlatformContext(
            LazyCompute compute, PublishedNetworks published, Map<String, String> settings, InstantSource clock) {
        this.compute = compute;
        this.published = published;
        this.settings = Map.copyOf(settings);
        this.clock = clock;
    }

    @Override
    public Network network(String name, Source source, Tensor... examples) {
        var network = compute.get().load(name, source, examples);
        networks.add(network);
        return network;
    }

    @Override
    public Published published(String name) {
        return published.get(name, this::network);
    }

    @Override
    public Blender blender() {
        return compute.get().blender();
    }

    @Override
    public Map<String, String> settings() {
        return settings;
    }

    @Override
    public InstantSource clock() {
        return clock;
    }

    @Override
    public void close() {
        for (var network = networks.poll(); network != null; network = networks.poll()) {
            network.close();
        }
    }
}
