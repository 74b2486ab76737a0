package dev.tryon.models;

import static dev.tryon.models.Script.list;

import java.util.List;

/** Convolutions, transposed convolutions and fully connected layers. */
final class Convolutions {
    private static final List<Integer> OUTPUTS_SECOND = List.of(3, 0, 1, 2);

    /** Of an operator that has no activation fused to it. */
    private static final int NONE = -1;

    private Convolutions() {}

    /** CONV_2D: weights {@code [outputs][height][width][inputs / groups]}. */
    static void convolution(Call call) {
        var filter = filter(call);
        var channels = call.picture(0).channels();
        if (channels % filter.channels() != 0) {
            throw call.refuse("has weights for " + filter.channels() + " channels, not " + channels);
        }
        Sliding.of(call, filter, filter.size(0), channels / filter.channels(), 4, 3)
                .write(filter.toTorch(call.floats(1)));
    }

    /** DEPTHWISE_CONV_2D: weights {@code [1][height][width][outputs]}, the outputs of one channel side by side. */
    static void depthwise(Call call) {
        var filter = filter(call);
        var channels = call.picture(0).channels();
        var outputs = filter.channels();
        if (filter.size(0) != 1 || outputs % channels != 0) {
            throw call.refuse("has weights of " + filter + " for " + channels + " channels");
        }
        Sliding.of(call, filter, outputs, channels, 5, 4).write(filter.permuted(call.floats(1), OUTPUTS_SECOND));
    }

    /** TRANSPOSE_CONV: operands size of the result, weights {@code [outputs][height][width][inputs]}, picture, bias. */
    static void transposed(Call call) {
        var size = new Shape(call.integers(0));
        var filter = filter(call);
        var input = call.picture(2);
        if (!size.isPicture()) {
            throw call.refuse("makes a tensor of " + size);
        }
        var strideWide = call.operation().number(1, 0);
        var strideHigh = call.operation().number(2, 0);
        spread(
                call,
                2,
                3,
                Spread.cropped(input.height(), filter.height(), strideHigh, size.height()),
                Spread.cropped(input.width(), filter.width(), strideWide, size.width()),
                3);
    }

    /** MediaPipe's {@code Convolution2DTransposeBias}: operands picture, weights, bias; options padding, strides. */
    static void transposedWithBias(Call call) {
        var operation = call.operation();
        var padding = Window.Padding.of(operation.custom(0), 1);
        var filter = filter(call);
        var input = call.picture(0);
        spread(
                call,
                0,
                2,
                Spread.padded(padding, input.height(), filter.height(), operation.custom(2)),
                Spread.padded(padding, input.width(), filter.width(), operation.custom(1)),
                NONE);
    }

    /** How a transposed convolution lays out one axis: of what it makes, so much is cut off. */
    private record Spread(int stride, int output, int before, int after) {
        private static final int MAX_STRIDE = 64;

        static Spread cropped(int input, int taps, int stride, int output) {
            return of(stride, full(input, taps, stride), full(input, taps, stride) - output);
        }

        static Spread padded(Window.Padding padding, int input, int taps, int stride) {
            var full = full(input, taps, stride);
            return of(stride, full, padding == Window.Padding.SAME ? Math.max(0, taps - (input - 1) % stride - 1) : 0);
        }

        private static int full(int input, int taps, int stride) {
            if (stride < 1 || stride > MAX_STRIDE) {
                throw Refusal.of("a transposed convolution has an impossible stride");
            }
            return Math.addExact(Math.multiplyExact(stride, input - 1), taps);
        }

        private static Spread of(int stride, int full, int cut) {
            if (cut < 0 || cut >= full) {
                throw Refusal.of("a transposed convolution has an impossible size");
            }
            return new Spread(stride, full - cut, cut / 2, cut - cut / 2);
        }
    }

    private static void spread(Call call, int picture, int bias, Spread high, Spread wide, int activationField) {
        var filter = filter(call);
        var input = call.picture(picture);
        var outputs = filter.size(0);
        if (filter.channels() != input.channels()) {
            throw call.refuse("has weights for " + filter.channels() + " channels, not " + input.channels());
        }
        // TorchScript wants [inputs][outputs][height][width].
        var weights = call.weights(
                filter.permuted(call.floats(1), OUTPUTS_SECOND),
                input.channels(),
                outputs,
                filter.height(),
                filter.width());
        var result = call.let(
                "torch.conv_transpose2d(%s, %s, %s, %s, %s, [0, 0], 1, [1, 1])",
                call.operand(picture),
                weights,
                bias(call, bias, outputs),
                list(high.stride(), wide.stride()),
                list(high.before(), wide.before()));
        // It cuts as much at the end as at the begin; what is to be cut beyond that is at the end.
        if (high.after() > high.before()) {
            result = call.let("torch.narrow(%s, 2, 0, %d)", result, high.output());
        }
        if (wide.after() > wide.before()) {
            result = call.let("torch.narrow(%s, 3, 0, %d)", result, wide.output());
        }
        call.give(
                activationField == NONE ? result : call.activated(result, activationField),
                Shape.of(input.size(0), high.output(), wide.output(), outputs));
    }

    /** FULLY_CONNECTED: weights {@code [outputs][inputs]}; every axis of the operand but the batch is one list of inputs. */
    static void fullyConnected(Call call) {
        var filter = call.shape(1);
        if (call.operation().small(1, 0) != 0 || filter.rank() != 2) {
            throw call.refuse("has weights in an order that is not supported");
        }
        var inputs = filter.size(1);
        var outputs = filter.size(0);
        var input = call.shape(0);
        if (input.elements() % inputs != 0) {
            throw call.refuse("has weights for " + inputs + " inputs, not " + input);
        }
        var rows = Shape.of(input.elements() / inputs, inputs);
        var result = call.let(
                "torch.linear(%s, %s, %s)",
                Shaping.reshaped(call, 0, rows), call.weights(call.floats(1), outputs, inputs), bias(call, 2, outputs));
        call.giveOwned(call.activated(result, 0), Shape.of(rows.size(0), outputs));
    }

    private static Shape filter(Call call) {
        var filter = call.shape(1);
        if (!filter.isPicture()) {
            throw call.refuse("has weights of " + filter);
        }
        return filter;
    }

    static String bias(Call call, int operand, int outputs) {
        if (!call.present(operand)) {
            return "None";
        }
        var values = call.floats(operand);
        if (values.length != outputs) {
            throw call.refuse("has " + values.length + " biases for " + outputs + " outputs");
        }
        return call.weights(values, outputs);
    }
}
