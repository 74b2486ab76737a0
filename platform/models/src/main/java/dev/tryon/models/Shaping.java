package dev.tryon.models;

import static dev.tryon.models.Script.list;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What moves numbers without computing with them, and what takes them together along an axis. */
final class Shaping {
    private static final String CHANNELS_LAST = "[0, 2, 3, 1]";
    private static final String CHANNELS_SECOND = "[0, 3, 1, 2]";

    private Shaping() {}

    /** RESHAPE, SQUEEZE and EXPAND_DIMS: the file says the new shape of what they make. */
    static void reshape(Call call) {
        var shape = call.graph().tensors().get(call.result(0)).shape();
        call.give(reshaped(call, 0, shape), shape);
    }

    /**
     * Writes an operand in another shape, its numbers in the file's order.
     *
     * <p>A first size that stays as it is may be any size when the script runs: it is the batch.
     */
    static String reshaped(Call call, int operand, Shape shape) {
        var own = call.shape(operand);
        if (own.elements() != shape.elements()) {
            throw call.refuse("makes " + shape + " of " + own);
        }
        if (own.equals(shape)) {
            return call.operand(operand);
        }
        var name = call.operand(operand);
        if (own.isPicture() && own.height() * own.width() > 1) {
            name = call.let("torch.permute(%s, %s)", name, CHANNELS_LAST);
        }
        var sizes = new ArrayList<>(shape.sizes());
        if (!sizes.isEmpty() && own.rank() > 0 && own.size(0) == shape.size(0)) {
            sizes.set(0, -1);
        }
        name = call.let("torch.reshape(%s, %s)", name, list(sizes));
        return shape.isPicture() ? call.let("torch.permute(%s, %s)", name, CHANNELS_SECOND) : name;
    }

    /** PAD and PADV2, with zeros or with a number. */
    static void pad(Call call) {
        var shape = call.shape(0);
        var pads = call.integers(1);
        if (pads.size() != 2 * shape.rank() || pads.stream().anyMatch(pad -> pad < 0)) {
            throw call.refuse("has paddings that do not fit " + shape);
        }
        var zeros = new Values.Padded(call.input(0), everySecond(pads, 0), everySecond(pads, 1));
        var padded = new Shape(IntStream.range(0, shape.rank())
                .mapToObj(axis -> Math.addExact(
                        shape.size(axis),
                        Math.addExact(zeros.before().get(axis), zeros.after().get(axis))))
                .toList());
        var value = call.present(2) ? call.floats(2)[0] : 0;
        if (value == 0 && !call.constant(0)) {
            call.giveLater(zeros, padded);
        } else {
            call.giveOwned(padded(call, zeros, shape, value), padded);
        }
    }

    private static List<Integer> everySecond(List<Integer> pads, int first) {
        return IntStream.range(0, pads.size() / 2)
                .mapToObj(axis -> pads.get(2 * axis + first))
                .toList();
    }

    /** Writes a padding that was put off. */
    static String padded(Call call, Values.Padded zeros) {
        return padded(call, zeros, call.graph().tensors().get(zeros.source()).shape(), 0);
    }

    private static String padded(Call call, Values.Padded pads, Shape shape, float value) {
        // TorchScript counts from its last axis on.
        var torch = new Integer[2 * shape.rank()];
        for (var axis = 0; axis < shape.rank(); axis++) {
            var place = 2 * (shape.rank() - 1 - shape.torchAxis(axis));
            torch[place] = pads.before().get(axis);
            torch[place + 1] = pads.after().get(axis);
        }
        return call.let(
                "torch.constant_pad_nd(%s, %s, %s)", call.tensor(pads.source()), list(torch), Float.toString(value));
    }

    /** CONCATENATION. */
    static void concatenate(Call call) {
        var first = call.shape(0);
        var axis = first.axis(call.operation().number(0, 0));
        var names = new ArrayList<String>();
        var length = 0;
        for (var operand = 0; operand < call.operation().inputs().size(); operand++) {
            var shape = call.shape(operand);
            if (shape.rank() != first.rank()) {
                throw call.refuse("joins " + first + " and " + shape);
            }
            for (var other = 0; other < first.rank(); other++) {
                if (other != axis && shape.size(other) != first.size(other)) {
                    throw call.refuse("joins " + first + " and " + shape);
                }
            }
            length = Math.addExact(length, shape.size(axis));
            names.add(call.operand(operand));
        }
        var sizes = new ArrayList<>(first.sizes());
        sizes.set(axis, length);
        var result = call.let("torch.cat([%s], %d)", String.join(", ", names), first.torchAxis(axis));
        call.giveOwned(call.activated(result, 1), new Shape(sizes));
    }

