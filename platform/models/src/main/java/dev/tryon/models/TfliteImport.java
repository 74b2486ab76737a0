package dev.tryon.models;

import static java.util.Map.entry;

import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.TryOnException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Import of published TFLite networks into TorchScript, in Java alone.
 *
 * <p>What a network takes and gives is float32. A tensor of four axes, which TFLite keeps as {@code [batch][height][width]
 * [channels]}, is {@code float32[batch][channels][height][width]} in TorchScript, as all pictures are in this project; every
 * other is as it is in the file. Files for one picture take batches, unless they fold the batch into another axis.
 *
 * <p>Thread-safe.
 */
public final class TfliteImport {
    /** Grows whenever the same file becomes another archive, so that kept archives can be told to be old. */
    public static final int VERSION = 2;

    /** Writes one operation. */
    @FunctionalInterface
    private interface Rule {
        void write(Call call);
    }

    private static final Map<String, Rule> RULES = rules();
    /** Reads what the network gives. */
    private static final Graph.Operation END =
            new Graph.Operation("the end", List.of(), List.of(), Optional.empty(), ByteBuffer.allocate(0));

    private TfliteImport() {}

    /**
     * Imports a network.
     *
     * @param tflite the file's bytes, from position to limit
     * @return an archive that PyTorch loads, and what goes in and comes out
     * @throws TryOnException with {@link ErrorCode#MODEL_ERROR} if the file is malformed, or has an operator that is not
     *     supported, which the message for the log then names
     */
    public static ImportedNetwork toTorchScript(ByteBuffer tflite) {
        try {
            return translate(TfliteFile.read(tflite));
        } catch (ArithmeticException overflow) {
            throw Refusal.of("its sizes are impossible");
        }
    }

    /** Returns the names of the operators that are supported. */
    public static Set<String> operators() {
        return new TreeSet<>(RULES.keySet());
    }

    private static ImportedNetwork translate(Graph graph) {
        var script = new Script();
        var constants = new Constants(graph);
        var values = new Values(graph);
        var parameters = graph.inputs().stream().map(input -> "x" + input).toList();
        for (var input : graph.inputs()) {
            if (values.has(input) || constants.has(input)) {
                throw Refusal.of("it takes a tensor twice, or one that is given");
            }
            values.name(input, enter(graph, script, input));
        }
        for (var operation : graph.operations()) {
            var rule = RULES.get(operation.name());
            if (rule == null) {
                throw Refusal.of("operator " + operation.name() + " is not supported");
            }
            rule.write(new Call(graph, constants, script, values, operation));
        }
        var results = graph.outputs().stream()
                .map(output -> leave(new Call(graph, constants, script, values, END), output))
                .toList();
        if (results.isEmpty()) {
            throw Refusal.of("it gives nothing");
        }
        return new ImportedNetwork(
                script.archive(parameters, results), ports(graph, graph.inputs()), ports(graph, graph.outputs()));
    }

    private static String enter(Graph graph, Script script, int input) {
        requireFloat(graph, input);
        return graph.tensors().get(input).shape().isPicture()
                ? script.let("torch.contiguous(x%d, memory_format=2)".formatted(input))
                : "x" + input;
    }

    private static String leave(Call call, int output) {
        requireFloat(call.graph(), output);
        return call.let("torch.contiguous(%s)", call.tensor(output));
    }

    private static void requireFloat(Graph graph, int tensor) {
        var type = graph.tensors().get(tensor).type();
        if (type != ElementType.FLOAT32) {
            throw Refusal.of("it computes with numbers of type " + type + ", which is not supported");
        }
    }

    private static List<ImportedNetwork.Port> ports(Graph graph, List<Integer> tensors) {
        return tensors.stream()
                .map(graph.tensors()::get)
                .map(value ->
                        new ImportedNetwork.Port(value.name(), value.shape().torch()))
                .toList();
    }

    private static Map<String, Rule> rules() {
        var rules = new HashMap<String, Rule>(Map.ofEntries(
                entry("AVERAGE_POOL_2D", Pooling::average),
                entry("CONCATENATION", Shaping::concatenate),
                entry("CONV_2D", Convolutions::convolution),
                entry("Convolution2DTransposeBias", Convolutions::transposedWithBias),
                entry("DENSIFY", TfliteImport::unpack),
                entry("DEPTHWISE_CONV_2D", Convolutions::depthwise),
                entry("DEPTH_TO_SPACE", Shaping::depthToSpace),
                entry("DEQUANTIZE", TfliteImport::unpack),
                entry("EXPAND_DIMS", Shaping::reshape),
                entry("FULLY_CONNECTED", Convolutions::fullyConnected),
                entry("LEAKY_RELU", Elementwise::leaky),
                entry("MAX_POOL_2D", Pooling::largest),
                entry("MaxPoolingWithArgmax2D", Pooling::largestAndPlace),
                entry("MaxUnpooling2D", Pooling::unpooled),
                entry("MEAN", call -> Shaping.reduce(call, "mean")),
                entry("PAD", Shaping::pad),
                entry("PADV2", Shaping::pad),
                entry("PRELU", Elementwise::sloped),
                entry("REDUCE_MAX", call -> Shaping.reduce(call, "amax")),
                entry("RESHAPE", Shaping::reshape),
                entry("RESIZE_BILINEAR", Resizing::bilinear),
                entry("RESIZE_NEAREST_NEIGHBOR", Resizing::nearest),
                entry("SOFTMAX", Elementwise::softmax),
                entry("SPACE_TO_DEPTH", Shaping::spaceToDepth),
                entry("SQUEEZE", Shaping::reshape),
                entry("SUM", call -> Shaping.reduce(call, "sum")),
                entry("TRANSPOSE", Shaping::transpose),
                entry("TRANSPOSE_CONV", Convolutions::transposed)));
        Elementwise.OF_ONE.forEach((name, pattern) -> rules.put(name, call -> Elementwise.ofOne(call, pattern)));
        Elementwise.OF_TWO.forEach((name, pattern) -> rules.put(name, call -> Elementwise.ofTwo(call, pattern)));
        return Map.copyOf(rules);
    }

    /** DEQUANTIZE and DENSIFY of constants: nothing is left to do when the network runs. */
    private static void unpack(Call call) {
        if (!call.constant(0)) {
            throw call.refuse("of what is computed is not supported");
        }
        call.constants().alias(call.result(0), call.input(0));
    }
}
