package dev.tryon.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The words after a command: some that stand alone, and {@code --name value} pairs.
 *
 * @param words those that stand alone, in order
 * @param options by name, without the dashes
 */
public record Arguments(List<String> words, Map<String, String> options) {
    /** Copies both. */
    public Arguments {
        words = List.copyOf(words);
        options = Map.copyOf(options);
    }

    /**
     * Reads a command's arguments.
     *
     * @param known the names of options that the command has
     * @throws UsageException naming the word that does not fit
     */
    public static Arguments parse(List<String> line, Set<String> known) {
        return parse(line, known, Set.of());
    }

    /**
     * Reads the arguments of a command that has flags too.
     *
     * @param flags the names of options that have no value
     */
    static Arguments parse(List<String> line, Set<String> known, Set<String> flags) {
        var words = new ArrayList<String>();
        var options = new LinkedHashMap<String, String>();
        var rest = line.iterator();
        while (rest.hasNext()) {
            var word = rest.next();
            if (!word.startsWith("--")) {
                words.add(word);
                continue;
            }
            var name = word.substring(2);
            if (flags.contains(name)) {
                options.put(name, "");
                continue;
            }
            if (!known.contains(name)) {
                throw new UsageException("there is no option " + word);
            }
            if (!rest.hasNext()) {
                throw new UsageException(word + " needs a value");
            }
            if (options.put(name, rest.next()) != null) {
                throw new UsageException(word + " is given twice");
            }
        }
        return new Arguments(words, options);
    }

    /** Returns the value of an option, if it was given. */
    public Optional<String> option(String name) {
        return Optional.ofNullable(options.get(name));
    }

    /** Returns whether a flag was given. */
    boolean flag(String name) {
        return options.containsKey(name);
    }

    /** Returns the value of an option that must be given. */
    public String required(String name) {
        return option(name).orElseThrow(() -> new UsageException("--" + name + " is missing"));
    }

    /** Returns the number that an option gives, or the fallback where it is not given. */
    public int number(String name, int fallback) {
        try {
            return option(name).map(Integer::parseInt).orElse(fallback);
        } catch (NumberFormatException _) {
            throw new UsageException("--" + name + " needs a whole number");
        }
    }

    /** Returns the only word that stands alone. */
    public String onlyWord(String what) {
        if (words.size() != 1) {
            throw new UsageException("needs exactly one " + what);
        }
        return words.getFirst();
    }

    /** A command line that cannot be understood; the message is for whoever typed it. */
    public static final class UsageException extends RuntimeException {
        private static final long serialVersionUID = 1;

        /** Makes one. */
        public UsageException(String message) {
            super(message);
        }
    }
}
