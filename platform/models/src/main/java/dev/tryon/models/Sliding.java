package dev.tryon.models;

import static dev.tryon.models.Script.list;

import java.util.List;

/**
 * A convolution that slides over a picture, and how it is written to be fast.
 *
 * <p>On a CPU, three ways were measured (CPU time on AVX-512). PyTorch's own convolution lays the weights out anew in
 * every call. oneDNN called by its name takes weights laid out once, and costs about 25 microseconds a call besides its
 * work. Where there is little work, a convolution of one tap is quickest as a product of matrices.
 *
 * @param filter {@code [.][height][width][.]}, of which height and width are read
 * @param activationField of the operation's options
 */
record Sliding(
        Call call,
        Shape filter,
        Window high,
        Window wide,
        int dilationHigh,
        int dilationWide,
        int outputs,
        int groups,
        int activationField) {
    /** Multiplications up to which a product of matrices is quicker than a call of oneDNN. */
    private static final long LITTLE_WORK = 2_000_000;

    /** Reads the options: padding, strides, and from a field on dilations, width before height. */
    static Sliding of(Call call, Shape filter, int outputs, int groups, int dilationField, int activationField) {
        var input = call.picture(0);
        var operation = call.operation();
        var padding = Window.Padding.of(operation.small(0, 0), 0);
        var dilationWide = operation.number(dilationField, 1);
        var dilationHigh = operation.number(dilationField + 1, 1);
        return new Sliding(
                call,
                filter,
                Window.placed(padding, input.height(), filter.height(), operation.number(2, 0), dilationHigh),
                Window.placed(padding, input.width(), filter.width(), operation.number(1, 0), dilationWide),
                dilationHigh,
                dilationWide,
                outputs,
                groups,
                activationField);
    }

    /** Writes it. @param weights {@code [outputs][inputs / groups][height][width]} */
    void write(float[] weights) {
        var input = call.picture(0);
        var result =
                oneTap() && work() <= LITTLE_WORK ? product(weights) : convolution(weights, input.channels() / groups);
        call.giveOwned(result, Shape.of(input.size(0), high.output(), wide.output(), outputs));
    }

    private boolean oneTap() {
        return groups == 1 && filter.height() * filter.width() == 1 && high.stride() == 1 && wide.stride() == 1;
    }

    private long work() {
        return (long) high.output() * wide.output() * outputs * call.picture(0).channels();
    }

    private String product(float[] weights) {
        var pixels = call.let("torch.permute(%s, [0, 2, 3, 1])", call.operand(0));
        var product = call.let(
                "torch.linear(%s, %s, %s)",
                pixels,
                call.weights(weights, outputs, call.picture(0).channels()),
                Convolutions.bias(call, 2, outputs));
        return call.let("torch.permute(%s, [0, 3, 1, 2])", call.activated(product, activationField));
    }

    private String convolution(float[] weights, int inputs) {
        var zeros = call.values().padded(call.input(0)).filter(this::ownPadding);
        var picture = zeros.map(padded -> call.tensor(padded.source())).orElseGet(() -> call.operand(0));
        var padding = list(high.before(), wide.before());
        if (zeros.isPresent()) {
            padding = list(zeros.get().before().get(1), zeros.get().before().get(2));
        } else if (!high.symmetric() || !wide.symmetric()) {
            padding = list(0, 0);
            picture = call.let(
                    "torch.constant_pad_nd(%s, %s, 0.)",
                    picture, list(wide.before(), wide.after(), high.before(), high.after()));
        }
        var strides = list(high.stride(), wide.stride());
        var dilations = list(dilationHigh, dilationWide);
        var laidOut = call.script()
                .weights(
                        weights,
                        List.of(outputs, inputs, filter.height(), filter.width()),
                        "ops.mkldnn._reorder_convolution_weight(%%s, %s, %s, %s, %d, %s)"
                                .formatted(padding, strides, dilations, groups, list(sizes())));
        var bias = Convolutions.bias(call, 2, outputs);
        var plain = "torch.conv2d(%s, %s, %s, %s, %s, %s, %d)"
                .formatted(picture, laidOut, bias, strides, padding, dilations, groups);
        var oneDnn = "ops.mkldnn._convolution_pointwise(%s, %s, %s, %s, %s, %s, %d, "
                .formatted(picture, laidOut, bias, padding, strides, dilations, groups);
        var script = call.script();
        return switch (call.operation().small(activationField, 0)) {
            case 1 -> script.let(oneDnn + fused("relu", "[]"), "torch.relu_(" + plain + ")");
            case 3 -> script.let(oneDnn + fused("hardtanh", "[0., 6.]"), "torch.hardtanh_(" + plain + ", 0., 6.)");
            default -> call.activated(script.let(oneDnn + fused("none", "[]"), plain), activationField);
        };
    }

    /** Writes the end of oneDNN's convolution: what it does with each number before it writes it. */
    private static String fused(String function, String bounds) {
        return "\"%s\", annotate(List[Optional[number]], %s), \"\")".formatted(function, bounds);
    }

    /** Returns the sizes of the picture that the weights are laid out for; others work too. */
    private List<Integer> sizes() {
        return call.picture(0).torch();
    }

    /** Returns whether zeros around the picture can be the convolution's own padding: the same on both ends, and no other. */
    private boolean ownPadding(Values.Padded zeros) {
        var before = zeros.before();
        return high.before() + high.after() + wide.before() + wide.after() == 0
                && before.equals(zeros.after())
                && before.get(0) == 0
                && before.get(3) == 0;
    }
}
