package dev.tryon.nails;

import dev.tryon.compute.Compute;
import dev.tryon.spi.Blender;
import dev.tryon.spi.EngineContext;
import dev.tryon.spi.Network;
import dev.tryon.spi.Published;
import dev.tryon.spi.Tensor;
import java.time.InstantSource;
import java.util.Map;

/** The platform as far as a test needs it: real networks, no settings. */
final class TestCompute implements EngineContext, AutoCloseable {
    private final Compute compute = Compute.open();

    @Override
    public Network network(String name, Source source, Tensor... examples) {
        return compute.load(name, source, examples);
    }

    @Override
    public Published published(String name) {
        return new Published.Missing("tests of this engine use networks of its own alone");
    }

    @Override
    public Blender blender() {
        return compute.blender();
    }

    @Override
    public Map<String, String> settings() {
        return Map.of();
    }

    @Override
    public InstantSource clock() {
        return InstantSource.system();
    }

    @Override
    public void close() {
        compute.close();
    }
}
