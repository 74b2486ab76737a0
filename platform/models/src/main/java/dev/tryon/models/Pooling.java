package dev.tryon.models;

import static dev.tryon.models.Script.list;

/** Pooling, also that which remembers where it found the largest, and its reverse. */
final class Pooling {
    private static final String LEAST = "-3.4028234663852886e38";

    private Pooling() {}

    /** A pooling's window along both axes. */
    private record Windows(Window high, Window wide) {
        /** Reads TFLite's own options: padding, strides and sizes, width before height. */
        static Windows of(Call call) {
            var operation = call.operation();
            return of(
                    call,
                    Window.Padding.of(operation.small(0, 0), 0),
                    Shape.of(operation.number(4, 0), operation.number(3, 0)),
                    Shape.of(operation.number(2, 0), operation.number(1, 0)));
        }

        /** Reads the options of MediaPipe's operators: the C structure of pooling, whose paddings count from 1. */
        static Windows ofCustom(Call call, int operand) {
            var operation = call.operation();
            if (operation.custom(5) != 0) {
                throw call.refuse("has an activation, which is not supported");
            }
            var input = call.picture(operand);
            var kernel = Shape.of(operation.custom(4), operation.custom(3));
            var strides = Shape.of(operation.custom(2), operation.custom(1));
            var padding = Window.Padding.of(operation.custom(0), 1);
            return of(padding, input, kernel, strides);
        }

        private static Windows of(Call call, Window.Padding padding, Shape kernel, Shape strides) {
            return of(padding, call.picture(0), kernel, strides);
        }

        private static Windows of(Window.Padding padding, Shape input, Shape kernel, Shape strides) {
            return new Windows(
                    Window.placed(padding, input.height(), kernel.size(0), strides.size(0), 1),
                    Window.placed(padding, input.width(), kernel.size(1), strides.size(1), 1));
        }

        Shape output(Shape input) {
            return Shape.of(input.size(0), high.output(), wide.output(), input.channels());
        }

        String kernel() {
            return list(high.kernel(), wide.kernel());
        }

        String strides() {
            return list(high.stride(), wide.stride());
        }

        String padding() {
            return list(high.before(), wide.before());
        }

        boolean global() {
            return high.global() && wide.global();
        }

        /** Returns whether TorchScript, which pads both ends alike, stops at the same places without rounding up. */
        boolean full() {
            return expressible(false);
        }

        /**
         * Returns whether TorchScript can stop at the same places.
         *
         * @param ceiling whether it stops once more where the last window reaches over the end
         */
        private boolean expressible(boolean ceiling) {
            return stops(high, ceiling) && stops(wide, ceiling);
        }

        boolean expressible() {
            return expressible(false) || expressible(true);
        }

        private static boolean stops(Window window, boolean ceiling) {
            var length = window.input() + 2 * window.before() - window.kernel();
            if (2 * window.before() > window.kernel() || (length < 0 && !ceiling)) {
                return false;
            }
            var stops = (ceiling ? Math.ceilDiv(length, window.stride()) : length / window.stride()) + 1;
            if (ceiling && (stops - 1) * window.stride() >= window.input() + window.before()) {
                stops--;
            }
            return stops == window.output();
        }

        /** Writes the picture with what the windows reach over. */
        String padded(Call call, String picture, String value) {
            return call.let(
                    "torch.constant_pad_nd(%s, %s, %s)",
                    picture, list(wide.before(), wide.after(), high.before(), high.after()), value);
        }
    }

    /** MAX_POOL_2D. */
    static void largest(Call call) {
        var windows = Windows.of(call);
        var result = windows.expressible()
                ? call.let(
                        "torch.max_pool2d(%s, %s, %s, %s, [1, 1], %s)",
                        call.operand(0),
                        windows.kernel(),
                        windows.strides(),
                        windows.padding(),
                        Script.flag(!windows.full()))
                : call.let(
                        "torch.max_pool2d(%s, %s, %s, [0, 0], [1, 1], False)",
                        windows.padded(call, call.operand(0), LEAST), windows.kernel(), windows.strides());
        call.giveOwned(call.activated(result, 5), windows.output(call.shape(0)));
    }

