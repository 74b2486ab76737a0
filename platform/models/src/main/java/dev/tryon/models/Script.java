package dev.tryon.models;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The text of a TorchScript method as it is written, statement by statement, and the weights that it names. Not thread-safe. */
final class Script {
    private final List<String> statements = new ArrayList<>();
    private final Map<String, Weights> weights = new LinkedHashMap<>();
    private int names;

    /**
     * Numbers that go with the script.
     *
     * @param sizes in TorchScript's order
     */
    @SuppressWarnings("ArrayRecordComponent") // megabytes, handed on and never compared
    record Weights(float[] values, List<Integer> sizes) {}

    /** Writes {@code name = expression}. @return the name */
    String let(String expression) {
        var name = "v" + names++;
        statements.add(name + " = " + expression);
        return name;
    }

    /** Writes {@code one, two = expression}. @return both names */
    List<String> letTwo(String expression) {
        var one = "v" + names++;
        var two = "v" + names++;
        statements.add(one + ", " + two + " = " + expression);
        return List.of(one, two);
    }

    /** Takes numbers along. @return how the script names them */
    String weights(float[] values, List<Integer> sizes) {
        var name = "w" + weights.size();
        weights.put(name, new Weights(values, sizes));
        return "self." + name;
    }

    List<String> statements() {
        return List.copyOf(statements);
    }

    Map<String, Weights> weights() {
        return weights;
    }

    /** Writes a list of whole numbers. */
    static String list(List<Integer> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
    }

    /** Writes a list of whole numbers. */
    static String list(Integer... numbers) {
        return list(List.of(numbers));
    }

    /** Writes a flag. */
    static String flag(boolean flag) {
        return flag ? "True" : "False";
    }
}
