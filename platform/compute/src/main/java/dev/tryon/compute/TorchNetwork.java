package dev.tryon.compute;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.Frame;
import dev.tryon.spi.Tensor;
import dev.tryon.spi.TryOnException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** One TorchScript network on a device; direct buffers in, direct buffers out, native memory scoped to the call. */
final class TorchNetwork implements Device.Resident {
    private final String name;
    private final Model model;
    private final AtomicInteger open;

    /** Wraps a loaded model, which is counted among what is open until it is closed. */
    TorchNetwork(String name, Model model, AtomicInteger open) {
        this.name = name;
        this.model = model;
        this.open = open;
        open.incrementAndGet();
    }

    @Override
    public List<Tensor> run(Inputs inputs) {
        open.incrementAndGet();
        try (var scope = model.getNDManager().newSubManager()) {
            var results = model.getBlock().forward(new ParameterStore(scope, false), arguments(inputs, scope), false);
            results.attach(scope);
            var outputs = new ArrayList<Tensor>(results.size());
            for (var result : results) {
                outputs.add(copy(result));
            }
            return outputs;
        } catch (RuntimeException failure) {
            if (TorchDevice.outOfMemory(failure)) {
                throw new DeviceMemoryException("no memory for " + name + ": " + failure.getMessage(), failure);
            }
            throw new TryOnException(
                    ErrorCode.MODEL_ERROR, "A network failed on this picture.", name + " failed", failure);
        } finally {
            open.decrementAndGet();
        }
    }

    private static NDList arguments(Inputs inputs, NDManager scope) {
        if (inputs instanceof Inputs.Parts parts && !scope.getDevice().isGpu()) {
            var shape = new Shape(parts.samples(), Frame.CHANNELS, parts.height(), parts.width());
            var batch = scope.create(shape, DataType.FLOAT32);
            // The array's own memory: what is sampled into it needs no copy.
            parts.fill(new Tensor(batch.toByteBuffer(true).order(ByteOrder.nativeOrder()), shape.getShape()));
            return new NDList(batch);
        }
        if (inputs instanceof Inputs.OnDevice placed) {
            var batch = scope.zeros(new Shape(placed.samples(), Frame.CHANNELS, placed.height(), placed.width()));
            placed.copyTo(TorchMemory.address(batch));
            return new NDList(batch);
        }
        var arguments = new NDList();
        for (var tensor : inputs.tensors()) {
            // On the CPU the array is a view of the buffer; on a GPU this call copies, and returns when it has.
            arguments.add(scope.create(tensor.bytes(), new Shape(tensor.shape()), DataType.FLOAT32));
        }
        return arguments;
    }

    /** Copies out of native memory that ends with the call; from a GPU, when it has finished. */
    private static Tensor copy(NDArray result) {
        var numbers = result.getDataType() == DataType.FLOAT32 ? result : result.toType(DataType.FLOAT32, false);
        var tensor = Tensor.allocate(numbers.getShape().getShape());
        tensor.bytes().duplicate().put(numbers.toByteBuffer(true));
        return tensor;
    }

    /** Returns how many tensors and scopes the model holds on to: the same after any number of runs. */
    int held() {
        return model.getNDManager().getManagedArrays().size();
    }

    @Override
    public void close() {
        model.close();
        open.decrementAndGet();
    }
}
