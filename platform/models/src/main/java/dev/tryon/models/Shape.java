package dev.tryon.models;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The sizes of a tensor along its axes, in the order of a TFLite file: batch, height, width, channels where there are four.
 *
 * <p>TorchScript wants channels before height and width. The rule of the whole import is: a tensor of four axes has its
 * channels second in TorchScript, every other is as it is in the file. {@link #torch()} and {@link #torchAxis} tell it.
 *
 * @param sizes each at least 1, their product at most {@link #MAX_ELEMENTS}
 */
record Shape(List<Integer> sizes) {
    /** More than any picture that a network sees: 64 Mi numbers. */
    static final long MAX_ELEMENTS = 1 << 26;

    private static final int MAX_RANK = 8;
    private static final int PICTURE_RANK = 4;
    private static final List<Integer> CHANNELS_SECOND = List.of(0, 3, 1, 2);

    Shape {
        sizes = List.copyOf(sizes);
        if (sizes.size() > MAX_RANK) {
            throw Refusal.of("it has a tensor of " + sizes.size() + " axes");
        }
        var elements = 1L;
        for (var size : sizes) {
            elements *= size;
            if (size < 1 || elements > MAX_ELEMENTS) {
                throw Refusal.of("it has a tensor of an impossible size");
            }
        }
    }

    static Shape of(int... sizes) {
        return new Shape(Arrays.stream(sizes).boxed().toList());
    }

    int rank() {
        return sizes.size();
    }

    int size(int axis) {
        return sizes.get(axis);
    }

    int elements() {
        return sizes.stream().reduce(1, (left, right) -> left * right);
    }

    boolean isPicture() {
        return rank() == PICTURE_RANK;
    }

    int height() {
        return size(1);
    }

    int width() {
        return size(2);
    }

    int channels() {
        return size(3);
    }

    /** Returns an axis counted from the front, where the file may count from the back. */
    int axis(int axis) {
        var counted = axis < 0 ? axis + rank() : axis;
        if (counted < 0 || counted >= rank()) {
            throw Refusal.of("it asks for axis " + axis + " of " + rank());
        }
        return counted;
    }

    /** Returns where TorchScript has an axis. */
    int torchAxis(int axis) {
        return isPicture() ? CHANNELS_SECOND.indexOf(axis(axis)) : axis(axis);
    }

    /** Returns the sizes as TorchScript has them. */
    List<Integer> torch() {
        return isPicture() ? CHANNELS_SECOND.stream().map(sizes::get).toList() : sizes;
    }

    /** Returns this with axes of size 1 before it, up to a rank. */
    Shape widened(int rank) {
        if (rank < rank()) {
            throw Refusal.of("it joins tensors of " + rank + " and " + rank() + " axes");
        }
        return new Shape(IntStream.range(0, rank)
                .mapToObj(axis -> axis < rank - rank() ? 1 : size(axis - rank + rank()))
                .toList());
    }

    /** Returns the shape of what two tensors give element by element, the smaller one repeated. */
    Shape broadcast(Shape other) {
        var rank = Math.max(rank(), other.rank());
        var left = widened(rank);
        var right = other.widened(rank);
        return new Shape(IntStream.range(0, rank)
                .mapToObj(axis -> {
                    var one = left.size(axis);
                    var two = right.size(axis);
                    if (one != two && one != 1 && two != 1) {
                        throw Refusal.of("it joins tensors of sizes " + this + " and " + other);
                    }
                    return Math.max(one, two);
                })
                .toList());
    }

    /** Orders numbers as TorchScript has them. @param values in this shape, in the file's order */
    float[] toTorch(float[] values) {
        return isPicture() ? permuted(values, CHANNELS_SECOND) : values;
    }

    /** Orders numbers by other axes first. @param order which axis of this becomes the first, the second and so on */
    float[] permuted(float[] values, List<Integer> order) {
        var strides = new int[rank()];
        var stride = 1;
        for (var axis = rank() - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= size(axis);
        }
        var permuted = new float[values.length];
        var place = new int[rank()];
        var from = 0;
        for (var to = 0; to < permuted.length; to++) {
            permuted[to] = values[from];
            for (var last = rank() - 1; last >= 0; last--) {
                var axis = order.get(last);
                from += strides[axis];
                if (++place[last] < size(axis)) {
                    break;
                }
                from -= place[last] * strides[axis];
                place[last] = 0;
            }
        }
        return permuted;
    }

    @Override
    public String toString() {
        return sizes.stream().map(String::valueOf).collect(Collectors.joining("x", "[", "]"));
    }
}
