package dev.tryon.fabric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tryon.vision.Pixels;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.opencv.core.CvType;
import org.opencv.core.Mat;

class SwatchFinderTest {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;
    private static final int LEFT = 150;
    private static final int TOP = 90;
    private static final int RIGHT = 489;
    private static final int BOTTOM = 389;

    @BeforeAll
    static void load() {
        Pixels.load();
    }

    @Test
    void findsClothThatIsInItsShadeAsDarkAsTheTableInTheLight() {
        assertFound((x, y) -> (cloth(x, y) ? 200 : 150) - 80.0 * x / WIDTH, 1.5);
    }

    @Test
    void findsANetThatIsMostlyTable() {
        assertFound((x, y) -> cloth(x, y) && (x % 6 == 0 || y % 6 == 0) ? 190 : 60 + 20.0 * y / HEIGHT, 6);
    }

    @Test
    void findsTheEdgeBehindChecksThatLookLikeTheTable() {
        assertFound((x, y) -> cloth(x, y) && ((x - LEFT) / 20 + (y - TOP) / 20) % 2 == 0 ? 210 : 50, 2.5);
    }

    @Test
    void findsNothingOnATableWithoutCloth() {
        try (var scope = new MatScope()) {
            assertThat(SwatchFinder.find(photo((x, y) -> 150 - 80.0 * x / WIDTH, scope)))
                    .isEmpty();
        }
    }

    private static boolean cloth(int x, int y) {
        return x >= LEFT && x <= RIGHT && y >= TOP && y <= BOTTOM;
    }

    private static void assertFound(Tone tone, double pixels) {
        try (var scope = new MatScope()) {
            var corners = SwatchFinder.find(photo(tone, scope)).orElseThrow().corners();
            assertThat(corners.topLeft().x()).isCloseTo(LEFT, within(pixels));
            assertThat(corners.topLeft().y()).isCloseTo(TOP, within(pixels));
            assertThat(corners.bottomRight().x()).isCloseTo(RIGHT, within(pixels));
            assertThat(corners.bottomRight().y()).isCloseTo(BOTTOM, within(pixels));
        }
    }

    /** Returns a grey photo with a little noise. */
    private static Mat photo(Tone tone, MatScope scope) {
        var random = new Random(11);
        var bytes = new byte[3 * WIDTH * HEIGHT];
        for (var y = 0; y < HEIGHT; y++) {
            for (var x = 0; x < WIDTH; x++) {
                var value = (byte) Math.clamp(Math.round(tone.at(x, y) + 2 * random.nextGaussian()), 0, 255);
                for (var k = 0; k < 3; k++) {
                    bytes[3 * (y * WIDTH + x) + k] = value;
                }
            }
        }
        var photo = scope.mat(HEIGHT, WIDTH, CvType.CV_8UC3);
        photo.put(0, 0, bytes);
        return photo;
    }

    private interface Tone {
        double at(int x, int y);
    }
}
