package dev.tryon.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tryon.models.FlatWriter.Table;
import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.TryOnException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Files that are damaged, made to do harm, or ask for what is not supported. */
class MalformedFilesTest {
    private static final int MUTATIONS = 2_000;
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Path PUBLISHED = Path.of(System.getProperty("maven.multiModuleProjectDirectory", "../.."))
            .resolve("../shared/models/mediapipe/face_detection_short_range.tflite")
            .normalize();

    /** A file with a bit of everything that has sizes in it. */
    private static byte[] sound() {
        var file = new TfliteWriter();
        var x = file.tensor(1, 8, 8, 2);
        var rows = Table.of(
                0, (byte) 1, 2, (byte) 3, 3, Table.of(0, new byte[] {0, 1, 2}), 4, (byte) 3, 5, Table.of(0, new byte[] {
                    1, 0
                }));
        var one = Table.of(0, (byte) 0, 1, 1);
        var sparsity = Table.of(0, new int[] {0, 1, 2, 3}, 2, List.of(Table.of(0, (byte) 0, 1, 2), one, one, rows));
        var scales = Table.of(2, new float[] {.5f}, 3, new long[] {0});
        var packed = file.add(ElementType.INT8, new int[] {2, 1, 1, 2}, new byte[] {1, 2}, scales, sparsity);
        var filter = file.operation("DENSIFY", List.of(packed), new int[] {2, 1, 1, 2});
        var once = file.operation(
                "CONV_2D", List.of(x, filter), new int[] {1, 8, 8, 2}, 0, (byte) 0, 1, 1, 2, 1, 3, (byte) 3);
        var padded = file.operation("PAD", List.of(once, file.ints(0, 0, 1, 1, 1, 1, 0, 2)), new int[] {1, 10, 10, 4});
        var pooled = file.operation(
                "MAX_POOL_2D", List.of(padded), new int[] {1, 5, 5, 4}, 0, (byte) 0, 1, 2, 2, 2, 3, 2, 4, 2);
        var large = file.operation("RESIZE_BILINEAR", List.of(pooled, file.ints(10, 10)), new int[] {1, 10, 10, 4});
        var joined = file.operation("CONCATENATION", List.of(large, padded), new int[] {1, 10, 10, 8}, 0, 3);
        var wide = file.tensor(1, 20, 20, 1);
        file.operation(
                "Convolution2DTransposeBias",
                List.of(joined, file.floats(new int[] {1, 2, 2, 8}, new float[32]), file.floats(new int[] {1}, 0)),
                List.of(wide),
                TfliteWriter.customOptions(2, 2, 2),
                Table.of());
        var list = file.operation("RESHAPE", List.of(wide), new int[] {1, 400});
        var bytes = file.file(List.of(x), List.of(list));
        var array = new byte[bytes.remaining()];
        bytes.get(array);
        return array;
    }

    @Test
    void importsTheSoundFile() {
        assertThat(TfliteImport.toTorchScript(ByteBuffer.wrap(sound())).outputs())
                .hasSize(1);
    }

    @Test
    void answersEveryDamagedFileWithATypedErrorOrANetwork() {
        assertTimeoutPreemptively(LONG, () -> mutate(sound(), 4));
    }

    @Test
    void answersDamagedPublishedFilesInTheSameWay() throws IOException {
        assumeTrue(Files.exists(PUBLISHED), "published networks are absent: " + PUBLISHED);
        var file = Files.readAllBytes(PUBLISHED);
        assertTimeoutPreemptively(LONG.multipliedBy(4), () -> mutate(file, 400));
    }

    private static void mutate(byte[] sound, int changes) {
        var random = new Random(7);
        var refused = 0;
        for (var round = 0; round < MUTATIONS; round++) {
            var file = sound.clone();
            var count = 1 + random.nextInt(changes);
            for (var change = 0; change < count; change++) {
                var at = random.nextInt(file.length);
                // What breaks readers: zeros, the largest numbers of either sign, single bits.
                file[at] = switch (random.nextInt(4)) {
                    case 0 -> 0;
                    case 1 -> -1;
                    case 2 -> Byte.MAX_VALUE;
                    default -> (byte) (file[at] ^ 1 << random.nextInt(8));
                };
            }
            var length = random.nextInt(10) == 0 ? random.nextInt(file.length) : file.length;
            try {
                TfliteImport.toTorchScript(ByteBuffer.wrap(file, 0, length));
            } catch (TryOnException failure) {
                assertThat(failure.code()).isEqualTo(ErrorCode.MODEL_ERROR);
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(MUTATIONS / 10);
    }

    @Test
    void refusesEveryFileThatEndsEarly() {
        var file = sound();
        for (var length = 0; length < file.length; length += 16) {
            var cut = ByteBuffer.wrap(file, 0, length);
            try {
                TfliteImport.toTorchScript(cut);
            } catch (TryOnException failure) {
                assertThat(failure.code()).isEqualTo(ErrorCode.MODEL_ERROR);
            }
        }
    }

    @Test
    void namesAnOperatorThatIsNotSupported() {
        for (var name : List.of("LSTM", "Bespoke")) {
            var file = new TfliteWriter();
            var x = file.tensor(1, 2);
            var y = file.operation(name, List.of(x), new int[] {1, 2});
            assertRefused(file, x, y, name);
        }
    }

    @Test
    void namesWhatItDoesNotDo() {
        var file = new TfliteWriter();
        var x = file.tensor(1, 2);
        var y = file.operation("DEQUANTIZE", List.of(x), new int[] {1, 2});
        assertRefused(file, x, y, "DEQUANTIZE of what is computed");
    }

    @Test
    void refusesShapesThatDoNotFollow() {
        var file = new TfliteWriter();
        var x = file.tensor(1, 2);
        var y = file.operation("RELU", List.of(x), new int[] {1, 3});
        assertRefused(file, x, y, "[1x2]");
    }

    @Test
    void refusesConstantsThatGrowBeyondAllMeasure() {
        var file = new TfliteWriter();
        var level = Table.of(0, (byte) 0, 1, 1 << 13);
        var sparsity = Table.of(0, new int[] {0, 1}, 2, List.of(level, level));
        var packed = file.add(ElementType.INT8, new int[] {1 << 13, 1 << 13}, new byte[] {1}, Table.of(), sparsity);
        var y = file.operation("DENSIFY", List.of(packed), new int[] {1 << 13, 1 << 13});
        var x = file.tensor(1, 1);
        var sum = file.operation("ADD", List.of(x, y), new int[] {1 << 13, 1 << 13});
        assertRefused(file, x, sum, "more than 67108864 numbers");
    }

    @Test
    void readsABufferWhateverItsOrderAndPosition() {
        var bytes = ByteBuffer.allocate(sound().length + 3);
        bytes.position(3).put(sound()).position(3);

        assertThatCode(() -> TfliteImport.toTorchScript(bytes)).doesNotThrowAnyException();
        assertThat(bytes.position()).isEqualTo(3);
    }

    private static void assertRefused(TfliteWriter file, int input, int output, String reason) {
        assertThatThrownBy(() -> TfliteImport.toTorchScript(file.file(List.of(input), List.of(output))))
                .isInstanceOfSatisfying(TryOnException.class, failure -> {
                    assertThat(failure.code()).isEqualTo(ErrorCode.MODEL_ERROR);
                    assertThat(failure.userMessage()).doesNotContain(reason);
                })
                .hasMessageContaining(reason);
    }
}
