package dev.tryon.compute;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import dev.tryon.spi.Crop;
import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.Frame;
import dev.tryon.spi.Network;
import dev.tryon.spi.Tensor;
import dev.tryon.spi.TryOnException;
import dev.tryon.vision.Sampling;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** One TorchScript network; direct buffers in, direct buffers out, native memory scoped to the call. */
final class TorchNetwork implements Network, AutoCloseable {
    private final String name;
    private final Model model;

    TorchNetwork(String name, Model model) {
        this.name = name;
        this.model = model;
    }

    @Override
    public List<Tensor> run(Tensor... inputs) {
        return run(scope -> {
            var arguments = new NDList(inputs.length);
            for (var input : inputs) {
                arguments.add(scope.create(input.bytes(), new Shape(input.shape()), DataType.FLOAT32));
            }
            return arguments;
        });
    }

    @Override
    public List<Tensor> run(Frame frame, List<Crop> crops, int width, int height) {
        if (crops.isEmpty()) {
            throw new IllegalArgumentException("a batch needs at least one part of the frame");
        }
        return run(scope -> {
            var shape = new Shape(crops.size(), Frame.CHANNELS, height, width);
            var batch = scope.create(shape, DataType.FLOAT32);
            // The array's own memory: what is sampled into it needs no copy.
            var tensor = new Tensor(batch.toByteBuffer(true).order(ByteOrder.nativeOrder()), shape.getShape());
            for (var index = 0; index < crops.size(); index++) {
                Sampling.fill(frame, crops.get(index), tensor, index);
            }
            return new NDList(batch);
        });
    }

    /** Runs on inputs that are made in the call's own scope. */
    private List<Tensor> run(Function<NDManager, NDList> inputs) {
        try (var scope = model.getNDManager().newSubManager()) {
            var results = model.getBlock().forward(new ParameterStore(scope, false), inputs.apply(scope), false);
            results.attach(scope);
            var outputs = new ArrayList<Tensor>(results.size());
            for (var result : results) {
                outputs.add(copy(result));
            }
            return outputs;
        } catch (RuntimeException failure) {
            throw new TryOnException(
                    ErrorCode.MODEL_ERROR, "A network failed on this picture.", name + " failed", failure);
        }
    }

    /** Copies out of native memory that ends with the call. */
    private static Tensor copy(NDArray result) {
        var tensor = Tensor.allocate(result.getShape().getShape());
        tensor.bytes().duplicate().put(result.toByteBuffer(true));
        return tensor;
    }

    @Override
    public void close() {
        model.close();
    }
}
