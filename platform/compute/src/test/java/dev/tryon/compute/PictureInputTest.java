package dev.tryon.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tryon.spi.Crop;
import dev.tryon.spi.Frame;
import dev.tryon.spi.Network;
import dev.tryon.spi.Tensor;
import dev.tryon.vision.Sampling;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Parts of a frame as a network's input: the same as sampling them first. */
class PictureInputTest {
    private static final Compute COMPUTE = Compute.open();
    private static final Network AFFINE =
            COMPUTE.load("affine", () -> new ByteArrayInputStream(ScriptArchive.affine()), Tensor.allocate(4));

    @AfterAll
    static void close() {
        COMPUTE.close();
    }

    @Test
    void givesTheNetworkWhatSamplingWouldHaveGivenIt() {
        var frame = Frame.allocate(97, 61);
        var random = new Random(4);
        for (var at = 0; at < frame.pixels().capacity(); at++) {
            frame.pixels().put(at, (byte) random.nextInt());
        }
        var crops = List.of(
                Crop.square(40, 30, 20), new Crop(5, 55, 50, 30, 0.7), Crop.square(96, 2, 9), Crop.square(48, 30, 400));
        var sampled = Tensor.allocate(crops.size(), 3, 24, 32);
        for (var index = 0; index < crops.size(); index++) {
            Sampling.fill(frame, crops.get(index), sampled, index);
        }
        var expected = AFFINE.run(sampled).getFirst();

        var answer = AFFINE.run(frame, crops, 32, 24).getFirst();

        assertThat(answer.shape()).containsExactly(crops.size(), 3, 24, 32);
        assertThat(answer.values()).isEqualTo(expected.values());
    }

    @Test
    void refusesABatchOfNothing() {
        assertThatThrownBy(() -> AFFINE.run(Frame.allocate(8, 8), List.of(), 8, 8))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
