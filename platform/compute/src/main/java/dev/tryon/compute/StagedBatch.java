package dev.tryon.compute;

import dev.tryon.spi.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.LongStream;

/**
 * The memory in which the inputs of joined calls are laid end to end, and how their outputs come apart again.
 *
 * <p>One buffer for each input of a network, kept and grown as needed: as much as the largest batch so far. Threads: one.
 */
final class StagedBatch implements AutoCloseable {
    private final IntFunction<Device.Staging> source;
    private final List<Device.Staging> buffers = new ArrayList<>();

    /** Takes memory from a device, when it is needed. */
    StagedBatch(IntFunction<Device.Staging> source) {
        this.source = source;
    }

    /**
     * Lays inputs end to end along axis 0, zeros behind them.
     *
     * @param calls of each, its inputs, all of the same shapes but for axis 0
     * @param samples along axis 0 of what is returned, at least as many as the calls have together
     * @return one tensor an input, good until the next call of this method
     */
    List<Tensor> lay(List<List<Tensor>> calls, int samples) {
        var laid = new ArrayList<Tensor>();
        for (int input = 0; input < calls.getFirst().size(); input++) {
            var shape = calls.getFirst().get(input).shape();
            shape[0] = samples;
            int size = Math.toIntExact(Float.BYTES * LongStream.of(shape).reduce(1, Math::multiplyExact));
            var bytes = buffer(input, size);
            int end = 0;
            for (var call : calls) {
                var from = call.get(input).bytes();
                bytes.put(end, from, 0, from.capacity());
                end += from.capacity();
            }
            // Not only for the numbers' sake: what was there is another person's picture.
            for (; end < size; end += Float.BYTES) {
                bytes.putFloat(end, 0);
            }
            laid.add(new Tensor(bytes, shape));
        }
        return laid;
    }

    /**
     * Takes outputs apart along axis 0.
     *
     * @param rowsPerSample of each output
     * @param samples of each call, in order
     * @param filled samples that were run
     * @return of each call, its outputs: disjoint parts of the memory that was given
     * @throws IllegalStateException if an output has other rows than it should
     */
    static List<List<Tensor>> split(
            List<Tensor> outputs, List<Integer> rowsPerSample, List<Integer> samples, int filled) {
        if (outputs.size() != rowsPerSample.size()) {
            throw new IllegalStateException("it made " + outputs.size() + " outputs and not " + rowsPerSample.size());
        }
        var parts = new ArrayList<List<Tensor>>();
        int before = 0;
        for (int count : samples) {
            var own = new ArrayList<Tensor>();
            for (int output = 0; output < outputs.size(); output++) {
                int rows = rowsPerSample.get(output);
                var whole = outputs.get(output);
                if (whole.shape().length == 0 || whole.size(0) != rows * filled) {
                    throw new IllegalStateException("output " + output + " has other rows than when it was tested");
                }
                own.add(rows(whole, before * rows, count * rows));
            }
            parts.add(List.copyOf(own));
            before += count;
        }
        return parts;
    }

    /** Returns some rows of a tensor: a part of its memory. */
    static Tensor rows(Tensor whole, int first, int count) {
        var shape = whole.shape();
        int row = shape[0] == 0 ? 0 : whole.bytes().capacity() / Math.toIntExact(shape[0]);
        shape[0] = count;
        var part = whole.bytes().slice(first * row, count * row).order(ByteOrder.nativeOrder());
        return new Tensor(part, shape);
    }

    /** Lays one tensor behind another along axis 0. */
    static Tensor endToEnd(Tensor first, Tensor second) {
        var shape = first.shape();
        shape[0] += second.shape()[0];
        var whole = Tensor.allocate(shape);
        whole.bytes().put(0, first.bytes(), 0, first.bytes().capacity());
        whole.bytes()
                .put(first.bytes().capacity(), second.bytes(), 0, second.bytes().capacity());
        return whole;
    }

    private ByteBuffer buffer(int input, int size) {
        if (input == buffers.size()) {
            buffers.add(source.apply(Math.max(1, size)));
        } else if (buffers.get(input).bytes().capacity() < size) {
            var smaller = buffers.get(input);
            buffers.set(input, source.apply(Math.max(size, (int)
                    Math.min(1 << 30, 2L * smaller.bytes().capacity()))));
            smaller.close();
        }
        return buffers.get(input).bytes();
    }

    @Override
    public void close() {
        buffers.forEach(Device.Staging::close);
        buffers.clear();
    }
}
