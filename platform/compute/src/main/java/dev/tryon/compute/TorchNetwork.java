package dev.tryon.compute;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.Network;
import dev.tryon.spi.Tensor;
import dev.tryon.spi.TryOnException;
import java.util.ArrayList;
import java.util.List;

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
        try (var scope = model.getNDManager().newSubManager()) {
            var arguments = new NDList(inputs.length);
            for (var input : inputs) {
                arguments.add(scope.create(input.bytes(), new Shape(input.shape()), DataType.FLOAT32));
            }
            var results = model.getBlock().forward(new ParameterStore(scope, false), arguments, false);
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
