package dev.tryon.fabric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tryon.vision.Pixels;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfDouble;

class DetailGainTest {
    private static final int SIDE = 512;

    @BeforeAll
    static void load() {
        Pixels.load();
    }

    @Test
    void makesTheGrainAsRichInContrastOnBothSides() {
        try (var scope = new MatScope()) {
            var grain = grain(30, 15, scope);
            var gain = DetailGain.of(grain, Optional.empty(), scope);
            var values = scope.mat();
            grain.convertTo(values, CvType.CV_32F);

            gain.apply(values, TilePlace.whole().projection(), scope);

            assertThat(spread(values, 8) / spread(values, SIDE - 72)).isCloseTo(1, within(0.15));
            assertThat(Core.mean(values).val[0]).isCloseTo(128, within(1.5));
        }
    }

    @Test
    void leavesEvenGrainAlone() {
        try (var scope = new MatScope()) {
            assertThat(DetailGain.of(grain(20, 20, scope), Optional.empty(), scope)
                            .most())
                    .isLessThan(0.06);
        }
    }

    @Test
    void takesAPlainFieldBesideARichOneForThePattern() {
        try (var scope = new MatScope()) {
            var print = grain(x -> x / 64 % 2 == 0 ? 30 : 0, scope);

            assertThat(DetailGain.of(print, Optional.empty(), scope).most()).isZero();
        }
    }

    /** Returns grey grain whose spread changes from one side to the other. */
    private static Mat grain(double left, double right, MatScope scope) {
        return grain(x -> left + (right - left) * x / SIDE, scope);
    }

    private static Mat grain(IntToDoubleFunction spread, MatScope scope) {
        var random = new Random(5);
        var bytes = new byte[3 * SIDE * SIDE];
        for (var i = 0; i < SIDE * SIDE; i++) {
            var value =
                    (byte) Math.clamp(Math.round(128 + spread.applyAsDouble(i % SIDE) * random.nextGaussian()), 0, 255);
            bytes[3 * i] = value;
            bytes[3 * i + 1] = value;
            bytes[3 * i + 2] = value;
        }
        var grain = scope.mat(SIDE, SIDE, CvType.CV_8UC3);
        grain.put(0, 0, bytes);
        return grain;
    }

    private static double spread(Mat values, int x) {
        var spread = new MatOfDouble();
        var part = values.submat(64, SIDE - 64, x, x + 64);
        Core.meanStdDev(part, new MatOfDouble(), spread);
        part.release();
        return spread.get(0, 0)[0];
    }
}
