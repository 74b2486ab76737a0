package dev.tryon.models;

import dev.tryon.spi.TryOnException;
import java.util.List;

/** One operation while it is translated: its operands, and the script that it is written into. */
record Call(Graph graph, Constants constants, Script script, Values values, Graph.Operation operation) {
    boolean present(int operand) {
        return operand < operation.inputs().size() && operation.inputs().get(operand) != Graph.ABSENT;
    }

    boolean constant(int operand) {
        return constants.has(input(operand));
    }

    /** Returns the index of the tensor that an operand is. */
    int input(int operand) {
        if (!present(operand)) {
            throw refuse("has too few operands");
        }
        return operation.inputs().get(operand);
    }

    Shape shape(int operand) {
        return graph.tensors().get(input(operand)).shape();
    }

    /** Returns the shape of an operand that must be a batch of pictures. */
    Shape picture(int operand) {
        var shape = shape(operand);
        if (!shape.isPicture()) {
            throw refuse("takes a tensor of four axes, not " + shape);
        }
        return shape;
    }

    /** Returns the numbers of a constant operand, in the file's order. */
    float[] floats(int operand) {
        requireConstant(operand);
        return constants.floats(input(operand));
    }

    /** Returns the numbers of a constant operand of sizes or axes. */
    List<Integer> integers(int operand) {
        requireConstant(operand);
        return constants.integers(input(operand));
    }

    /** Returns how the script calls an operand; a constant is taken along when it is first asked for. */
    String operand(int operand) {
        return tensor(input(operand));
    }

    /** Returns how the script calls a tensor. */
    String tensor(int tensor) {
        if (values.name(tensor).isEmpty()) {
            var shape = graph.tensors().get(tensor).shape();
            if (constants.has(tensor)) {
                values.name(tensor, script.weights(shape.toTorch(constants.floats(tensor)), shape.torch()));
            } else {
                var zeros = values.padded(tensor).orElseThrow(() -> refuse("needs a tensor before it is computed"));
                values.name(tensor, Shaping.padded(this, zeros));
            }
        }
        return values.name(tensor).orElseThrow();
    }

    /** Takes constant numbers along in TorchScript's order, such as weights of a convolution. */
    String weights(float[] numbers, Integer... sizes) {
        return script.weights(numbers, List.of(sizes));
    }

    /** Writes an expression with its arguments filled in. @return the name of what it gives */
    @SuppressWarnings("AnnotateFormatMethod") // the patterns are tables of operators; tests fill every one
    String let(String expression, Object... arguments) {
        return script.let(expression.formatted(arguments));
    }

    /** Names the operation's only or first result. @param shape what the operation makes, which must be what the file says */
    void give(String name, Shape shape) {
        give(0, name, shape);
    }

    /** As {@link #give(String, Shape)}, where the result has memory of its own, so that the next operation may overwrite it. */
    void giveOwned(String name, Shape shape) {
        give(name, shape);
        values.own(result(0));
    }

    /** Names one of the operation's results. */
    void give(int result, String name, Shape shape) {
        expect(result, shape);
        values.name(result(result), name);
    }

    /** Puts a padding with zeros off until it is read. */
    void giveLater(Values.Padded zeros, Shape shape) {
        expect(0, shape);
        values.putOff(result(0), zeros);
    }

    /** Returns the index of the tensor that a result is. */
    int result(int result) {
        if (result >= operation.outputs().size()) {
            throw refuse("has too few results");
        }
        return operation.outputs().get(result);
    }

    /** Puts the activation that the file fused to an operation behind it, over it. @param field of the operation's options */
    String activated(String name, int field) {
        var activation = operation.small(field, 0);
        return switch (activation) {
            case 0 -> name;
            case 1 -> let("torch.relu_(%s)", name);
            case 2 -> let("torch.hardtanh_(%s, -1., 1.)", name);
            case 3 -> let("torch.hardtanh_(%s, 0., 6.)", name);
            case 4 -> let("torch.tanh_(%s)", name);
            default -> throw refuse("has an activation that is not known here, number " + activation);
        };
    }

    /** Returns the operation that computes an operand. */
    Graph.Operation maker(int operand) {
        return graph.operations().stream()
                .filter(candidate -> candidate.outputs().contains(input(operand)))
                .findFirst()
                .orElseThrow(() -> refuse("takes what no operation computes"));
    }

    TryOnException refuse(String reason) {
        return Refusal.of(operation.name() + " " + reason);
    }

    private void expect(int result, Shape shape) {
        var said = graph.tensors().get(result(result)).shape();
        if (!said.equals(shape)) {
            throw refuse("gives " + shape + " where the file says " + said);
        }
        if (constants.has(result(result)) || values.has(result(result))) {
            throw refuse("computes a tensor that there is already");
        }
    }

    private void requireConstant(int operand) {
        if (!constant(operand)) {
            throw refuse("has an operand that is computed, where only a constant is supported");
        }
    }
}
