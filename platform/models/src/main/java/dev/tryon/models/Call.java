package dev.tryon.models;

import dev.tryon.spi.TryOnException;
import java.util.List;
import java.util.Map;

/**
 * One operation while it is translated: its operands, and the script that it is written into.
 *
 * @param names how the script calls each tensor that it knows already, by the tensor's index
 */
record Call(Graph graph, Constants constants, Script script, Map<Integer, String> names, Graph.Operation operation) {
    boolean present(int operand) {
        return operand < operation.inputs().size() && operation.inputs().get(operand) != Graph.ABSENT;
    }

    boolean constant(int operand) {
        return constants.has(input(operand));
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
        var tensor = input(operand);
        if (constant(operand)) {
            return names.computeIfAbsent(tensor, index -> {
                var shape = graph.tensors().get(index).shape();
                return script.weights(shape.toTorch(constants.floats(index)), shape.torch());
            });
        }
        var name = names.get(tensor);
        if (name == null) {
            throw refuse("needs a tensor before it is computed");
        }
        return name;
    }

    /** Returns how the script calls a constant operand in another shape, such as weights of a convolution. */
    String weights(float[] values, Integer... sizes) {
        return script.weights(values, List.of(sizes));
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

    /** Names one of the operation's results. */
    void give(int result, String name, Shape shape) {
        if (result >= operation.outputs().size()) {
            throw refuse("has too few results");
        }
        var tensor = operation.outputs().get(result);
        var said = graph.tensors().get(tensor).shape();
        if (!said.equals(shape)) {
            throw refuse("gives " + shape + " where the file says " + said);
        }
        if (constants.has(tensor) || names.put(tensor, name) != null) {
            throw refuse("computes a tensor that there is already");
        }
    }

    /** Puts the activation that the file fused to an operation behind it. @param field of the operation's options */
    String activated(String name, int field) {
        var activation = operation.small(field, 0);
        return switch (activation) {
            case 0 -> name;
            case 1 -> let("torch.relu(%s)", name);
            case 2 -> let("torch.hardtanh(%s, -1., 1.)", name);
            case 3 -> let("torch.hardtanh(%s, 0., 6.)", name);
            case 4 -> let("torch.tanh(%s)", name);
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

    int input(int operand) {
        if (!present(operand)) {
            throw refuse("has too few operands");
        }
        return operation.inputs().get(operand);
    }

    private void requireConstant(int operand) {
        if (!constant(operand)) {
            throw refuse("has an operand that is computed, where only a constant is supported");
        }
    }
}
