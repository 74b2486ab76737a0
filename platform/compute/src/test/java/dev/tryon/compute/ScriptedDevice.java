package dev.tryon.compute;

import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.Tensor;
import dev.tryon.spi.TryOnException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A device of the tests' own, with memory that runs out: every network takes its archive's length, and every run as much
 * as its inputs. Its networks double what they are given; numbers below zero they cannot take.
 */
final class ScriptedDevice implements Device {
    final AtomicLong usedBytes = new AtomicLong();
    final AtomicInteger loads = new AtomicInteger();
    final AtomicInteger runs = new AtomicInteger();
    final AtomicInteger open = new AtomicInteger();
    /** So many loads or runs to come have no memory, whatever there is. */
    final AtomicInteger failing = new AtomicInteger();
    /** Done at the beginning of each run. */
    volatile Runnable before = () -> {};

    private final long totalBytes;
    private final int maxBatch;

    ScriptedDevice(long totalBytes, int maxBatch) {
        this.totalBytes = totalBytes;
        this.maxBatch = maxBatch;
    }

    @Override
    public DeviceInfo info() {
        return new DeviceInfo(
                "gpu(0)",
                DeviceInfo.Kind.CUDA,
                "a script",
                2,
                maxBatch,
                Optional.of(new DeviceInfo.Memory(totalBytes, totalBytes - usedBytes.get())),
                Optional.empty());
    }

    @Override
    public Resident load(String name, byte[] archive) {
        take(archive.length);
        loads.incrementAndGet();
        open.incrementAndGet();
        return new Resident() {
            private boolean closed;

            @Override
            public List<Tensor> run(Inputs inputs) {
                if (closed) {
                    throw new IllegalStateException(name + " runs after it was closed");
                }
                runs.incrementAndGet();
                before.run();
                var outputs = new ArrayList<Tensor>();
                long bytes = inputs.tensors().stream()
                        .mapToLong(tensor -> tensor.bytes().capacity())
                        .sum();
                take(bytes);
                try {
                    inputs.tensors().forEach(tensor -> outputs.add(doubled(name, tensor)));
                } finally {
                    usedBytes.addAndGet(-bytes);
                }
                return outputs;
            }

            @Override
            public void close() {
                if (closed) {
                    throw new IllegalStateException(name + " is closed twice");
                }
                closed = true;
                usedBytes.addAndGet(-archive.length);
                open.decrementAndGet();
            }
        };
    }

    private void take(long bytes) {
        if (failing.getAndUpdate(count -> Math.max(0, count - 1)) > 0 || usedBytes.get() + bytes > totalBytes) {
            throw new DeviceMemoryException("the script says so");
        }
        usedBytes.addAndGet(bytes);
    }

    private static Tensor doubled(String name, Tensor tensor) {
        var output = Tensor.allocate(tensor.shape());
        for (int index = 0; index < tensor.values().capacity(); index++) {
            float value = tensor.values().get(index);
            if (value < 0) {
                throw new TryOnException(ErrorCode.MODEL_ERROR, "A network failed.", name + " takes nothing below 0");
            }
            output.values().put(index, 2 * value);
        }
        return output;
    }

    @Override
    public void trim() {
        // Keeps nothing.
    }

    @Override
    public Staging stage(int bytes) {
        open.incrementAndGet();
        var memory = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
        return new Staging() {
            @Override
            public ByteBuffer bytes() {
                return memory;
            }

            @Override
            public void close() {
                open.decrementAndGet();
            }
        };
    }

    @Override
    public int open() {
        return open.get();
    }

    @Override
    public void close() {
        // Nothing of its own.
    }
}
