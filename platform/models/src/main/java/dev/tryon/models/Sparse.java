package dev.tryon.models;

import dev.tryon.spi.TryOnException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Fills up a sparse constant: a tree of levels, each dense or compressed, in the order in which the levels are walked.
 *
 * <p>Source: the {@code SparsityParameters} of the TFLite schema, which follow TACO (Kjolstad et al., 2017). Axes from the
 * tensor's rank on are inner blocks of the axes that the block map names.
 */
final class Sparse {
    private static final int MAX_LEVELS = 16;
    private static final int COMPRESSED = 1;
    private static final int MAX_ELEMENTS = 1 << 24;

    private final Shape shape;
    private final List<Integer> order;
    private final List<Integer> blocks;
    private final List<Level> levels;
    private float[] dense = {};
    private int[] place = {};
    private long steps;

    /**
     * One level of the tree.
     *
     * @param size how many there are along it, where it is dense
     * @param segments where the entries of each parent begin and end, where it is compressed
     * @param indices the place of each entry, where it is compressed
     */
    private record Level(boolean compressed, int size, List<Integer> segments, List<Integer> indices) {}

    Sparse(FlatTable table, Shape shape) {
        this.shape = shape;
        order = table.numbers(0, MAX_LEVELS);
        blocks = table.numbers(1, MAX_LEVELS);
        levels = table.tables(2, MAX_LEVELS).stream().map(Sparse::level).toList();
        var axes = shape.rank() + blocks.size();
        if (shape.elements() > MAX_ELEMENTS
                || levels.size() != axes
                || !order.stream()
                        .sorted()
                        .toList()
                        .equals(IntStream.range(0, axes).boxed().toList())
                || blocks.stream().anyMatch(axis -> axis < 0 || axis >= shape.rank())) {
            throw broken();
        }
    }

    /** Returns all numbers, zero where none is given. @param given the numbers that are stored, in the tree's order */
    float[] fill(float[] given) {
        dense = new float[shape.elements()];
        place = new int[order.size()];
        walk(0, 0, given);
        return dense;
    }

    private void walk(int depth, int parent, float[] given) {
        // No level of a sound tree has more entries than the tensor; lists that overlap would be walked for ever.
        if (++steps > (levels.size() + 1L) * shape.elements()) {
            throw broken();
        }
        if (depth == levels.size()) {
            if (parent >= given.length) {
                throw broken();
            }
            dense[index()] = given[parent];
            return;
        }
        var level = levels.get(depth);
        if (level.compressed()) {
            var begin = entry(level.segments(), parent);
            var end = entry(level.segments(), parent + 1);
            for (var at = begin; at < end; at++) {
                place[depth] = entry(level.indices(), at);
                walk(depth + 1, at, given);
            }
        } else {
            for (var at = 0; at < level.size(); at++) {
                place[depth] = at;
                walk(depth + 1, Math.addExact(Math.multiplyExact(parent, level.size()), at), given);
            }
        }
    }

    /** Returns where in the tensor the walk is. */
    private int index() {
        var axes = new int[shape.rank()];
        for (var depth = 0; depth < order.size(); depth++) {
            if (order.get(depth) < shape.rank()) {
                axes[order.get(depth)] += place[depth] * blockSize(order.get(depth));
            } else {
                axes[blocks.get(order.get(depth) - shape.rank())] += place[depth];
            }
        }
        var index = 0;
        for (var axis = 0; axis < axes.length; axis++) {
            if (axes[axis] < 0 || axes[axis] >= shape.size(axis)) {
                throw broken();
            }
            index = index * shape.size(axis) + axes[axis];
        }
        return index;
    }

    private int blockSize(int axis) {
        var block = blocks.indexOf(axis);
        return block < 0 ? 1 : levels.get(order.indexOf(shape.rank() + block)).size();
    }

    private static int entry(List<Integer> list, int at) {
        if (at < 0 || at >= list.size()) {
            throw broken();
        }
        return list.get(at);
    }

    private static Level level(FlatTable table) {
        return new Level(table.number8(0, 0) == COMPRESSED, table.number(1, 0), integers(table, 2), integers(table, 4));
    }

    /** Reads one of three kinds of lists. @param field of the kind; the list is in the field after it */
    private static List<Integer> integers(FlatTable table, int field) {
        var kind = table.number8(field, 0);
        var list = table.table(field + 1);
        if (kind == 0 || list.isEmpty()) {
            return List.of();
        }
        var size =
                switch (kind) {
                    case 1 -> Integer.BYTES;
                    case 2 -> Short.BYTES;
                    case 3 -> Byte.BYTES;
                    default -> throw broken();
                };
        var bytes = list.get().bytes(0, size).order(ByteOrder.LITTLE_ENDIAN);
        var numbers = new ArrayList<Integer>(bytes.remaining() / size);
        for (var at = 0; at < bytes.remaining(); at += size) {
            numbers.add(
                    switch (size) {
                        case Integer.BYTES -> bytes.getInt(at);
                        case Short.BYTES -> Short.toUnsignedInt(bytes.getShort(at));
                        default -> Byte.toUnsignedInt(bytes.get(at));
                    });
        }
        return numbers;
    }

    private static TryOnException broken() {
        return Refusal.of("a sparse constant is broken");
    }
}