    /** TRANSPOSE. */
    static void transpose(Call call) {
        var shape = call.shape(0);
        var order = call.integers(1);
        if (!order.stream()
                .sorted()
                .toList()
                .equals(IntStream.range(0, shape.rank()).boxed().toList())) {
            throw call.refuse("has an order of axes that does not fit " + shape);
        }
        var result = new Shape(order.stream().map(shape::size).toList());
        var torch = new Integer[shape.rank()];
        for (var axis = 0; axis < shape.rank(); axis++) {
            torch[result.torchAxis(axis)] = shape.torchAxis(order.get(axis));
        }
        call.give(call.let("torch.permute(%s, %s)", call.operand(0), list(torch)), result);
    }

    /** MEAN, SUM and REDUCE_MAX: over the axes that the second operand names. @param function of TorchScript */
    static void reduce(Call call, String function) {
        var shape = call.shape(0);
        var axes =
                call.integers(1).stream().map(shape::axis).distinct().sorted().toList();
        var keep = call.operation().flag(0);
        var name = call.operand(0);
        List<Integer> torchAxes = axes.stream().map(shape::torchAxis).sorted().toList();
        // Where axes vanish, the others must be in the file's order before.
        if (!keep && shape.isPicture() && !axes.contains(3) && !axes.containsAll(List.of(1, 2))) {
            name = call.let("torch.permute(%s, %s)", name, CHANNELS_LAST);
            torchAxes = axes;
        }
        var sizes = new ArrayList<Integer>();
        for (var axis = 0; axis < shape.rank(); axis++) {
            if (!axes.contains(axis)) {
                sizes.add(shape.size(axis));
            } else if (keep) {
                sizes.add(1);
            }
        }
        call.give(
                call.let("torch.%s(%s, %s, %s)", function, name, list(torchAxes), Script.flag(keep)), new Shape(sizes));
    }

    /** DEPTH_TO_SPACE: the channels of a block are laid out row by row, all of one place together. */
    static void depthToSpace(Call call) {
        var shape = call.picture(0);
        var block = block(call);
        if (shape.channels() % (block * block) != 0) {
            throw call.refuse("makes blocks of " + block + " of " + shape.channels() + " channels");
        }
        var channels = shape.channels() / (block * block);
        var last = call.let("torch.permute(%s, %s)", call.operand(0), CHANNELS_LAST);
        var parts = call.let(
                "torch.reshape(%s, %s)", last, list(-1, shape.height(), shape.width(), block, block, channels));
        var moved = call.let("torch.permute(%s, [0, 1, 3, 2, 4, 5])", parts);
        var result = Shape.of(shape.size(0), shape.height() * block, shape.width() * block, channels);
        var joined = call.let("torch.reshape(%s, %s)", moved, list(-1, result.height(), result.width(), channels));
        call.give(call.let("torch.permute(%s, %s)", joined, CHANNELS_SECOND), result);
    }

    /** SPACE_TO_DEPTH, the reverse. */
    static void spaceToDepth(Call call) {
        var shape = call.picture(0);
        var block = block(call);
        if (shape.height() % block != 0 || shape.width() % block != 0) {
            throw call.refuse("makes blocks of " + block + " of " + shape);
        }
        var high = shape.height() / block;
        var wide = shape.width() / block;
        var channels = shape.channels();
        var last = call.let("torch.permute(%s, %s)", call.operand(0), CHANNELS_LAST);
        var parts = call.let("torch.reshape(%s, %s)", last, list(-1, high, block, wide, block, channels));
        var moved = call.let("torch.permute(%s, [0, 1, 3, 2, 4, 5])", parts);
        var result = Shape.of(shape.size(0), high, wide, channels * block * block);
        var joined = call.let("torch.reshape(%s, %s)", moved, list(-1, high, wide, result.channels()));
        call.give(call.let("torch.permute(%s, %s)", joined, CHANNELS_SECOND), result);
    }

    private static int block(Call call) {
        var block = call.operation().number(0, 0);
        if (block < 1 || block > 64) {
            throw call.refuse("makes blocks of " + block);
        }
        return block;
    }
}
