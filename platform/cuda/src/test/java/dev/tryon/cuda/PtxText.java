package dev.tryon.cuda;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A kernel's PTX text, taken apart; what cannot be read is an {@link AssertionError}.
 *
 * @param parameters names, in order, each of 64 bits
 * @param registers class of each, by name
 * @param labels number of the statement that follows each
 */
record PtxText(
        List<String> parameters,
        Map<String, String> registers,
        Map<String, Integer> labels,
        List<Statement> statements) {
    private static final Pattern ENTRY =
            Pattern.compile("\\.visible \\.entry (\\w+)\\(([^)]*)\\)\\s*\\{(.*?)\\n}", Pattern.DOTALL);
    private static final Pattern PARAMETER = Pattern.compile("\\s*\\.param \\.u64 (\\w+)\\s*");
    private static final Pattern REGISTERS = Pattern.compile("\\.reg \\.(\\w+)\\s+%(\\w+)<(\\d+)>");
    private static final Pattern LABEL = Pattern.compile("(\\$\\w+):");
    private static final Pattern STATEMENT = Pattern.compile("(?:@(%p\\d+) )?([a-z][\\w.]*)(?:\\s+(.*))?");

    /** One instruction. @param condition the predicate register that it waits on */
    record Statement(Optional<String> condition, String operation, List<String> operands) {}

    /** Reads the one kernel of a text. */
    static PtxText read(String text, String name) {
        for (var line : List.of(".version 7.0", ".target sm_70", ".address_size 64")) {
            require(text.contains("\n" + line + "\n"), "no " + line);
        }
        var entry = ENTRY.matcher(text);
        require(entry.find() && entry.group(1).equals(name), "no kernel " + name);
        var parameters = new ArrayList<String>();
        for (var parameter : entry.group(2).split(",", -1)) {
            parameters.add(match(PARAMETER, parameter).group(1));
        }
        var registers = new LinkedHashMap<String, String>();
        var labels = new HashMap<String, Integer>();
        var statements = new ArrayList<Statement>();
        for (var piece : entry.group(3).split("[;\\n]", -1)) {
            var line = piece.strip();
            var label = LABEL.matcher(line);
            if (line.startsWith(".reg")) {
                var found = match(REGISTERS, line);
                for (var number = 0; number < Integer.parseInt(found.group(3)); number++) {
                    registers.put("%" + found.group(2) + number, found.group(1));
                }
            } else if (label.matches()) {
                labels.put(label.group(1), statements.size());
            } else if (!line.isEmpty()) {
                statements.add(statement(line));
            }
        }
        return new PtxText(parameters, registers, labels, statements);
    }

    private static Statement statement(String line) {
        var found = match(STATEMENT, line);
        var operands = Optional.ofNullable(found.group(3)).stream()
                .flatMap(text -> Pattern.compile(",").splitAsStream(text.replaceAll("[{}]", "")))
                .map(String::strip)
                .toList();
        return new Statement(Optional.ofNullable(found.group(1)), found.group(2), operands);
    }

    private static Matcher match(Pattern pattern, String text) {
        var matcher = pattern.matcher(text);
        require(matcher.matches(), "cannot read: " + text);
        return matcher;
    }

    /** Fails unless something holds. */
    static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError("PTX: " + otherwise);
        }
    }
}
