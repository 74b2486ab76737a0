package dev.tryon.models;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A mapping of a YAML document that still knows its lines; what is missing or of another kind is told with its line. */
final class YamlMap {
    private final Node node;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final BiFunction<Node, String, ModelException> wrong;

    private YamlMap(Node node, BiFunction<Node, String, ModelException> wrong) {
        this.node = node;
        this.wrong = wrong;
        if (!(node instanceof MappingNode mapping)) {
            throw wrong.apply(node, "here belong keys with values");
        }
        for (var pair : mapping.getValue()) {
            var key = scalar(pair.getKeyNode(), wrong);
            if (values.put(key, pair.getValueNode()) != null) {
                throw wrong.apply(pair.getKeyNode(), key + " is given twice");
            }
        }
    }

    /** Reads a mapping whose keys may be any. */
    static YamlMap of(Node node, BiFunction<Node, String, ModelException> wrong) {
        return new YamlMap(node, wrong);
    }

    /** Reads a mapping whose keys are known. */
    static YamlMap of(Node node, Set<String> known, BiFunction<Node, String, ModelException> wrong) {
        var map = new YamlMap(node, wrong);
        map.values.forEach((key, value) -> {
            if (!known.contains(key)) {
                throw wrong.apply(value, "unknown key " + key);
            }
        });
        return map;
    }

    List<String> keys() {
        return List.copyOf(values.keySet());
    }

    Optional<Node> given(String key) {
        return Optional.ofNullable(values.get(key));
    }

    Node get(String key) {
        return given(key).orElseThrow(() -> wrong.apply(node, key + " is missing"));
    }

    String text(String key) {
        return scalar(get(key), wrong);
    }

    <N> N number(String key, Function<String, N> parse) {
        return number(get(key), parse, wrong);
    }

    List<Node> list(String key) {
        return list(get(key), wrong);
    }

    static String scalar(Node node, BiFunction<Node, String, ModelException> wrong) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw wrong.apply(node, "here belongs one value");
    }

    static <N> N number(Node node, Function<String, N> parse, BiFunction<Node, String, ModelException> wrong) {
        try {
            return parse.apply(scalar(node, wrong));
        } catch (NumberFormatException _) {
            throw wrong.apply(node, "here belongs a number");
        }
    }

    static List<Node> list(Node node, BiFunction<Node, String, ModelException> wrong) {
        if (node instanceof SequenceNode sequence) {
            return List.copyOf(sequence.getValue());
        }
        throw wrong.apply(node, "here belongs a list");
    }
}
