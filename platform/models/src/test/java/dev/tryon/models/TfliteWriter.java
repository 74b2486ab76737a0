package dev.tryon.models;

import dev.tryon.models.FlatWriter.Table;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Writes small TFLite files, so that tests need nobody's networks. */
final class TfliteWriter {
    private final List<Table> tensors = new ArrayList<>();
    private final List<Table> buffers = new ArrayList<>(List.of(Table.of()));
    private final List<Table> operators = new ArrayList<>();
    private final List<Table> operations = new ArrayList<>();

    /** Adds a tensor that is computed. @return its index */
    int tensor(int... shape) {
        return add(ElementType.FLOAT32, shape, new byte[0], Table.of(), Table.of());
    }

    /** Adds float32 numbers. @return the index of their tensor */
    int floats(int[] shape, float... numbers) {
        var bytes = new byte[Float.BYTES * numbers.length];
        little(bytes).asFloatBuffer().put(numbers);
        return add(ElementType.FLOAT32, shape, bytes, Table.of(), Table.of());
    }

    /** Adds a list of 32-bit numbers. @return the index of its tensor */
    int ints(int... numbers) {
        return add(ElementType.INT32, new int[] {numbers.length}, customOptions(numbers), Table.of(), Table.of());
    }

    /** Adds anything. @return the index of its tensor */
    int add(ElementType type, int[] shape, byte[] data, Table quantization, Table sparsity) {
        var buffer = 0;
        if (data.length > 0) {
            buffer = buffers.size();
            buffers.add(Table.of(0, data));
        }
        var tensor = Table.of(
                0, shape, 1, (byte) List.of(ElementType.values()).indexOf(type), 2, buffer, 3, "t" + tensors.size());
        if (!quantization.fields().isEmpty()) {
            tensor.fields().put(4, quantization);
        }
        if (!sparsity.fields().isEmpty()) {
            tensor.fields().put(6, sparsity);
        }
        tensors.add(tensor);
        return tensors.size() - 1;
    }

    /** Adds an operation that makes one tensor. @param options numbers of fields and the fields @return the tensor's index */
    int operation(String name, List<Integer> inputs, int[] shape, Object... options) {
        var output = tensor(shape);
        operation(name, inputs, List.of(output), new byte[0], Table.of(options));
        return output;
    }

    /** Adds an operation. @param custom the options of an operator that is not the format's own */
    void operation(String name, List<Integer> inputs, List<Integer> outputs, byte[] custom, Table options) {
        var code = IntStream.range(0, 200)
                .filter(number -> OperatorNames.of(number).equals(name))
                .findFirst();
        operators.add(
                code.isPresent()
                        ? Table.of(0, (byte) Math.min(code.getAsInt(), 127), 3, code.getAsInt())
                        : Table.of(0, (byte) 32, 1, name, 3, 32));
        operations.add(Table.of(0, operators.size() - 1, 1, array(inputs), 2, array(outputs), 4, options, 5, custom));
    }

    static byte[] customOptions(int... numbers) {
        var bytes = new byte[Integer.BYTES * numbers.length];
        little(bytes).asIntBuffer().put(numbers);
        return bytes;
    }

    ByteBuffer file(List<Integer> inputs, List<Integer> outputs) {
        var network = Table.of(0, tensors, 1, array(inputs), 2, array(outputs), 3, operations);
        return FlatWriter.write(Table.of(0, 3, 1, operators, 2, List.of(network), 4, buffers), "TFL3");
    }

    private static int[] array(List<Integer> numbers) {
        return numbers.stream().mapToInt(Integer::intValue).toArray();
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
