package dev.tryon.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.Frame;
import dev.tryon.spi.Outcome;
import dev.tryon.spi.Patch;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaintMaskTest {
    @Test
    void marksWhereAPatchCoversAtLeastHalf() {
        var pixels = ByteBuffer.allocateDirect(8);
        pixels.put(3, (byte) 127).put(7, (byte) 128);
        try (var picture = Frame.allocate(4, 2)) {
            var mask =
                    PaintMask.of(new Outcome.Overlaid(List.of(new Patch(1, 1, 2, 1, pixels)), 1, List.of()), picture);

            assertThat(values(mask)).containsExactly(0, 0, 0, 0, 0, 0, 255, 0);
        }
    }

    @Test
    void marksWhatChangedInAWholePicture() {
        try (var picture = Frame.allocate(2, 1);
                var painted = Frame.allocate(2, 1)) {
            painted.pixels().put(4, (byte) 1);

            assertThat(values(PaintMask.of(new Outcome.Painted(painted, 1, List.of()), picture)))
                    .containsExactly(0, 255);
        }
    }

    @Test
    void isEmptyForAPictureThatWasRejected() {
        try (var picture = Frame.allocate(2, 1)) {
            assertThat(values(PaintMask.of(new Outcome.Rejected(ErrorCode.LOW_LIGHT, "More light."), picture)))
                    .containsExactly(0, 0);
        }
    }

    private static int[] values(ByteBuffer mask) {
        var values = new int[mask.capacity()];
        for (int at = 0; at < values.length; at++) {
            values[at] = mask.get(at) & 0xFF;
        }
        return values;
    }
}
