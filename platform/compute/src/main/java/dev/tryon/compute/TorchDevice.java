package dev.tryon.compute;

import ai.djl.MalformedModelException;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.pytorch.jni.JniUtils;
import dev.tryon.spi.Blender;
import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.TryOnException;
import dev.tryon.vision.Blending;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * The CPU or a GPU through DJL's PyTorch engine.
 *
 * <p>On the CPU networks have one intra-op thread: two are fast on an idle machine and collapse when other work runs, so
 * parallelism is across frames. Threads: as {@link Device} says.
 */
final class TorchDevice implements Device {
    /** How PyTorch and the libraries under it say that memory does not suffice; DJL passes their words on and nothing else. */
    private static final List<String> OUT_OF_MEMORY = List.of(
            "CUDA out of memory",
            "CUDA error: out of memory",
            "CUDNN_STATUS_ALLOC_FAILED",
            "CUBLAS_STATUS_ALLOC_FAILED",
            "CUDNN_STATUS_INTERNAL_ERROR_HOST_ALLOCATION_FAILED",
            "can't allocate memory: you tried to allocate",
            "not enough memory: you tried to allocate");

    private final Engine engine;
    private final ai.djl.Device device;
    private final Supplier<DeviceInfo> info;
    private final IntFunction<Staging> staging;
    private final Function<Inputs.Parts, Optional<Placed>> placing;
    private final Blender blender;
    private final Runnable release;
    private final AtomicInteger open = new AtomicInteger();

    private TorchDevice(
            Engine engine,
            ai.djl.Device device,
            Supplier<DeviceInfo> info,
            IntFunction<Staging> staging,
            Function<Inputs.Parts, Optional<Placed>> placing,
            Blender blender,
            Runnable release) {
        this.engine = engine;
        this.device = device;
        this.info = info;
        this.staging = staging;
        this.placing = placing;
        this.blender = blender;
        this.release = release;
    }

    /** Starts the library. */
    static Engine start() {
        // DJL reads its settings from system properties, once, when the engine is first asked for.
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("ai.djl.pytorch.num_threads", "1");
        System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
        try {
            return Engine.getEngine("PyTorch");
        } catch (EngineException | LinkageError failure) {
            throw new TryOnException(
                    ErrorCode.MODEL_ERROR, "The server cannot run networks.", "PyTorch natives do not load", failure);
        }
    }

    /** Opens the CPU. */
    static TorchDevice cpu(Engine engine, DeviceInfo info) {
        return new TorchDevice(
                engine, ai.djl.Device.cpu(), () -> info, OnHost::new, _ -> Optional.empty(), Blending::mix, () -> {});
    }

    /**
     * Opens a GPU.
     *
     * @param index as the driver counts
     * @param info reads what it is, its free memory among it
     * @param gpu lends page-locked memory; closed with this
     */
    static TorchDevice gpu(Engine engine, int index, Supplier<DeviceInfo> info, Gpus.Gpu gpu) {
        return new TorchDevice(
                engine, ai.djl.Device.gpu(index), info, gpu::pinned, gpu::place, gpu.blender(), gpu::close);
    }

    /** Says whether a failure of the library means that memory did not suffice. */
    static boolean outOfMemory(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            var message = cause.getMessage();
            if (message != null && OUT_OF_MEMORY.stream().anyMatch(message::contains)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public DeviceInfo info() {
        return info.get();
    }

    @Override
    public TorchNetwork load(String name, byte[] archive) {
        var model = engine.newModel(name, device);
        try {
            // A frozen network keeps its weights as constants, which only this option brings to a GPU.
            model.load(new ByteArrayInputStream(archive), Map.of("mapLocation", "true"));
            // DJL makes an empty folder for every network it loads from memory.
            Files.deleteIfExists(model.getModelPath());
        } catch (IOException | MalformedModelException | RuntimeException failure) {
            model.close();
            if (outOfMemory(failure)) {
                throw new DeviceMemoryException("no memory to load " + name, failure);
            }
            throw new TryOnException(
                    ErrorCode.MODEL_ERROR, "A network could not be loaded.", "cannot load " + name, failure);
        }
        return new TorchNetwork(name, model, open);
    }

    @Override
    public void trim() {
        if (device.isGpu()) {
            JniUtils.emptyCudaCache();
        }
    }

    @Override
    public Staging stage(int bytes) {
        var lent = staging.apply(bytes);
        open.incrementAndGet();
        return new Staging() {
            @Override
            public ByteBuffer bytes() {
                return lent.bytes();
            }

            @Override
            public void close() {
                lent.close();
                open.decrementAndGet();
            }
        };
    }

    @Override
    public Optional<Placed> place(Inputs.Parts parts) {
        return placing.apply(parts);
    }

    @Override
    public Blender blender() {
        return blender;
    }

    @Override
    public int open() {
        return open.get();
    }

    @Override
    public void close() {
        // The library itself lives as long as the process.
        release.run();
    }

    /** Ordinary direct memory. */
    private record OnHost(ByteBuffer bytes) implements Staging {
        OnHost(int size) {
            this(ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder()));
        }

        @Override
        public void close() {
            // The garbage collector's.
        }
    }
}
