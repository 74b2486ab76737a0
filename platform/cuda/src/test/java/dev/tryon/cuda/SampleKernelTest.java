package dev.tryon.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tryon.spi.Crop;
import dev.tryon.spi.Frame;
import dev.tryon.spi.Tensor;
import dev.tryon.vision.Sampling;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The sampling kernel's shipped text, run here, beside its twin on the CPU: the same bits, everywhere. */
class SampleKernelTest {
    private final EmulatedDriver driver = new EmulatedDriver();
    private final OpenDevice device = OpenDevice.of(driver.describe(0), driver);
    private final Kernels kernels = device.kernels().orElseThrow();
    private final Random random = new Random(20260101);

    @AfterEach
    void leavesNothingBehind() {
        assertThat(device.pinned().lent()).isZero();
        assertThat(kernels.lent()).isZero();
        device.close();
        assertThat(driver.hostBuffers).isZero();
        assertThat(driver.contexts).isZero();
        assertThat(driver.memory.live()).isZero();
    }

    private Frame noise(int width, int height, int gap) {
        var stride = 3 * width + gap;
        var frame = new Frame(width, height, stride, ByteBuffer.allocateDirect(stride * height), () -> {});
        for (var at = 0; at < stride * height; at++) {
            frame.pixels().put(at, (byte) random.nextInt());
        }
        return frame;
    }

    private void assertTwins(Frame frame, List<Crop> crops, int width, int height) {
        var expected = Tensor.allocate(crops.size(), 3, height, width);
        for (var index = 0; index < crops.size(); index++) {
            Sampling.fill(frame, crops.get(index), expected, index);
        }
        var bytes = expected.bytes().capacity();
        var batch = driver.memory.allocate(bytes);

        try (var sampled = kernels.sample(frame, crops, width, height)) {
            sampled.copyTo(batch, 0, crops.size());
        }

        var answer = Tensor.allocate(crops.size(), 3, height, width);
        driver.memory.read(answer.bytes(), batch, bytes);
        driver.memory.free(batch);
        assertThat(answer.values())
                .describedAs("%s of %dx%d as %dx%d", crops, frame.width(), frame.height(), width, height)
                .isEqualTo(expected.values());
    }

    @Test
    void equalsItsTwinOnRandomCropsOfRandomFrames() {
        for (var round = 0; round < 60; round++) {
            var frame = noise(1 + random.nextInt(90), 1 + random.nextInt(90), random.nextInt(5));
            var width = 1 + random.nextInt(40);
            var height = 1 + random.nextInt(40);
            var crops = IntStream.range(0, 1 + random.nextInt(3))
                    .mapToObj(_ -> new Crop(
                            random.nextDouble(-20, 110),
                            random.nextDouble(-20, 110),
                            width * random.nextDouble(0.05, 7),
                            height * random.nextDouble(0.05, 7),
                            random.nextDouble(-7, 7)))
                    .toList();
            assertTwins(frame, crops, width, height);
        }
    }

    @Test
    void equalsItsTwinAtEveryNumberOfSamples() {
        var frame = noise(200, 150, 1);
        for (var shrink : new double[] {0.3, 1, 1.6, 1.61, 3.1, 3.3, 4.7, 4.9, 6.39, 6.41, 9}) {
            assertTwins(frame, List.of(new Crop(101.3, 70.2, 21 * shrink, 17 * shrink, 0.3)), 21, 17);
        }
    }

    @Test
    void equalsItsTwinOnTheFramesOwnGridAndAtQuarterTurns() {
        var frame = noise(64, 48, 0);
        for (var quarter = 0; quarter < 4; quarter++) {
            assertTwins(frame, List.of(new Crop(32, 24, 64, 48, quarter * Math.PI / 2)), 64, 48);
        }
    }

    @Test
    void repeatsTheEdgeFarOutside() {
        var frame = noise(9, 7, 2);
        assertTwins(
                frame,
                List.of(
                        Crop.square(-500, -500, 30),
                        Crop.square(999_000, 3, 30),
                        new Crop(4, 1_000_000, 30, 30, 2),
                        Crop.square(9, 7, 0.001),
                        Crop.square(4.5, 3.5, 5000)),
                33,
                9);
    }

    @Test
    void samplesAFrameOfOnePixelAndFillsATensorOfOnePixel() {
        assertTwins(noise(1, 1, 0), List.of(new Crop(0.5, 0.5, 3, 3, 1)), 5, 4);
        assertTwins(noise(31, 17, 3), List.of(new Crop(10, 10, 5, 4, 1)), 1, 1);
    }

    @Test
    void writesNothingButItsBatch() {
        var frame = noise(20, 20, 0);
        var crops = List.of(Crop.square(10, 10, 12), Crop.square(5, 5, 12));
        var values = crops.size() * 3 * 33 * 9;
        var memory = driver.memory.allocate(4L * (values + 200));
        var before = ByteBuffer.allocate(4 * (values + 200));
        random.ints(before.capacity()).forEach(level -> before.put((byte) level));
        driver.memory.write(memory, before, before.capacity());

        try (var sampled = kernels.sample(frame, crops, 33, 9)) {
            sampled.copyTo(memory + 400, 0, 1);
            sampled.copyTo(memory + 400 + 2L * values, 1, 1);
            assertThatThrownBy(() -> sampled.copyTo(memory, 1, 2)).isInstanceOf(IllegalArgumentException.class);
        }

        var after = ByteBuffer.allocate(before.capacity());
        driver.memory.read(after, memory, after.capacity());
        driver.memory.free(memory);
        assertThat(after.slice(0, 400)).isEqualTo(before.slice(0, 400));
        assertThat(after.slice(400 + 4 * values, 400)).isEqualTo(before.slice(400 + 4 * values, 400));
        assertThat(after).isNotEqualTo(before);
    }

    @Test
    void uploadsTheFrameOnceForAllItsParts() {
        var frame = noise(100, 80, 0);
        driver.uploads.clear();

        assertTwins(frame, List.of(Crop.square(10, 10, 20), Crop.square(50, 50, 20), Crop.square(70, 30, 20)), 12, 12);

        assertThat(driver.uploads).hasSize(1);
        assertThat(driver.uploads.getFirst()).isBetween(100 * 80 * 3, 100 * 80 * 3 + 1024);
        assertThat(driver.launches).isOne();
    }
}
