package dev.tryon.testkit;

import dev.tryon.compute.Compute;
import dev.tryon.models.ModelEntry;
import dev.tryon.models.ModelList;
import dev.tryon.models.SelfTest;
import dev.tryon.models.TfliteImport;
import dev.tryon.server.Arguments;
import dev.tryon.spi.Tensor;
import dev.tryon.vision.Pixels;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.opencv.core.Core;
import org.opencv.core.CvException;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.dnn.Dnn;
import org.opencv.dnn.Net;

/**
 * Published networks as this server imports and runs them, beside OpenCV's own run of the same files: one thread each, the
 * same input (noise in the declared range), turns taken.
 *
 * <p>Where OpenCV does not load a file, its row has {@code loads} 0; what the two give differs by {@code maxAbsDifference}
 * at most. Which of them is right another interpreter has to say.
 */
final class ImportBench {
    private static final int ROUNDS = 40;
    private static final int WARM_UP_ROUNDS = 5;
    private static final int IMPORTS = 5;

    private ImportBench() {}

    /** One way of running a network. */
    @FunctionalInterface
    private interface Runner {
        /** Returns the outputs' values, each row-major. */
        List<float[]> run();
    }

    /** Measures every network of the list; takes about a minute. */
    static List<BenchRow> run(Arguments arguments) {
        var home = Path.of(System.getProperty("tryon.home", "."));
        var files = arguments
                .option("shared")
                .map(Path::of)
                .orElse(home.resolve("../shared"))
                .resolve("models/mediapipe");
        if (!Files.isDirectory(files)) {
            throw new Arguments.UsageException("the published networks are needed in " + files);
        }
        Pixels.load();
        var threads = Core.getNumThreads();
        Core.setNumThreads(1);
        try (var compute = Compute.open()) {
            return ModelList.builtIn().entries().stream()
                    .flatMap(entry ->
                            measure(entry, read(files.resolve(entry.file().name())), compute).stream())
                    .toList();
        } finally {
            Core.setNumThreads(threads);
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static List<BenchRow> measure(ModelEntry entry, byte[] file, Compute compute) {
        var examples = new SelfTest(entry, System::nanoTime).examples();
        var importNanos = new long[IMPORTS];
        byte[] archive = {};
        for (int round = 0; round < IMPORTS; round++) {
            var begin = System.nanoTime();
            archive = TfliteImport.toTorchScript(ByteBuffer.wrap(file)).archive();
            importNanos[round] = System.nanoTime() - begin;
        }
        Arrays.sort(importNanos);
        var ours = new LinkedHashMap<String, Double>();
        ours.put("importMillis", importNanos[IMPORTS / 2] / 1e6);
        ours.put("archiveBytes", (double) archive.length);
        var script = archive;
        try (var network = compute.load(entry.name(), () -> new ByteArrayInputStream(script), examples)) {
            Runner tryon = () ->
                    network.run(examples).stream().map(ImportBench::values).toList();
            return compare(entry.name(), ours, tryon, file, examples[0]);
        }
    }

    private static List<BenchRow> compare(
            String scenario, Map<String, Double> ours, Runner tryon, byte[] file, Tensor example) {
        var theirs = new LinkedHashMap<String, Double>();
        var other = openCv(file, example).filter(runner -> runs(runner));
        var runners = new ArrayList<Runner>(List.of(tryon));
        other.ifPresent(runners::add);
        var nanos = times(runners);
        ours.putAll(CodecBench.percentiles(nanos[0]));
        theirs.put("loads", other.isPresent() ? 1.0 : 0.0);
        if (other.isPresent()) {
            theirs.putAll(CodecBench.percentiles(nanos[1]));
            var difference = largestDifference(tryon.run(), other.get().run());
            difference.ifPresent(value -> theirs.put("maxAbsDifference", value));
        }
        return List.of(new BenchRow(scenario, "tryon", ours), new BenchRow(scenario, "OpenCV " + Core.VERSION, theirs));
    }

    private static long[][] times(List<Runner> runners) {
        var nanos = new long[runners.size()][ROUNDS];
        for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
            for (int index = 0; index < runners.size(); index++) {
                var begin = System.nanoTime();
                runners.get(index).run();
                if (round >= 0) {
                    nanos[index][round] = System.nanoTime() - begin;
                }
            }
        }
        return nanos;
    }

    private static Optional<Runner> openCv(byte[] file, Tensor example) {
        try {
            var net = Dnn.readNetFromTFLite(new MatOfByte(file));
            var shape =
                    Arrays.stream(example.shape()).mapToInt(Math::toIntExact).toArray();
            var blob = new Mat(shape, CvType.CV_32F);
            blob.put(new int[shape.length], values(example));
            return Optional.of(() -> forward(net, blob));
        } catch (CvException _) {
            return Optional.empty();
        }
    }

    /** OpenCV finds out some of what it cannot do only when it is run. */
    private static boolean runs(Runner runner) {
        try {
            runner.run();
            return true;
        } catch (CvException _) {
            return false;
        }
    }

    private static List<float[]> forward(Net net, Mat blob) {
        var outputs = new ArrayList<Mat>();
        net.setInput(blob);
        net.forward(outputs, net.getUnconnectedOutLayersNames());
        return outputs.stream()
                .map(output -> {
                    var values = new float[Math.toIntExact(output.total())];
                    output.reshape(1, 1).get(0, 0, values);
                    output.release();
                    return values;
                })
                .toList();
    }

    private static float[] values(Tensor tensor) {
        var values = new float[tensor.values().capacity()];
        tensor.values().get(0, values);
        return values;
    }

    /** OpenCV gives outputs in an order of its own: each of ours is compared with the nearest of the same length. */
    private static Optional<Double> largestDifference(List<float[]> ours, List<float[]> theirs) {
        double largest = 0;
        for (var output : ours) {
            var nearest = theirs.stream()
                    .filter(candidate -> candidate.length == output.length)
                    .mapToDouble(candidate -> largestDifference(output, candidate))
                    .min();
            if (nearest.isEmpty()) {
                return Optional.empty();
            }
            largest = Math.max(largest, nearest.getAsDouble());
        }
        return Optional.of(largest);
    }

    private static double largestDifference(float[] one, float[] other) {
        double largest = 0;
        for (int index = 0; index < one.length; index++) {
            largest = Math.max(largest, Math.abs(one[index] - other[index]));
        }
        return largest;
    }
}
