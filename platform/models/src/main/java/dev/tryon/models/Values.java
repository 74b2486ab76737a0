package dev.tryon.models;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the script has computed so far: how it calls each tensor, and what may be done with it to save memory traffic.
 *
 * <p>A tensor may be overwritten if it has memory of its own and only one operation reads it. Padding with zeros is put off
 * until somebody reads the result, since many operations can do without. Not thread-safe.
 */
final class Values {
    private final Map<Integer, String> names = new HashMap<>();
    private final Set<Integer> owned = new HashSet<>();
    private final Map<Integer, Padded> padded = new HashMap<>();
    private final int[] readers;

    /**
     * A tensor with zeros around it, not written yet.
     *
     * @param source index of the tensor without them
     * @param before how many zeros before each axis, in the file's order
     * @param after how many behind it
     */
    record Padded(int source, List<Integer> before, List<Integer> after) {}

    Values(Graph graph) {
        readers = new int[graph.tensors().size()];
        graph.operations().stream()
                .flatMap(operation -> operation.inputs().stream())
                .filter(tensor -> tensor != Graph.ABSENT)
                .forEach(tensor -> readers[tensor]++);
        graph.outputs().forEach(tensor -> readers[tensor]++);
    }

    Optional<String> name(int tensor) {
        return Optional.ofNullable(names.get(tensor));
    }

    boolean has(int tensor) {
        return names.containsKey(tensor) || padded.containsKey(tensor);
    }

    void name(int tensor, String name) {
        names.put(tensor, name);
    }

    /** Notes that a tensor shares its memory with no other. */
    void own(int tensor) {
        owned.add(tensor);
    }

    /** Returns whether the one operation that reads a tensor may write its result over it. */
    boolean overwritable(int tensor) {
        return owned.contains(tensor) && readers[tensor] == 1;
    }

    void putOff(int tensor, Padded zeros) {
        padded.put(tensor, zeros);
    }

    /** Returns a padding that has not been written yet. */
    Optional<Padded> padded(int tensor) {
        return names.containsKey(tensor) ? Optional.empty() : Optional.ofNullable(padded.get(tensor));
    }
}
