package dev.tryon.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tryon.spi.Crop;
import dev.tryon.spi.Frame;
import dev.tryon.spi.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SamplingTest {
    /** Returns a frame with blue = x, green = y, red = 200. */
    private static Frame ramp(int width, int height) {
        var frame = Frame.allocate(width, height);
        for (var y = 0; y < height; y++) {
            for (var x = 0; x < width; x++) {
                var at = y * frame.strideBytes() + 3 * x;
                frame.pixels().put(at, (byte) x).put(at + 1, (byte) y).put(at + 2, (byte) 200);
            }
        }
        return frame;
    }

    private static Tensor dirty(long... shape) {
        var tensor = Tensor.allocate(shape);
        var values = tensor.values();
        for (var index = 0; index < values.capacity(); index++) {
            values.put(index, 9);
        }
        return tensor;
    }

    private static double level(Tensor tensor, int item, int channel, int x, int y) {
        var width = tensor.size(3);
        var height = tensor.size(2);
        return 255 * tensor.values().get(((item * 3 + channel) * height + y) * width + x);
    }

    @Test
    void copiesPixelsWhereTheGridsAgree() {
        var tensor = dirty(2, 3, 20, 30);

        Sampling.fill(ramp(200, 150), new Crop(115, 90, 30, 20, 0), tensor, 1);

        assertThat(level(tensor, 1, 0, 0, 0)).isCloseTo(200, within(0.01));
        assertThat(level(tensor, 1, 1, 7, 3)).isCloseTo(83, within(0.01));
        assertThat(level(tensor, 1, 2, 7, 3)).isCloseTo(107, within(0.01));
        assertThat(tensor.values().get(0)).isEqualTo(9); // the other item is untouched
    }

    @Test
    void readsTheDocumentedPointAtEveryScaleAndAngle() {
        var frame = ramp(250, 250);
        for (var side : new double[] {12, 24, 37, 60, 110, 130}) {
            for (var angle : new double[] {0, 0.4, Math.PI / 2, 2.8}) {
                var tensor = dirty(1, 3, 16, 16);
                Sampling.fill(frame, new Crop(125.3, 120.8, side, side / 2, angle), tensor, 0);
                var bias = 0.0;
                for (var x = 0; x < 16; x += 5) {
                    for (var y = 0; y < 16; y += 5) {
                        var u = ((x + 0.5) / 16 - 0.5) * side;
                        var v = ((y + 0.5) / 16 - 0.5) * side / 2;
                        var frameX = 125.3 + Math.cos(angle) * u - Math.sin(angle) * v - 0.5;
                        var frameY = 120.8 + Math.sin(angle) * u + Math.cos(angle) * v - 0.5;
                        assertThat(level(tensor, 0, 2, x, y)).isCloseTo(frameX, within(1.1));
                        assertThat(level(tensor, 0, 1, x, y)).isCloseTo(frameY, within(1.1));
                        assertThat(level(tensor, 0, 0, x, y)).isCloseTo(200, within(0.01));
                        bias += (level(tensor, 0, 2, x, y) - frameX + level(tensor, 0, 1, x, y) - frameY) / 32;
                    }
                }
                assertThat(bias).as("side %s angle %s", side, angle).isCloseTo(0, within(0.5));
            }
        }
    }

    @Test
    void repeatsTheEdgeOutsideTheFrame() {
        var tensor = dirty(1, 3, 16, 16);

        Sampling.fill(ramp(100, 100), new Crop(100, 0, 16, 16, 0), tensor, 0);

        assertThat(level(tensor, 0, 0, 3, 3)).isCloseTo(200, within(0.01));
        assertThat(level(tensor, 0, 2, 12, 12)).isCloseTo(99, within(0.01));
        assertThat(level(tensor, 0, 1, 12, 3)).isZero();
    }

    @Test
    void averagesWhenShrinking() {
        var frame = Frame.allocate(256, 256);
        for (var y = 0; y < 256; y++) {
            for (var x = 0; x < 256; x++) {
                var at = y * frame.strideBytes() + 3 * x;
                var value = (byte) ((x + y) % 2 * 255);
                frame.pixels().put(at, value).put(at + 1, value).put(at + 2, value);
            }
        }
        for (var factor : new int[] {2, 4, 8}) {
            var tensor = dirty(1, 3, 16, 16);
            Sampling.fill(frame, new Crop(128, 128, 16 * factor, 16 * factor, 0), tensor, 0);
            var whole = dirty(1, 3, 256 / factor, 256 / factor);
            Sampling.letterbox(frame, 256 / factor, whole);
            for (var at = 0; at < 16; at++) {
                assertThat(level(tensor, 0, 1, at, 5)).isCloseTo(127.5, within(2.0));
                assertThat(level(whole, 0, 1, at, 5)).isCloseTo(127.5, within(2.0));
            }
        }
    }

    @Test
    void letterboxesTopLeftAndClearsTheRest() {
        var tensor = dirty(1, 3, 120, 100);

        var scale = Sampling.letterbox(ramp(200, 150), 100, tensor);

        assertThat(scale).isEqualTo(0.5);
        assertThat(level(tensor, 0, 2, 50, 30)).isCloseTo(100.5, within(0.8));
        assertThat(level(tensor, 0, 1, 50, 30)).isCloseTo(60.5, within(0.8));
        assertThat(level(tensor, 0, 0, 99, 74)).isCloseTo(200, within(0.01));
        assertThat(level(tensor, 0, 0, 99, 75)).isZero();
        assertThat(level(tensor, 0, 2, 0, 119)).isZero();
    }

    @Test
    void growsSmallFrames() {
        var tensor = dirty(1, 3, 64, 64);

        var scale = Sampling.letterbox(ramp(16, 32), 64, tensor);

        assertThat(scale).isEqualTo(2);
        assertThat(level(tensor, 0, 0, 31, 63)).isCloseTo(200, within(0.01));
        assertThat(level(tensor, 0, 0, 32, 63)).isZero();
    }

    @Test
    void refusesATensorThatIsTooSmall() {
        assertThatThrownBy(() -> Sampling.letterbox(ramp(20, 20), 32, Tensor.allocate(1, 3, 16, 16)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void seesAFrameAsAMatrixWithoutACopy() {
        var frame = ramp(10, 10);

        Pixels.mat(frame).put(3, 4, new byte[] {1, 2, 3});

        var at = 3 * frame.strideBytes() + 12;
        var bytes = new byte[3];
        frame.pixels().get(at, bytes);
        assertThat(Arrays.equals(bytes, new byte[] {1, 2, 3})).isTrue();
    }
}
