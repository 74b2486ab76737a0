package dev.tryon.compute;

import ai.djl.MalformedModelException;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import dev.tryon.spi.EngineContext;
import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.Network;
import dev.tryon.spi.Tensor;
import dev.tryon.spi.TryOnException;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TorchScript networks through DJL's PyTorch engine, on the CPU.
 *
 * <p>One intra-op thread: two are fast on an idle machine and collapse when other work runs, so parallelism is across
 * frames. Several frames may run the same network at a time. Thread-safe.
 */
public final class TorchCompute implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TorchCompute.class);
    /** First calls are slow (the executor profiles, then compiles); by the fourth the time is steady. */
    private static final int WARM_UP_RUNS = 4;

    private final Engine engine;
    private final Queue<TorchNetwork> networks = new ConcurrentLinkedQueue<>();

    private TorchCompute(Engine engine) {
        this.engine = engine;
    }

    /**
     * Starts the engine.
     *
     * @throws TryOnException with {@link ErrorCode#MODEL_ERROR} if its natives cannot be loaded
     */
    public static TorchCompute open() {
        // DJL reads its settings from system properties, once, when the engine is first asked for.
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("ai.djl.pytorch.num_threads", "1");
        System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
        try {
            var engine = Engine.getEngine("PyTorch");
            LOG.info("networks run on the CPU: PyTorch {}", engine.getVersion());
            return new TorchCompute(engine);
        } catch (EngineException | LinkageError failure) {
            throw new TryOnException(
                    ErrorCode.MODEL_ERROR, "The server cannot run networks.", "PyTorch natives do not load", failure);
        }
    }

    /** Returns what networks run on. */
    public DeviceInfo device() {
        return new DeviceInfo(
                "cpu",
                "PyTorch " + engine.getVersion() + ", one thread a frame",
                Runtime.getRuntime().availableProcessors());
    }

    /**
     * Loads a network and warms it up.
     *
     * @param name for messages
     * @param source opens the TorchScript archive
     * @param examples inputs like the ones to come
     * @return the network, closed with this
     * @throws TryOnException with {@link ErrorCode#MODEL_ERROR}
     */
    public Network load(String name, EngineContext.Source source, Tensor... examples) {
        var model = engine.newModel(name, engine.defaultDevice());
        try (var stream = source.open()) {
            model.load(stream);
        } catch (IOException | MalformedModelException | RuntimeException failure) {
            model.close();
            throw new TryOnException(
                    ErrorCode.MODEL_ERROR, "A network could not be loaded.", "cannot load " + name, failure);
        }
        var network = new TorchNetwork(name, model);
        networks.add(network);
        for (int run = 0; run < WARM_UP_RUNS && examples.length > 0; run++) {
            network.run(examples);
        }
        return network;
    }

    /** Unloads every network; none may be running. */
    @Override
    public void close() {
        for (var network = networks.poll(); network != null; network = networks.poll()) {
            network.close();
        }
    }
}
