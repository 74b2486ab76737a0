package dev.tryon.fabric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tryon.vision.Pixels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.opencv.core.CvType;

class SpectraTest {
    private static final int SIDE = 64;

    static {
        Pixels.load();
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "3, 0", "0, 5", "4, 7", "32, 0", "0, 32", "11, 32"})
    void multipliesAWaveByTheGainOfItsFrequency(int across, int down) {
        var wave = wave(across, down);
        var expected = 2 + Math.hypot(across, down) / SIDE;

        var filtered = filtered(wave, frequency -> 2 + frequency);

        for (var at = 0; at < wave.length; at++) {
            assertThat((double) filtered[at]).isCloseTo(expected * wave[at], within(1e-3));
        }
    }

    @Test
    void blursAsAGaussianThatGoesOnAtTheOtherSide() {
        var spike = new float[SIDE * SIDE];
        spike[0] = 1;

        var blurred = filtered(spike, Spectra.blur(2));

        // Next to the corner the spike has spread over both edges alike.
        assertThat((double) blurred[1]).isCloseTo(blurred[SIDE - 1], within(1e-6));
        assertThat((double) blurred[SIDE]).isCloseTo(blurred[SIDE * (SIDE - 1)], within(1e-6));
        assertThat((double) blurred[0]).isCloseTo(1 / (2 * Math.PI * 4), within(1e-4));
        assertThat((double) blurred[2]).isCloseTo(Math.exp(-4 / 8.0) / (2 * Math.PI * 4), within(1e-4));
    }

    private static float[] wave(int across, int down) {
        var wave = new float[SIDE * SIDE];
        for (var y = 0; y < SIDE; y++) {
            for (var x = 0; x < SIDE; x++) {
                wave[y * SIDE + x] = (float) Math.cos(2 * Math.PI * (across * x + down * y) / SIDE);
            }
        }
        return wave;
    }

    private static float[] filtered(float[] values, Spectra.Gain gain) {
        try (var scope = new MatScope()) {
            var plane = scope.mat(SIDE, SIDE, CvType.CV_32F);
            plane.put(0, 0, values);
            var result = new float[values.length];
            Spectra.filtered(Spectra.of(plane, scope), gain, scope).get(0, 0, result);
            return result;
        }
    }
}
