package dev.tryon.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tryon.spi.Frame;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BlendingTest {
    private static Frame plain(int width, int height, int blue, int green, int red) {
        var frame = Frame.allocate(width, height);
        for (var at = 0; at < frame.pixels().capacity(); at += 3) {
            frame.pixels().put(at, (byte) blue).put(at + 1, (byte) green).put(at + 2, (byte) red);
        }
        return frame;
    }

    private static int level(Frame frame, int x, int y, int channel) {
        return frame.pixels().get(y * frame.strideBytes() + 3 * x + channel) & 0xFF;
    }

    /** IEC 61966-2-1, in double. */
    private static double light(int level) {
        var share = level / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }

    private static double level(double light) {
        return 255 * (light <= 0.0031308 ? light * 12.92 : 1.055 * Math.pow(light, 1 / 2.4) - 0.055);
    }

    @Test
    void mixesInLinearLightForEveryPairOfLevels() {
        var mask = ByteBuffer.allocateDirect(1);
        for (var covered : new int[] {1, 64, 128, 200, 254}) {
            mask.put(0, (byte) covered);
            for (var below = 0; below < 256; below += 3) {
                for (var above = 0; above < 256; above += 5) {
                    var onto = plain(1, 1, below, below, below);

                    Blending.mix(onto, plain(1, 1, above, above, above), mask);

                    var share = covered / 255.0;
                    var exact = level(light(below) + share * (light(above) - light(below)));
                    assertThat((double) level(onto, 0, 0, 1))
                            .isBetween(Math.floor(exact - 0.05 + 0.5), Math.floor(exact + 0.05 + 0.5));
                }
            }
        }
    }

    @Test
    void keepsWhatTheMaskLeavesOutAndTakesWhatItCovers() {
        var mask = ByteBuffer.allocateDirect(2).put(1, (byte) 255);
        for (var below = 0; below < 256; below++) {
            for (var above = 0; above < 256; above += 15) {
                var onto = plain(2, 1, below, below, below);

                Blending.mix(onto, plain(2, 1, above, above, above), mask);

                assertThat(level(onto, 0, 0, 2)).isEqualTo(below);
                assertThat(level(onto, 1, 0, 2)).isEqualTo(above);
            }
        }
    }

    @Test
    void followsEachPicturesOwnStride() {
        var random = new Random(3);
        var onto = new Frame(3, 2, 10, ByteBuffer.allocateDirect(20), () -> {});
        var above = new Frame(3, 2, 13, ByteBuffer.allocateDirect(26), () -> {});
        for (var at = 0; at < 26; at++) {
            above.pixels().put(at, (byte) random.nextInt());
        }
        var mask = ByteBuffer.allocateDirect(6).put(4, (byte) 255);

        Blending.mix(onto, above, mask);

        for (var channel = 0; channel < 3; channel++) {
            assertThat(level(onto, 1, 1, channel)).isEqualTo(level(above, 1, 1, channel));
            assertThat(level(onto, 1, 0, channel)).isZero();
            assertThat(level(onto, 2, 1, channel)).isZero();
        }
    }

    @Test
    void refusesWhatDoesNotFit() {
        var mask = ByteBuffer.allocateDirect(5);

        assertThatThrownBy(() -> Blending.mix(Frame.allocate(3, 2), Frame.allocate(2, 3), mask))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Blending.mix(Frame.allocate(3, 2), Frame.allocate(3, 2), mask))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
