package dev.tryon.models;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a TFLite file (FlatBuffers, identifier {@code TFL3}) into a {@link Graph}.
 *
 * <p>The first subgraph is the network; operations that would call another are refused by their names when they are
 * translated. Field numbers are those of the file format's public schema (version 3).
 */
final class TfliteFile {
    private static final String IDENTIFIER = "TFL3";
    private static final int CUSTOM = 32;
    /** More than any network for one picture has, few enough to read in no time. */
    private static final int MAX_TENSORS = 16_384;

    private static final int MAX_OPERATORS = 1_024;
    private static final int MAX_OPERANDS = 256;
    private static final int MAX_AXES = 16;

    private final List<FlatTable> operators;
    private final List<FlatTable> buffers;
    private final FlatTable network;

    private TfliteFile(FlatTable model) {
        operators = model.tables(1, MAX_OPERATORS);
        buffers = model.tables(4, MAX_TENSORS);
        network = model.tables(2, MAX_OPERATORS).stream()
                .findFirst()
                .orElseThrow(() -> Refusal.of("there is no network in it"));
    }

    /**
     * Reads a file.
     *
     * @throws dev.tryon.spi.TryOnException if it is malformed
     */
    static Graph read(ByteBuffer file) {
        return new TfliteFile(FlatTable.root(file, IDENTIFIER)).graph();
    }

    private Graph graph() {
        var tensors = network.tables(0, MAX_TENSORS).stream().map(this::value).toList();
        var operations = new ArrayList<Graph.Operation>();
        for (var table : network.tables(3, MAX_TENSORS)) {
            operations.add(new Graph.Operation(
                    operatorName(table.number(0, 0)),
                    indices(table, 1, tensors.size(), Graph.ABSENT),
                    indices(table, 2, tensors.size(), 0),
                    table.table(4),
                    table.bytes(5, Byte.BYTES)));
        }
        return new Graph(
                tensors,
                List.copyOf(operations),
                indices(network, 1, tensors.size(), 0),
                indices(network, 2, tensors.size(), 0));
    }

    private Graph.Value value(FlatTable table) {
        var buffer = table.number(2, 0);
        return new Graph.Value(
                table.text(3),
                ElementType.of(table.number8(1, 0)),
                new Shape(table.numbers(0, MAX_AXES)),
                buffer == 0 ? ByteBuffer.allocate(0) : data(buffer),
                table.table(4),
                table.table(6));
    }

    private ByteBuffer data(int index) {
        if (index < 0 || index >= buffers.size()) {
            throw Refusal.of("a tensor names a buffer that is not there");
        }
        var buffer = buffers.get(index);
        if (Long.compareUnsigned(buffer.longNumber(1, 0), 1) > 0) {
            throw Refusal.of("it keeps numbers outside the file");
        }
        return buffer.bytes(0, Byte.BYTES);
    }

    private static List<Integer> indices(FlatTable table, int field, int tensors, int least) {
        var indices = table.numbers(field, MAX_OPERANDS);
        for (var index : indices) {
            if (index < least || index >= tensors) {
                throw Refusal.of("it names a tensor that is not there");
            }
        }
        return indices;
    }

    private String operatorName(int index) {
        if (index < 0 || index >= operators.size()) {
            throw Refusal.of("it names an operator that is not there");
        }
        var operator = operators.get(index);
        // Numbers over 127 came later, in a wider field; the writer fills both as far as they go.
        var number = Math.max(operator.number8(0, 0), operator.number(3, 0));
        return number == CUSTOM
                ? Optional.of(operator.text(1)).filter(name -> !name.isEmpty()).orElse("CUSTOM")
                : OperatorNames.of(number);
    }
}
