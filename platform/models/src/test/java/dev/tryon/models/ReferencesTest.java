package dev.tryon.models;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tryon.spi.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Published files, imported, against what their publisher's interpreter made of the same inputs ({@code references/}). */
class ReferencesTest {
    private static final double TOLERANCE = 1e-3;
    private static final int SAMPLES_FROM = 6;
    private static final Path FOLDER = Path.of(System.getProperty("maven.multiModuleProjectDirectory", "../.."))
            .resolve("../shared/models/mediapipe")
            .normalize();

    /** What the interpreter made of one output. @param apart the largest difference between its own two sets of kernels */
    private record Reference(
            String file, int count, double apart, double mean, double magnitude, List<Double> samples) {
        static Reference of(String line) {
            var words = List.of(line.split(" "));
            return new Reference(
                    words.get(0),
                    Integer.parseInt(words.get(2)),
                    Double.parseDouble(words.get(3)),
                    Double.parseDouble(words.get(4)),
                    Double.parseDouble(words.get(5)),
                    words.subList(SAMPLES_FROM, words.size()).stream()
                            .map(Double::valueOf)
                            .toList());
        }
    }

    private static List<Reference> references() throws IOException {
        try (var lines = ReferencesTest.class.getResourceAsStream("references.txt")) {
            assertThat(lines).isNotNull();
            return new String(lines.readAllBytes(), UTF_8)
                    .lines()
                    .map(Reference::of)
                    .toList();
        }
    }

    private static List<String> files() throws IOException {
        return references().stream().map(Reference::file).distinct().toList();
    }

    @ParameterizedTest
    @MethodSource("files")
    void givesWhatThePublishersInterpreterGives(String file) throws IOException {
        assumeTrue(Files.isDirectory(FOLDER), "published networks are absent: " + FOLDER);
        var imported = TfliteImport.toTorchScript(ByteBuffer.wrap(Files.readAllBytes(FOLDER.resolve(file))));
        var expected =
                references().stream().filter(line -> line.file().equals(file)).toList();

        var outputs = Torch.run(
                imported.archive(), picture(imported.inputs().getFirst().shape()));

        assertThat(outputs).hasSameSizeAs(expected);
        for (var index = 0; index < outputs.size(); index++) {
            assertGiven(outputs.get(index), expected.get(index));
        }
    }

    private static void assertGiven(Tensor output, Reference expected) {
        var numbers = new float[output.values().capacity()];
        output.values().get(0, numbers);
        assertThat(numbers).hasSize(expected.count());
        var sum = 0.0;
        var magnitude = 0.0;
        for (var number : numbers) {
            sum += number;
            magnitude += Math.abs(number);
        }
        // One network is so ill-conditioned that the interpreter's own two sets of kernels are further apart than that.
        var tolerance = Math.max(TOLERANCE, 2 * expected.apart());
        assertThat(sum / numbers.length).describedAs("mean").isCloseTo(expected.mean(), offset(tolerance));
        assertThat(magnitude / numbers.length)
                .describedAs("mean magnitude")
                .isCloseTo(expected.magnitude(), offset(tolerance));
        for (var sample = 0; sample < expected.samples().size(); sample++) {
            var place = (int) ((double) mixed(sample) * numbers.length);
            assertThat((double) numbers[place])
                    .describedAs("%s, number %d", expected.file(), place)
                    .isCloseTo(expected.samples().get(sample), offset(tolerance));
        }
    }

    /** The numbers of {@code record.py}: slow triangle waves with a little noise over them. */
    private static Tensor picture(List<Integer> shape) {
        var picture =
                Tensor.allocate(shape.stream().mapToLong(Integer::longValue).toArray());
        var channels = shape.get(1);
        var height = shape.get(2);
        var width = shape.get(3);
        for (var channel = 0; channel < channels; channel++) {
            for (var place = 0; place < height * width; place++) {
                var wave = Math.abs((3 * (place % width) + 5 * (place / width) + 40 * channel) % 256 - 128) / 128f;
                picture.values()
                        .put(
                                channel * height * width + place,
                                wave * 0.75f + mixed(place * channels + channel) * 0.25f);
            }
        }
        return picture;
    }

    /** The finaliser of MurmurHash3 over multiples of the golden ratio, as 24 bits of 0 <= x < 1. */
    private static float mixed(int index) {
        var bits = index * 0x9E3779B1;
        bits = (bits ^ bits >>> 16) * 0x85EBCA6B;
        bits = (bits ^ bits >>> 13) * 0xC2B2AE35;
        bits ^= bits >>> 16;
        return (bits >>> 8) / (float) (1 << 24);
    }
}
