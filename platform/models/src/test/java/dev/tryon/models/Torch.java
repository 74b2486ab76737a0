package dev.tryon.models;

import ai.djl.MalformedModelException;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import dev.tryon.spi.Tensor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Runs archives in PyTorch itself, with one thread, as the platform does. */
final class Torch {
    static {
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("ai.djl.pytorch.num_threads", "1");
        System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    }

    private Torch() {}

    /** Runs a network as often as there are lists of inputs. @return the outputs of each run */
    static List<List<Tensor>> runs(byte[] archive, List<List<Tensor>> inputs) {
        var engine = Engine.getEngine("PyTorch");
        try (var model = engine.newModel("imported", engine.defaultDevice());
                var scope = model.getNDManager().newSubManager()) {
            model.load(new ByteArrayInputStream(archive));
            var runs = new ArrayList<List<Tensor>>();
            for (var tensors : inputs) {
                var arguments = new NDList();
                tensors.forEach(tensor ->
                        arguments.add(scope.create(tensor.bytes(), new Shape(tensor.shape()), DataType.FLOAT32)));
                var results = model.getBlock().forward(new ParameterStore(scope, false), arguments, false);
                results.attach(scope);
                var outputs = new ArrayList<Tensor>();
                for (var result : results) {
                    var tensor = Tensor.allocate(result.getShape().getShape());
                    tensor.bytes().duplicate().put(result.toByteBuffer(true));
                    outputs.add(tensor);
                }
                runs.add(outputs);
            }
            return runs;
        } catch (IOException | MalformedModelException failure) {
            throw new UncheckedIOException(new IOException("PyTorch does not load it", failure));
        }
    }

    /** Runs a network once. */
    static List<Tensor> run(byte[] archive, Tensor... inputs) {
        return runs(archive, List.of(List.of(inputs))).getFirst();
    }
}
