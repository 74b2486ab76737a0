package dev.tryon.models;

import java.util.List;
import java.util.Map;

/** What is done to each number by itself, or to two numbers in the same place. */
final class Elementwise {
    /** Of one operand, to be filled in. */
    static final Map<String, String> OF_ONE = Map.ofEntries(
            Map.entry("ABS", "torch.abs(%s)"),
            Map.entry("ELU", "torch.elu(%s)"),
            Map.entry("EXP", "torch.exp(%s)"),
            Map.entry("HARD_SWISH", "torch.hardswish(%s)"),
            Map.entry("LOGISTIC", "torch.sigmoid(%s)"),
            Map.entry("NEG", "torch.neg(%s)"),
            Map.entry("RELU", "torch.relu(%s)"),
            Map.entry("RELU6", "torch.hardtanh(%s, 0., 6.)"),
            Map.entry("RELU_N1_TO_1", "torch.hardtanh(%s, -1., 1.)"),
            Map.entry("RSQRT", "torch.rsqrt(%s)"),
            Map.entry("SQRT", "torch.sqrt(%s)"),
            Map.entry("SQUARE", "torch.square(%s)"),
            Map.entry("TANH", "torch.tanh(%s)"));

    /** Of two operands, to be filled in. */
    static final Map<String, String> OF_TWO = Map.of(
            "ADD", "torch.add(%s, %s)",
            "DIV", "torch.div(%s, %s)",
            "MAXIMUM", "torch.maximum(%s, %s)",
            "MINIMUM", "torch.minimum(%s, %s)",
            "MUL", "torch.mul(%s, %s)",
            "SUB", "torch.sub(%s, %s)");

    /** Functions that can overwrite their first operand. */
    private static final List<String> OVERWRITING = List.of(
            "torch.add(",
            "torch.div(",
            "torch.hardswish(",
            "torch.hardtanh(",
            "torch.mul(",
            "torch.relu(",
            "torch.sigmoid(",
            "torch.sub(",
            "torch.tanh(");

    private Elementwise() {}

    /** Writes an operation on one operand, over it where nobody else reads it. @param pattern of {@link #OF_ONE} */
    static void ofOne(Call call, String pattern) {
        var name = call.operand(0);
        var overwriting = call.values().overwritable(call.input(0));
        call.giveOwned(call.let(overwriting ? inPlace(pattern) : pattern, name), call.shape(0));
    }

    /** Writes an operation on two operands. @param pattern of {@link #OF_TWO} */
    static void ofTwo(Call call, String pattern) {
        var shape = call.shape(0).broadcast(call.shape(1));
        if (call.operation().name().equals("ADD") && (addedToFirst(call, 0, 1) || addedToFirst(call, 1, 0))) {
            return;
        }
        var left = wide(call, 0, shape);
        var right = wide(call, 1, shape);
        var overwriting =
                call.values().overwritable(call.input(0)) && call.shape(0).equals(shape);
        var result = call.let(overwriting ? inPlace(pattern) : pattern, left, right);
        call.giveOwned(call.activated(result, 0), shape);
    }

    /** Adds fewer channels to the first ones of more, in their place, where the file adds zeros to the fewer ones before. */
    private static boolean addedToFirst(Call call, int more, int fewer) {
        var shape = call.shape(more);
        var zeros = call.values().padded(call.input(fewer));
        if (!call.values().overwritable(call.input(more))
                || zeros.isEmpty()
                || !shape.equals(call.shape(fewer))
                || !shape.isPicture()) {
            return false;
        }
        var source = call.graph().tensors().get(zeros.get().source()).shape();
        var onlyLast = zeros.get().before().equals(List.of(0, 0, 0, 0))
                && zeros.get().after().subList(0, 3).equals(List.of(0, 0, 0));
        if (!onlyLast) {
            return false;
        }
        var all = call.operand(more);
        var first = call.let("torch.narrow(%s, 1, 0, %d)", all, source.channels());
        call.let("torch.add_(%s, %s)", first, call.tensor(zeros.get().source()));
        call.giveOwned(call.activated(all, 0), shape);
        return true;
    }

    /** Returns TorchScript's name of the same function that overwrites its first operand. */
    private static String inPlace(String pattern) {
        return OVERWRITING.stream().anyMatch(pattern::startsWith) ? pattern.replaceFirst("\\(", "_(") : pattern;
    }

    /** LEAKY_RELU. */
    static void leaky(Call call) {
        call.give(
                call.let(
                        "torch.leaky_relu(%s, %s)",
                        call.operand(0), Float.toString(call.operation().real(0, 0))),
                call.shape(0));
    }

    /** PRELU: slopes below zero, most often one for each channel. */
    static void sloped(Call call) {
        var shape = call.shape(0);
        var slopes = call.shape(1);
        if (!shape.broadcast(slopes).equals(shape)) {
            throw call.refuse("has slopes of " + slopes + " for " + shape);
        }
        var channels = slopes.rank() == 0 ? 1 : slopes.size(slopes.rank() - 1);
        if (shape.isPicture() && channels == slopes.elements()) {
            var values = call.floats(1);
            call.giveOwned(call.let("torch.prelu(%s, %s)", call.operand(0), call.weights(values, channels)), shape);
            return;
        }
        var below = call.let("torch.clamp(%s, None, 0.)", call.operand(0));
        var scaled = call.let("torch.mul(%s, %s)", below, wide(call, 1, shape));
        call.giveOwned(call.let("torch.add(torch.relu(%s), %s)", call.operand(0), scaled), shape);
    }

    /** SOFTMAX along the last axis. */
    static void softmax(Call call) {
        var shape = call.shape(0);
        var scaled = call.let(
                "torch.mul(%s, %s)",
                call.operand(0), Float.toString(call.operation().real(0, 1)));
        call.give(call.let("torch.softmax(%s, %d)", scaled, shape.torchAxis(-1)), shape);
    }

    /** Returns an operand so that TorchScript repeats it along the same axes as the file does. */
    private static String wide(Call call, int operand, Shape shape) {
        var own = call.shape(operand);
        if (own.rank() == shape.rank() || (own.elements() == 1 && !call.constant(operand))) {
            return call.operand(operand);
        }
        if (!call.constant(operand)) {
            throw call.refuse("joins computed tensors of " + own.rank() + " and " + shape.rank() + " axes");
        }
        var widened = own.widened(shape.rank());
        return call.script().weights(widened.toTorch(call.floats(operand)), widened.torch());
    }
}
