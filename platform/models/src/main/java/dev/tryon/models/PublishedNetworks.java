package dev.tryon.models;

import dev.tryon.models.ModelStatus.Use;
import dev.tryon.spi.EngineContext;
import dev.tryon.spi.Network;
import dev.tryon.spi.Published;
import dev.tryon.spi.Tensor;
import dev.tryon.spi.TryOnException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lends published networks to engines, verified and tested.
 *
 * <p>What cannot be lent is logged and shown, and looked for anew at the next call, so that an operator may bring it
 * meanwhile. The loader shares what is loaded already, and closes what it has loaded. Thread-safe; who asks at the same time
 * waits.
 */
public final class PublishedNetworks {
    private static final Logger LOG = LoggerFactory.getLogger(PublishedNetworks.class);

    private final ModelStore store;
    private final LongSupplier nanos;
    private final Map<String, Use> uses = new HashMap<>();

    /** What puts a TorchScript network on a device. */
    @FunctionalInterface
    public interface Loader {
        /**
         * Loads a network and warms it up.
         *
         * @param source opens the archive, checked anew each time
         * @throws TryOnException if it cannot be loaded or run
         */
        Network load(String name, EngineContext.Source source, Tensor... examples);
    }

    /** Makes one. @param nanos a monotonic clock, for the self-test */
    public PublishedNetworks(ModelStore store, LongSupplier nanos) {
        this.store = store;
        this.nanos = nanos;
    }

    /** Lends a network, or tells why it cannot be lent. @param loader on behalf of the engine that asks */
    public synchronized Published get(String name, Loader loader) {
        try {
            var entry = store.list().entry(name);
            var test = new SelfTest(entry, nanos);
            // Told before the loader speaks of a failure of its own.
            store.torchScript(entry);
            var network = loader.load(name, () -> archive(entry), test.examples());
            var call = test.run(network);
            uses.put(name, new Use.Lent(call));
            LOG.info("network {} is ready, {} ms a call", name, call.toNanos() / 1e6);
            return new Published.Ready(network);
        } catch (ModelException | TryOnException failure) {
            var reason = "the network " + name + ": " + failure.getMessage();
            uses.put(name, new Use.Refused(reason));
            LOG.warn("{}", reason);
            return new Published.Missing(reason);
        }
    }

    /** What was whole at the start may have been damaged when a device asks for it again. */
    private ByteArrayInputStream archive(ModelEntry entry) throws IOException {
        try {
            return new ByteArrayInputStream(store.torchScript(entry));
        } catch (ModelException failure) {
            throw new IOException(failure.getMessage(), failure);
        }
    }

    /** Returns how every network of the list stands, in the list's order. */
    public synchronized List<ModelStatus> statuses() {
        return store.list().entries().stream()
                .map(entry -> new ModelStatus(
                        entry.name(),
                        entry.licence().spdx(),
                        entry.file().bytes(),
                        store.seemsPresent(entry),
                        uses.getOrDefault(entry.name(), new Use.Unused())))
                .toList();
    }
}