    /** AVERAGE_POOL_2D: what a window reaches over does not count. */
    static void average(Call call) {
        var windows = Windows.of(call);
        call.giveOwned(call.activated(average(call, windows), 5), windows.output(call.shape(0)));
    }

    private static String average(Call call, Windows windows) {
        if (windows.global()) {
            return call.let("torch.mean(%s, [2, 3], True)", call.operand(0));
        }
        if (windows.expressible()) {
            return call.let(
                    "torch.avg_pool2d(%s, %s, %s, %s, %s, False)",
                    call.operand(0),
                    windows.kernel(),
                    windows.strides(),
                    windows.padding(),
                    Script.flag(!windows.full()));
        }
        var sums = call.let(
                "torch.avg_pool2d(%s, %s, %s, [0, 0], False, False)",
                windows.padded(call, call.operand(0), "0."), windows.kernel(), windows.strides());
        return call.let("torch.mul(%s, %s)", sums, shares(call, windows));
    }

    /** Writes by how much an average that counts what is padded is too small, at each place. */
    private static String shares(Call call, Windows windows) {
        var high = windows.high();
        var wide = windows.wide();
        var shares = new float[high.output() * wide.output()];
        for (var index = 0; index < shares.length; index++) {
            shares[index] = share(high, index / wide.output()) * share(wide, index % wide.output());
        }
        return call.weights(shares, 1, 1, high.output(), wide.output());
    }

    private static float share(Window window, int stop) {
        var begin = Math.max(0, stop * window.stride() - window.before());
        var end = Math.min(window.input(), stop * window.stride() - window.before() + window.kernel());
        return (float) window.kernel() / (end - begin);
    }

    /**
     * MediaPipe's {@code MaxPoolingWithArgmax2D}: the second result tells where in its window each largest was.
     *
     * <p>TorchScript tells where in the whole plane it was, so the second result is good for {@link #unpooled} alone.
     */
    static void largestAndPlace(Call call) {
        var windows = Windows.ofCustom(call, 0);
        if (!windows.expressible()) {
            throw call.refuse("has windows that are not supported");
        }
        var results = call.script()
                .letTwo("torch.max_pool2d_with_indices(%s, %s, %s, %s, [1, 1], %s)"
                        .formatted(
                                call.operand(0),
                                windows.kernel(),
                                windows.strides(),
                                windows.padding(),
                                Script.flag(!windows.full())));
        var output = windows.output(call.shape(0));
        call.give(0, results.get(0), output);
        call.give(1, results.get(1), output);
    }

    /** MediaPipe's {@code MaxUnpooling2D}: puts each number back where {@link #largestAndPlace} found one. */
    static void unpooled(Call call) {
        var pooling = call.maker(1);
        var places = call.shape(1);
        if (!pooling.name().equals("MaxPoolingWithArgmax2D")
                || pooling.inputs().isEmpty()
                || pooling.outputs().indexOf(call.input(1)) != 1) {
            throw call.refuse("takes places that are not a pooling's");
        }
        var input = call.picture(0);
        var output = call.graph().tensors().get(pooling.inputs().getFirst()).shape();
        var operation = call.operation();
        var same = operation.custom(1) == operation.custom(3) && operation.custom(2) == operation.custom(4);
        var grown = Shape.of(
                input.size(0),
                Math.multiplyExact(input.height(), operation.custom(4)),
                Math.multiplyExact(input.width(), operation.custom(3)),
                input.channels());
        if (!same || !grown.equals(output) || !places.equals(input)) {
            throw call.refuse("does not undo the pooling that its places are of");
        }
        call.give(
                call.let(
                        "torch.max_unpool2d(%s, %s, %s)",
                        call.operand(0), call.operand(1), list(output.height(), output.width())),
                output);
    }
}
