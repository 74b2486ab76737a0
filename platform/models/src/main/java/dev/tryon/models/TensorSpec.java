package dev.tryon.models;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One input or output of a published network: float32, row-major.
 *
 * @param name as the file calls it
 * @param shape its axes in order, each name once
 * @param range what its values keep to; empty where the network does not bound them
 * @param meaning one sentence for people: the order of channels, the unit, the origin
 */
public record TensorSpec(String name, List<Axis> shape, Optional<Range> range, String meaning) {
    private static final int MOST_AXES = 8;
    private static final long MOST_VALUES = 1L << 26;

    /**
     * One axis.
     *
     * @param name what it counts: {@code batch}, {@code height}
     * @param size at least 1
     */
    public record Axis(String name, int size) {
        /** Checks both. */
        public Axis {
            Checks.named("an axis", name);
            Checks.that(size >= 1, "axis " + name + " must be at least 1, not " + size);
        }
    }

    /** From the least to the most value, both possible. */
    public record Range(double least, double most) {
        /** Checks the order. */
        public Range {
            Checks.that(
                    Double.isFinite(least) && Double.isFinite(most) && least < most,
                    "a range goes from a number to a larger one");
        }
    }

    /** Checks the axes, and that it is not absurdly large. */
    public TensorSpec {
        Checks.text("the name of an input or output", name);
        Checks.text("the meaning of " + name, meaning);
        shape = List.copyOf(shape);
        Checks.that(
                !shape.isEmpty() && shape.size() <= MOST_AXES, "the shape of " + name + " has 1 to 8 axes, each named");
        var names = new HashSet<String>();
        double values = 1;
        for (var axis : shape) {
            Checks.that(names.add(axis.name()), "the shape of " + name + " has two axes " + axis.name());
            values *= axis.size();
        }
        Checks.that(values <= MOST_VALUES, "the shape of " + name + " has more than " + MOST_VALUES + " values");
    }

    /** Returns the sizes of the axes. */
    long[] sizes() {
        return shape.stream().mapToLong(Axis::size).toArray();
    }

    /** Returns name and shape as they are written in this project: {@code input float32[batch 1][channel 3]}. */
    @Override
    public String toString() {
        return shape.stream()
                .map(axis -> "[" + axis.name() + " " + axis.size() + "]")
                .collect(Collectors.joining("", name + " float32", ""));
    }
}
