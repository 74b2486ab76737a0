package dev.tryon.fabric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tryon.vision.Pixels;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;

class RepeatedLightTest {
    private static final int SIDE = LightField.SIDE;
    private static final Repeat HALVES = new Repeat(new Spot(0.5, 0), new Spot(0, 0.5), new Spot(0.5, 0), 1, 1);

    @BeforeAll
    static void load() {
        Pixels.load();
    }

    @Test
    void tellsADarkCheckFromAShadow() {
        try (var scope = new MatScope()) {
            // The left third of each period is dark, and the light falls off to the right.
            var light = lit(0.5, scope);

            assertThat(at(light, SIDE - 4) / at(light, 4)).isCloseTo(0.5, within(0.06));
        }
    }

    @Test
    void leavesEvenLightAlone() {
        try (var scope = new MatScope()) {
            assertThat(at(lit(1, scope), SIDE - 4)).isCloseTo(1, within(0.01));
        }
    }

    /** Returns the light that is read of checks whose right side gets that share of what the left side gets. */
    private static Mat lit(double share, MatScope scope) {
        var pixels = new float[3 * SIDE * SIDE];
        for (var i = 0; i < SIDE * SIDE; i++) {
            var dye = i % (SIDE / 2) < SIDE / 6 ? 0.1 : 0.5;
            for (var k = 0; k < 3; k++) {
                pixels[3 * i + k] = (float) (dye * Math.pow(share, (i % SIDE) / (SIDE - 1.0)));
            }
        }
        var linear = scope.mat(SIDE, SIDE, CvType.CV_32FC3);
        linear.put(0, 0, pixels);
        var light = scope.mat(SIDE, SIDE, CvType.CV_32F);
        light.setTo(Scalar.all(1));
        RepeatedLight.correct(linear, light, HALVES);
        return light;
    }

    private static double at(Mat light, int x) {
        return light.get(SIDE / 2, x)[0];
    }
}
