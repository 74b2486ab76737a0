package dev.tryon.compute;

import dev.tryon.compute.HeldNetwork.Joining;
import dev.tryon.spi.Tensor;
import dev.tryon.spi.TryOnException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/**
 * The proof, made when a network is loaded, that its calls may be joined.
 *
 * <p>A batch of noise is run alone, twice in one run, and beside other noise: outputs must have twice the rows and agree
 * with those of the lone runs to {@value #TOLERANCE} (of the value, where it is over 1). A network that mixes samples, that ties its
 * outputs' size to anything else, or whose outputs do not depend on its inputs at all, so that nothing is proven, runs
 * alone.
 */
final class JoinProof {
    static final double TOLERANCE = 1e-4;
    private static final long SEED = 20260407;

    private JoinProof() {}

    /**
     * Tests a network.
     *
     * @param network runs it
     * @param examples inputs like the ones to come; only their shapes matter
     */
    static Joining of(Function<Inputs, List<Tensor>> network, Inputs examples) {
        if (!examples.divisible()) {
            return new Joining.Alone("its inputs have no common axis 0");
        }
        try {
            return test(network, examples.tensors());
        } catch (TryOnException | DeviceMemoryException _) {
            return new Joining.Alone("it fails on twice its example");
        }
    }

    private static Joining test(Function<Inputs, List<Tensor>> network, List<Tensor> examples) {
        var random = new Random(SEED);
        var one = noise(examples, random);
        var other = noise(examples, random);
        var ofOne = network.apply(new Inputs.Numbers(one));
        var ofOther = network.apply(new Inputs.Numbers(other));
        int samples = examples.getFirst().size(0);
        var rows = new ArrayList<Integer>();
        for (int output = 0; output < ofOne.size(); output++) {
            var shape = ofOne.get(output).shape();
            if (shape.length == 0 || shape[0] == 0 || shape[0] % samples != 0) {
                return new Joining.Alone("output " + output + " has no row for each sample");
            }
            rows.add((int) shape[0] / samples);
        }
        if (same(ofOne, ofOther)) {
            return new Joining.Alone("its outputs do not depend on its inputs");
        }
        var twice = network.apply(new Inputs.Numbers(joined(one, one)));
        var mixed = network.apply(new Inputs.Numbers(joined(one, other)));
        if (!agrees(twice, ofOne, ofOne) || !agrees(mixed, ofOne, ofOther)) {
            return new Joining.Alone("a sample's outputs depend on what is beside it");
        }
        return new Joining.Rows(List.copyOf(rows));
    }

    private static List<Tensor> noise(List<Tensor> examples, Random random) {
        return examples.stream()
                .map(example -> {
                    var tensor = Tensor.allocate(example.shape());
                    for (int index = 0; index < tensor.values().capacity(); index++) {
                        tensor.values().put(index, random.nextFloat());
                    }
                    return tensor;
                })
                .toList();
    }

    private static List<Tensor> joined(List<Tensor> first, List<Tensor> second) {
        var joined = new ArrayList<Tensor>();
        for (int input = 0; input < first.size(); input++) {
            var shape = first.get(input).shape();
            shape[0] *= 2;
            var tensor = Tensor.allocate(shape);
            tensor.bytes().put(0, first.get(input).bytes(), 0, tensor.bytes().capacity() / 2);
            int half = tensor.bytes().capacity() / 2;
            tensor.bytes().put(half, second.get(input).bytes(), 0, half);
            joined.add(tensor);
        }
        return joined;
    }

    private static boolean same(List<Tensor> first, List<Tensor> second) {
        for (int output = 0; output < first.size(); output++) {
            if (!first.get(output).bytes().equals(second.get(output).bytes())) {
                return false;
            }
        }
        return true;
    }

    private static boolean agrees(List<Tensor> joined, List<Tensor> first, List<Tensor> second) {
        if (joined.size() != first.size() || joined.size() != second.size()) {
            return false;
        }
        for (int output = 0; output < joined.size(); output++) {
            var shape = first.get(output).shape();
            var doubled = shape.clone();
            doubled[0] *= 2;
            if (!Arrays.equals(second.get(output).shape(), shape)
                    || !Arrays.equals(joined.get(output).shape(), doubled)
                    || !agrees(joined.get(output), 0, first.get(output))
                    || !agrees(joined.get(output), first.get(output).values().capacity(), second.get(output))) {
                return false;
            }
        }
        return true;
    }

    private static boolean agrees(Tensor joined, int from, Tensor alone) {
        for (int index = 0; index < alone.values().capacity(); index++) {
            float expected = alone.values().get(index);
            float got = joined.values().get(from + index);
            boolean close = Math.abs(got - expected) <= TOLERANCE * Math.max(1, Math.abs(expected));
            if (!close && Float.compare(got, expected) != 0) {
                return false;
            }
        }
        return true;
    }
}
