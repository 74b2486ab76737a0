package dev.tryon.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tryon.vision.Pixels;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.opencv.core.CvType;
import org.opencv.core.Mat;

class WrapTest {
    private static final int SIDE = 256;

    static {
        Pixels.load();
    }

    @Test
    void tilesWhereWholeWavesFit() {
        assertThat(tiles(8, 6)).isTrue();
    }

    @Test
    void doesNotTileWhereAWaveIsCutAcross() {
        assertThat(tiles(8.5, 6)).isFalse();
    }

    @Test
    void doesNotTileWhereAWaveIsCutDown() {
        assertThat(tiles(8, 6.5)).isFalse();
    }

    @Test
    void doesNotTakeNoiseForATile() {
        var random = new Random(5);
        var bytes = new byte[3 * SIDE * SIDE];
        random.nextBytes(bytes);

        assertThat(tiles(bytes)).isFalse();
    }

    /** Asks about crossing waves, so many across and so many down. */
    private static boolean tiles(double across, double down) {
        var bytes = new byte[3 * SIDE * SIDE];
        for (var at = 0; at < bytes.length; at++) {
            var pixel = at / 3;
            var row = pixel / SIDE;
            var x = 2 * Math.PI * across * (pixel % SIDE) / SIDE;
            var y = 2 * Math.PI * down * row / SIDE;
            bytes[at] = (byte) (128 + 50 * Math.sin(x + y) + 40 * Math.sin(x - 2 * y));
        }
        return tiles(bytes);
    }

    private static boolean tiles(byte[] bytes) {
        var picture = new Mat(SIDE, SIDE, CvType.CV_8UC3);
        try {
            picture.put(0, 0, bytes);
            return Wrap.tiles(picture);
        } finally {
            picture.release();
        }
    }
}
