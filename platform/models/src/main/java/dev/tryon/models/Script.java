package dev.tryon.models;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The text of a network as it is written, statement by statement, in two versions: one for the CPU, which calls oneDNN's
 * convolutions itself with weights that were laid out when the archive was loaded, and one for every other device.
 *
 * <p>Not thread-safe.
 */
final class Script {
    private final TorchArchive archive = new TorchArchive();
    private final StringBuilder onCpu = new StringBuilder();
    private final StringBuilder elsewhere = new StringBuilder();
    private int names;
    private int weights;

    /** Writes {@code name = expression}. @return the name */
    String let(String expression) {
        return let(expression, expression);
    }

    /** Writes {@code name = expression}, another one for each version. @return the name */
    String let(String cpuExpression, String otherExpression) {
        var name = "v" + names++;
        write(name + " = ", cpuExpression, otherExpression);
        return name;
    }

    /** Writes {@code one, two = expression}. @return both names */
    List<String> letTwo(String expression) {
        var one = "v" + names++;
        var two = "v" + names++;
        write(one + ", " + two + " = ", expression, expression);
        return List.of(one, two);
    }

    /** Takes numbers along. @return how the script names them */
    String weights(float[] values, List<Integer> sizes) {
        var name = "w" + weights++;
        archive.weights(name, values, sizes);
        return "self." + name;
    }

    /**
     * Takes numbers along that are laid out otherwise on a CPU.
     *
     * @param layout an expression of the numbers, {@code %s}
     */
    String weights(float[] values, List<Integer> sizes, String layout) {
        var name = weights(values, sizes);
        archive.prepared(name.substring("self.".length()), layout);
        return name;
    }

    /** Ends the text and writes the archive. @param parameters names of the tensors that go in @param results of those out */
    byte[] archive(List<String> parameters, List<String> results) {
        var single = results.size() == 1;
        var head =
                "(self, " + parameters.stream().map(name -> name + ": Tensor").collect(Collectors.joining(", "))
                        + ") -> "
                        + (single ? "Tensor" : "Tuple[" + "Tensor, ".repeat(results.size() - 1) + "Tensor]")
                        + ":\n";
        var end = "  return " + (single ? results.getFirst() : "(" + String.join(", ", results) + ")");
        var call = "(" + String.join(", ", parameters) + ")\n";
        return archive.method("def on_cpu" + head + onCpu + end)
                .method("def elsewhere" + head + elsewhere + end)
                .method("def forward" + head + "  if self.cpu:\n    y = self.on_cpu" + call
                        + "  else:\n    y = self.elsewhere" + call + "  return y")
                .toBytes();
    }

    private void write(String target, String cpuExpression, String otherExpression) {
        onCpu.append("  ").append(target).append(cpuExpression).append('\n');
        elsewhere.append("  ").append(target).append(otherExpression).append('\n');
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
