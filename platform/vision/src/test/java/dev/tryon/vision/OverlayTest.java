package dev.tryon.vision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tryon.spi.Frame;
import dev.tryon.spi.Patch;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class OverlayTest {
    private static Patch patch(int x, int y, int width, int height, int rgba) {
        var pixels = ByteBuffer.allocateDirect(4 * width * height);
        for (var at = 0; at < pixels.capacity(); at += 4) {
            pixels.putInt(at, rgba);
        }
        return new Patch(x, y, width, height, pixels);
    }

    private static int at(Frame frame, int x, int y, int channel) {
        return frame.pixels().get(y * frame.strideBytes() + 3 * x + channel) & 0xFF;
    }

    @Test
    void mixesByAlphaRoundedToNearest() {
        for (var below = 0; below < 256; below += 51) {
            for (var alpha = 0; alpha < 256; alpha++) {
                var frame = Frame.allocate(1, 1);
                for (var channel = 0; channel < 3; channel++) {
                    frame.pixels().put(channel, (byte) below);
                }
                Overlay.draw(frame, List.of(patch(0, 0, 1, 1, 0xC8640A00 | alpha)));

                assertThat(at(frame, 0, 0, 2)).isEqualTo(Math.round((200f * alpha + below * (255 - alpha)) / 255));
                assertThat(at(frame, 0, 0, 1)).isEqualTo(Math.round((100f * alpha + below * (255 - alpha)) / 255));
                assertThat(at(frame, 0, 0, 0)).isEqualTo(Math.round((10f * alpha + below * (255 - alpha)) / 255));
            }
        }
    }

    @Test
    void drawsInOrderAndLeavesOutWhatLiesOutside() {
        var frame = new Frame(4, 3, 17, ByteBuffer.allocateDirect(51), () -> {});

        Overlay.draw(
                frame,
                List.of(
                        patch(-2, -2, 4, 4, 0xFF0000FF),
                        patch(1, 1, 9, 9, 0x00FF00FF),
                        patch(40, 40, 2, 2, 0xFFFFFFFF),
                        patch(Integer.MAX_VALUE, 0, 2, 2, 0xFFFFFFFF)));

        assertThat(at(frame, 0, 0, 2)).isEqualTo(255);
        assertThat(at(frame, 1, 1, 2)).isZero();
        assertThat(at(frame, 1, 1, 1)).isEqualTo(255);
        assertThat(at(frame, 3, 2, 1)).isEqualTo(255);
        assertThat(at(frame, 3, 0, 1)).isZero();
        assertThat(frame.pixels().get(12)).isZero(); // the gap between rows
    }
}
