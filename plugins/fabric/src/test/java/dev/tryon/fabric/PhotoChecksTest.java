package dev.tryon.fabric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.TryOnException;
import dev.tryon.vision.Pixels;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.opencv.core.CvType;
import org.opencv.core.Mat;

class PhotoChecksTest {
    private static final int SIDE = 480;

    @BeforeAll
    static void load() {
        Pixels.load();
    }

    @Test
    void takesClothInLightThatFallsOff() {
        assertAccepted((x, y, random) -> (140 - 60.0 * x / SIDE) * (1 + 0.1 * random.nextGaussian()));
    }

    @Test
    void takesALargeCheckForCloth() {
        assertAccepted((x, y, random) ->
                60 + (x / 60 % 2 == 0 ? 60 : 0) + (y / 60 % 2 == 0 ? 50 : 0) + 6 * random.nextGaussian());
    }

    @Test
    void refusesASkyThatOnlyChangesItsLight() {
        assertRefused((x, y, random) -> 120 + 90.0 * y / SIDE);
    }

    @Test
    void refusesAFaceBeforeAWall() {
        assertRefused((x, y, random) -> Math.hypot(x - 240, y - 200) < 130
                ? 190 + 3 * random.nextGaussian()
                : y > 330 ? 40 + 14 * random.nextGaussian() : 90 + random.nextGaussian());
    }

    private static void assertAccepted(Tone tone) {
        try (var scope = new MatScope()) {
            assertThatCode(() -> PhotoChecks.requireCloth(photo(tone, scope), scope))
                    .doesNotThrowAnyException();
        }
    }

    private static void assertRefused(Tone tone) {
        try (var scope = new MatScope()) {
            assertThatThrownBy(() -> PhotoChecks.requireCloth(photo(tone, scope), scope))
                    .isInstanceOfSatisfying(TryOnException.class, failure -> assertThat(failure.code())
                            .isEqualTo(ErrorCode.FABRIC_NOT_DETECTED));
        }
    }

    private static Mat photo(Tone tone, MatScope scope) {
        var random = new Random(7);
        var bytes = new byte[3 * SIDE * SIDE];
        for (var i = 0; i < SIDE * SIDE; i++) {
            var line = i / SIDE;
            var value = (byte) Math.clamp(Math.round(tone.at(i % SIDE, line, random)), 0, 255);
            for (var k = 0; k < 3; k++) {
                bytes[3 * i + k] = value;
            }
        }
        var photo = scope.mat(SIDE, SIDE, CvType.CV_8UC3);
        photo.put(0, 0, bytes);
        return photo;
    }

    private interface Tone {
        double at(int x, int y, Random random);
    }
}
