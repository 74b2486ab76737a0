package dev.tryon.models;

import java.util.List;

/**
 * A network that has been turned into TorchScript.
 *
 * @param archive what PyTorch loads; not to be changed
 * @param inputs in the order of the network's parameters
 * @param outputs in the order in which it gives them
 */
@SuppressWarnings("ArrayRecordComponent") // megabytes, handed on and never compared
public record ImportedNetwork(byte[] archive, List<Port> inputs, List<Port> outputs) {
    /** Copies the lists. */
    public ImportedNetwork {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /**
     * A tensor that goes in or comes out, float32.
     *
     * @param name its name in the published file
     * @param shape sizes along its axes, the batch of one first: {@code [1][channels][height][width]} for pictures
     */
    public record Port(String name, List<Integer> shape) {
        /** Copies the sizes. */
        public Port {
            shape = List.copyOf(shape);
        }
    }
}
