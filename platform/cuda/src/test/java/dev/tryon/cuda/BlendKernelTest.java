package dev.tryon.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tryon.spi.Frame;
import dev.tryon.vision.Blending;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The blending kernel's shipped text, run here, beside its twin on the CPU: the same bytes, everywhere. */
class BlendKernelTest {
    private final EmulatedDriver driver = new EmulatedDriver();
    private final OpenDevice device = OpenDevice.of(driver.describe(0), driver);
    private final Kernels kernels = device.kernels().orElseThrow();
    private final Random random = new Random(7);

    @AfterEach
    void leavesNothingBehind() {
        assertThat(device.pinned().lent()).isZero();
        assertThat(kernels.lent()).isZero();
        device.close();
        assertThat(driver.hostBuffers).isZero();
        assertThat(driver.memory.live()).isZero();
    }

    private static ByteBuffer bytes(int count, IntUnaryOperator level) {
        var bytes = ByteBuffer.allocateDirect(count);
        for (var at = 0; at < count; at++) {
            bytes.put(at, (byte) level.applyAsInt(at));
        }
        return bytes;
    }

    private static ByteBuffer copy(ByteBuffer bytes) {
        return ByteBuffer.allocateDirect(bytes.capacity()).put(0, bytes, 0, bytes.capacity());
    }

    private void assertTwins(int width, int height, int ontoStride, ByteBuffer onto, Frame above, ByteBuffer mask) {
        var expected = new Frame(width, height, ontoStride, copy(onto), () -> {});
        Blending.mix(expected, above, mask);
        var answer = new Frame(width, height, ontoStride, copy(onto), () -> {});

        kernels.blend(answer, above, mask);

        assertThat(answer.pixels()).isEqualTo(expected.pixels());
    }

    private Frame noise(int width, int height, int stride) {
        return new Frame(width, height, stride, bytes(stride * height, _ -> random.nextInt()), () -> {});
    }

    @Test
    void equalsItsTwinForEveryPairOfLevelsAndManyShares() {
        var onto = bytes(3 * 256 * 256, at -> at / 3 % 256);
        var above = new Frame(256, 256, 3 * 256, bytes(3 * 256 * 256, at -> at / 3 / 256), () -> {});
        for (var share : new int[] {1, 2, 127, 128, 200, 254, 255}) {
            assertTwins(256, 256, 3 * 256, onto, above, bytes(256 * 256, _ -> share));
        }
    }

    @Test
    void equalsItsTwinOnRandomPicturesMasksAndStrides() {
        for (var round = 0; round < 40; round++) {
            var width = 1 + random.nextInt(70);
            var height = 1 + random.nextInt(40);
            var stride = 3 * width + random.nextInt(9);
            var empty = random.nextInt(3);
            var mask = bytes(width * height, _ -> empty == 0 || random.nextInt(3) < empty ? 0 : random.nextInt());
            assertTwins(
                    width,
                    height,
                    stride,
                    noise(width, height, stride).pixels(),
                    noise(width, height, 3 * width + random.nextInt(9)),
                    mask);
        }
    }

    @Test
    void leavesAPictureUnderAnEmptyMaskAsItIs() {
        var onto = noise(33, 9, 100);
        var before = copy(onto.pixels());

        kernels.blend(onto, noise(33, 9, 99), ByteBuffer.allocateDirect(33 * 9));

        assertThat(onto.pixels()).isEqualTo(before);
    }
}
