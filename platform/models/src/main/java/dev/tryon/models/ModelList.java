package dev.tryon.models;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The published networks that are known: those of {@code models.yaml}, and those that an operator adds. */
public final class ModelList {
    private static final int NEAR_NAMES = 3;
    private static final int PIECE = 3;

    private final Map<String, ModelEntry> byName;

    private ModelList(Map<String, ModelEntry> byName) {
        this.byName = byName;
    }

    /** Returns the list that comes with the server. */
    public static ModelList builtIn() {
        try (var stream = ModelList.class.getResourceAsStream("models.yaml")) {
            if (stream == null) {
                throw new IllegalStateException("models.yaml is missing from the server");
            }
            return of(
                    new ModelListReader("models.yaml").read(new String(stream.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /**
     * Returns a list with the entries of a file too.
     *
     * @throws ModelException of {@link ModelException.Problem#BAD_LIST}, naming file, line and entry, if it cannot be used
     */
    public ModelList and(Path file) {
        var entries = new LinkedHashMap<>(byName);
        try {
            for (var entry : new ModelListReader(file.toString()).read(Files.readString(file))) {
                if (entries.putIfAbsent(entry.name(), entry) != null) {
                    throw new ModelException(
                            ModelException.Problem.BAD_LIST,
                            file + ": the server's own list has an entry " + entry.name() + " already");
                }
            }
        } catch (IOException failure) {
            throw new ModelException(
                    ModelException.Problem.BAD_LIST, "the list of networks " + file + " cannot be read", failure);
        }
        return new ModelList(entries);
    }

    /** Returns a list of these; their names must differ. */
    static ModelList of(List<ModelEntry> entries) {
        var byName = new LinkedHashMap<String, ModelEntry>();
        entries.forEach(entry -> byName.put(entry.name(), entry));
        return new ModelList(byName);
    }

    /** Returns all entries in the list's order. */
    public List<ModelEntry> entries() {
        return List.copyOf(byName.values());
    }

    /**
     * Returns an entry.
     *
     * @throws ModelException of {@link ModelException.Problem#UNKNOWN}, which tells the names that are most like it
     */
    public ModelEntry entry(String name) {
        var entry = byName.get(name);
        if (entry == null) {
            throw new ModelException(
                    ModelException.Problem.UNKNOWN,
                    "there is no network " + name + " in the list; near it: " + String.join(", ", near(name)));
        }
        return entry;
    }

    /** The names that share the most pieces of three letters with a name, which finds parts of names and slips alike. */
    private List<String> near(String name) {
        var wanted = pieces(name);
        return byName.keySet().stream()
                .sorted(Comparator.<String>comparingDouble(known -> likeness(wanted, pieces(known)))
                        .reversed())
                .limit(NEAR_NAMES)
                .toList();
    }

    /** Jaccard's index: what both have, of what either has. */
    private static double likeness(Set<String> one, Set<String> other) {
        var both = new HashSet<>(one);
        both.retainAll(other);
        return (double) both.size() / (one.size() + other.size() - both.size());
    }

    private static Set<String> pieces(String name) {
        var padded = "-" + name + "-";
        var pieces = new HashSet<String>();
        for (int start = 0; start + PIECE <= padded.length(); start++) {
            pieces.add(padded.substring(start, start + PIECE));
        }
        return pieces;
    }
}
