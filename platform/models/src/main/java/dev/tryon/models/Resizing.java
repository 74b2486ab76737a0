package dev.tryon.models;

import static dev.tryon.models.Script.list;

/** Pictures made larger or smaller. */
final class Resizing {
    private Resizing() {}

    /** RESIZE_BILINEAR. */
    static void bilinear(Call call) {
        var input = call.picture(0);
        var result = result(call, input);
        var corners = call.operation().flag(2);
        var centres = call.operation().flag(3);
        if (corners && centres) {
            throw call.refuse("aligns both corners and centres of pixels");
        }
        if (corners || centres || result.equals(input)) {
            call.give(
                    call.let(
                            "torch.upsample_bilinear2d(%s, %s, %s, None)",
                            call.operand(0), list(result.height(), result.width()), Script.flag(corners)),
                    result);
            return;
        }
        // TorchScript has no name for the oldest rule, the pixels' upper left corners aligned: two products of
        // matrices.
        var rows = call.weights(blend(input.height(), result.height()), result.height(), input.height());
        var columns = call.weights(
                Shape.of(result.width(), input.width())
                        .permuted(blend(input.width(), result.width()), java.util.List.of(1, 0)),
                input.width(),
                result.width());
        var high = call.let("torch.matmul(%s, %s)", rows, call.operand(0));
        call.give(call.let("torch.matmul(%s, %s)", high, columns), result);
    }

    /** Returns how much of each old place is in each new one, a row for each new one. */
    private static float[] blend(int from, int to) {
        var shares = new float[Math.multiplyExact(from, to)];
        for (var place = 0; place < to; place++) {
            var old = place * ((float) from / to);
            var left = Math.min((int) old, from - 1);
            var right = Math.min(left + 1, from - 1);
            shares[place * from + left] += 1 - (old - left);
            shares[place * from + right] += old - left;
        }
        return shares;
    }

    /** RESIZE_NEAREST_NEIGHBOR. */
    static void nearest(Call call) {
        var input = call.picture(0);
        var result = result(call, input);
        if (call.operation().flag(0)) {
            throw call.refuse("aligns corners, which is not supported");
        }
        call.give(
                call.let(
                        call.operation().flag(1)
                                ? "torch._upsample_nearest_exact2d(%s, %s, None)"
                                : "torch.upsample_nearest2d(%s, %s, None)",
                        call.operand(0),
                        list(result.height(), result.width())),
                result);
    }

    private static Shape result(Call call, Shape input) {
        var size = call.integers(1);
        if (size.size() != 2) {
            throw call.refuse("makes a picture of " + size.size() + " axes");
        }
        return Shape.of(input.size(0), size.get(0), size.get(1), input.channels());
    }
}
