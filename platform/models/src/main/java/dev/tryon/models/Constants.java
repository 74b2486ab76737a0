package dev.tryon.models;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The numbers that a graph brings with it, as float32 in the file's order: half precision widened, integers scaled back,
 * sparse ones filled up.
 *
 * <p>How many are made of one file is bounded, since a small file can name the same bytes often. Not thread-safe.
 */
final class Constants {
    /** Together, of one file: 256 MiB. */
    private static final long MAX_ELEMENTS = 1 << 26;

    private final Graph graph;
    private final Map<Integer, Integer> sources = new HashMap<>();
    private long elements;

    Constants(Graph graph) {
        this.graph = graph;
    }

    /** Returns whether a tensor does not depend on what the network is given. */
    boolean has(int tensor) {
        return tensor != Graph.ABSENT && value(tensor).constant();
    }

    /** Lets a tensor have the numbers of a constant one: what DEQUANTIZE and DENSIFY do. */
    void alias(int tensor, int source) {
        if (!value(source).shape().equals(graph.tensors().get(tensor).shape())) {
            throw Refusal.of("a constant changes its shape where it is unpacked");
        }
        sources.put(tensor, sources.getOrDefault(source, source));
    }

    /** Returns the numbers of a constant, in the file's order. */
    float[] floats(int tensor) {
        var value = value(tensor);
        count(value.shape().elements());
        var scaled = Quantized.scaled(value, raw(value));
        var sparsity = value.sparsity();
        if (sparsity.isPresent()) {
            return new Sparse(sparsity.get(), value.shape()).fill(scaled);
        }
        if (scaled.length != value.shape().elements()) {
            throw Refusal.of("a constant has more or fewer numbers than its shape");
        }
        return scaled;
    }

    /** Returns the numbers of a constant that holds sizes, axes or the like. */
    List<Integer> integers(int tensor) {
        var value = value(tensor);
        if (value.type() != ElementType.INT32
                || value.data().remaining() != Integer.BYTES * value.shape().elements()) {
            throw Refusal.of("sizes or axes are not a list of 32-bit numbers");
        }
        var numbers = new ArrayList<Integer>();
        for (var at = 0; at < value.data().remaining(); at += Integer.BYTES) {
            numbers.add(little(value.data()).getInt(at));
        }
        return List.copyOf(numbers);
    }

    private Graph.Value value(int tensor) {
        return graph.tensors().get(sources.getOrDefault(tensor, tensor));
    }

    private float[] raw(Graph.Value value) {
        var bytes = little(value.data());
        var size = value.type().bytes();
        var count = size == 0 ? 0 : bytes.remaining() / size;
        count(count);
        var numbers = new float[count];
        for (var index = 0; index < count; index++) {
            var at = index * size;
            numbers[index] = switch (value.type()) {
                case FLOAT32 -> bytes.getFloat(at);
                case FLOAT16 -> Float.float16ToFloat(bytes.getShort(at));
                case INT8 -> bytes.get(at);
                case UINT8 -> Byte.toUnsignedInt(bytes.get(at));
                case INT16 -> bytes.getShort(at);
                case INT32 -> bytes.getInt(at);
                case INT64, STRING, BOOL, COMPLEX64 ->
                    throw Refusal.of("a constant of type " + value.type() + " is no list of numbers");
            };
        }
        return numbers;
    }

    private static ByteBuffer little(ByteBuffer bytes) {
        return bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    private void count(long more) {
        elements += more;
        if (elements > MAX_ELEMENTS) {
            throw Refusal.of("it has more than " + MAX_ELEMENTS + " numbers");
        }
    }
}
