package dev.tryon.models;

import java.io.StringReader;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Reads a list in the form of {@code models.yaml}.
 *
 * <p>Whatever does not fit is a {@link ModelException} of {@link ModelException.Problem#BAD_LIST} that names the file, the
 * line and the entry. For one thread.
 */
final class ModelListReader {
    private static final Set<String> ENTRY =
            Set.of("name", "purpose", "publisher", "licence", "file", "urls", "inputs", "outputs", "note");
    private static final Set<String> LICENCE = Set.of("spdx", "text");
    private static final Set<String> FILE = Set.of("name", "format", "bytes", "sha256");
    private static final Set<String> TENSOR = Set.of("name", "shape", "range", "meaning");

    private final String origin;
    private String entry = "";

    /** Makes one. @param origin the file's name, for messages */
    ModelListReader(String origin) {
        this.origin = origin;
    }

    List<ModelEntry> read(String yaml) {
        var top = YamlMap.of(compose(yaml), Set.of("models"), this::wrong);
        var entries = new ArrayList<ModelEntry>();
        var names = new HashSet<String>();
        for (var node : top.list("models")) {
            entry = "";
            var read = entry(node);
            if (!names.add(read.name())) {
                throw wrong(node, "there are two entries of this name");
            }
            entries.add(read);
        }
        return entries;
    }

    private Node compose(String yaml) {
        try {
            var node = new Yaml(new LoaderOptions()).compose(new StringReader(yaml));
            if (node == null) {
                throw new ModelException(ModelException.Problem.BAD_LIST, origin + ": it is empty");
            }
            return node;
        } catch (MarkedYAMLException failure) {
            var mark = failure.getProblemMark();
            var line = mark == null ? "" : ", line " + (mark.getLine() + 1);
            throw new ModelException(
                    ModelException.Problem.BAD_LIST, origin + line + ": no YAML: " + failure.getProblem(), failure);
        } catch (YAMLException failure) {
            throw new ModelException(
                    ModelException.Problem.BAD_LIST, origin + ": no YAML: " + failure.getMessage(), failure);
        }
    }

    private ModelEntry entry(Node node) {
        var map = YamlMap.of(node, ENTRY, this::wrong);
        entry = map.text("name");
        return checked(
                node,
                () -> new ModelEntry(
                        entry,
                        map.text("purpose"),
                        map.text("publisher"),
                        licence(map.get("licence")),
                        file(map.get("file")),
                        map.list("urls").stream().map(this::address).toList(),
                        map.list("inputs").stream().map(this::tensor).toList(),
                        map.list("outputs").stream().map(this::tensor).toList(),
                        map.given("note").map(note -> YamlMap.scalar(note, this::wrong))));
    }

    private ModelEntry.Licence licence(Node node) {
        var map = YamlMap.of(node, LICENCE, this::wrong);
        return checked(node, () -> new ModelEntry.Licence(map.text("spdx"), address(map.get("text"))));
    }

    private PublishedFile file(Node node) {
        var map = YamlMap.of(node, FILE, this::wrong);
        var bytes = map.number("bytes", Long::parseLong);
        var sha256 = checked(map.get("sha256"), () -> new Sha256(map.text("sha256")));
        return checked(node, () -> new PublishedFile(map.text("name"), format(map.get("format")), bytes, sha256));
    }

    private PublishedFile.Format format(Node node) {
        var word = YamlMap.scalar(node, this::wrong);
        return checked(node, () -> {
            Checks.that(word.equals("tflite") || word.equals("torchscript"), "a format is tflite or torchscript");
            return PublishedFile.Format.valueOf(word.toUpperCase(Locale.ROOT));
        });
    }

    private TensorSpec tensor(Node node) {
        var map = YamlMap.of(node, TENSOR, this::wrong);
        var shape = YamlMap.of(map.get("shape"), this::wrong);
        var axes = shape.keys().stream()
                .map(axis -> checked(
                        shape.get(axis), () -> new TensorSpec.Axis(axis, shape.number(axis, Integer::parseInt))))
                .toList();
        return checked(
                node,
                () -> new TensorSpec(map.text("name"), axes, map.given("range").map(this::range), map.text("meaning")));
    }

    private TensorSpec.Range range(Node node) {
        var ends = YamlMap.list(node, this::wrong).stream()
                .map(end -> YamlMap.number(end, Double::parseDouble, this::wrong))
                .toList();
        return checked(node, () -> {
            Checks.that(ends.size() == 2, "a range is two numbers, [least, most]");
            return new TensorSpec.Range(ends.getFirst(), ends.getLast());
        });
    }

    private URI address(Node node) {
        try {
            return new URI(YamlMap.scalar(node, this::wrong));
        } catch (URISyntaxException _) {
            throw wrong(node, "an address is an https URL");
        }
    }

    /** Makes a value; what it says of itself is told with the line it stands on. */
    private <T> T checked(Node node, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException failure) {
            throw wrong(node, String.valueOf(failure.getMessage()));
        }
    }

    private ModelException wrong(Node node, String sentence) {
        var where = entry.isEmpty() ? "" : ", entry " + entry;
        var line = node.getStartMark().getLine() + 1;
        return new ModelException(ModelException.Problem.BAD_LIST, origin + ", line " + line + where + ": " + sentence);
    }
}
