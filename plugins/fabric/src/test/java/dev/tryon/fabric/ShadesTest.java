package dev.tryon.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tryon.spi.Frame;
import dev.tryon.vision.LinearLight;
import dev.tryon.vision.Pixels;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.opencv.core.Mat;

class ShadesTest {
    private static final int SIDE = 512;
    private static final float[] NAVY = {0.09f, 0.02f, 0.002f};
    private static final float[] GREY = {0.2f, 0.2f, 0.2f};

    private final MatScope scope = new MatScope();

    @AfterEach
    void close() {
        scope.close();
    }

    @Test
    void takesADarkBlueClothInMoreAndLessLightForOneDye() {
        var navy = shades(NAVY, ShadesTest::yarns);
        var grey = shades(GREY, ShadesTest::yarns);

        assertThat(Shades.dyed(navy.chroma())).isZero();
        assertThat(navy.dye()).isZero();
        assertThat(navy.contrast()).isGreaterThan(0.5 * grey.contrast());
    }

    @Test
    void takesRedFieldsBesideWhiteOnesForDye() {
        var shades = Shades.of(
                tile((x, y, channel) -> x / 64 % 2 == 0 ? GREY[channel] : new float[] {0.02f, 0.02f, 0.2f}[channel]),
                scope);

        assertThat(Shades.dyed(shades.chroma())).isEqualTo(1);
        assertThat(shades.dye()).isGreaterThan(0.7);
    }

    private static double yarns(int x, int y) {
        return 0.3 * (Math.sin(2 * Math.PI * x / 16) + Math.sin(2 * Math.PI * y / 16));
    }

    private Shades shades(float[] dye, Light light) {
        return Shades.of(tile((x, y, channel) -> dye[channel] * (float) Math.exp(light.logarithm(x, y))), scope);
    }

    private Mat tile(Colors colors) {
        try (var frame = Frame.allocate(SIDE, SIDE)) {
            var pixels = frame.pixels();
            for (var at = 0; at < 3 * SIDE * SIDE; at++) {
                var texel = at / 3;
                pixels.put(at, (byte) Math.round(LinearLight.toByte(colors.light(texel % SIDE, texel / SIDE, at % 3))));
            }
            return scope.keep(Pixels.mat(frame).clone());
        }
    }

    private interface Light {
        double logarithm(int x, int y);
    }

    private interface Colors {
        /** Returns the linear light. @param channel blue, green, red */
        float light(int x, int y, int channel);
    }
}
