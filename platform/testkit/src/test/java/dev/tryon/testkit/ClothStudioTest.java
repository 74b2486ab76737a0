package dev.tryon.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.tryon.spi.Frame;
import dev.tryon.spi.ScanEngine.Property;
import dev.tryon.spi.ScanEngine.Scan;
import dev.tryon.vision.FrameCodec;
import dev.tryon.vision.PictureLimits;
import java.nio.ByteBuffer;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opencv.calib3d.Calib3d;
import org.opencv.core.Core;
import org.opencv.core.Mat;
import org.opencv.core.MatOfPoint2f;
import org.opencv.core.Point;

class ClothStudioTest {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;
    private static final int TILE = 64;
    private static FrameCodec codec;

    @BeforeAll
    static void open() {
        codec = new FrameCodec();
    }

    @AfterAll
    static void close() {
        codec.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void knowsWhereTheClothEnds(long seed) {
        try (var scan = cloth(255, 0, 0, 0)) {
            var photograph = studio().photograph(ClothMaps.of(scan), seed);
            try (var frame = codec.decode(ByteBuffer.wrap(photograph.jpeg()), PictureLimits.UPLOAD)) {
                // A little within the corners lies red cloth, a little without the table.
                var home = middle(photograph.truth());
                for (var corner : photograph.truth().corners()) {
                    assertThat(redness(frame, between(home, corner, 0.96))).isGreaterThan(0.6);
                    assertThat(redness(frame, between(home, corner, 1.04))).isLessThan(0.5);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {7, 8, 9, 10})
    void knowsWhichTexelIsSeenWhere(long seed) {
        try (var scan = cloth(0, 255, 0, TILE / 2)) {
            var photograph = studio().photograph(ClothMaps.of(scan), seed);
            var truth = photograph.truth();
            try (var frame = codec.decode(ByteBuffer.wrap(photograph.jpeg()), PictureLimits.UPLOAD)) {
                // The tile's right half is blue: look at the middles of both halves, tile after tile.
                var quarter = truth.tileMillimetres() / 4;
                for (var half = 0; half < 2; half++) {
                    var right = quarter * (1 + 2 * half) + truth.tileMillimetres() - truth.fromRight();
                    var seen = seen(truth, right, truth.heightMillimetres() / 2);
                    var pixel = frame.strideBytes() * (int) seen.y + 3 * (int) seen.x;
                    var blue = frame.pixels().get(pixel) & 0xFF;
                    var green = frame.pixels().get(pixel + 1) & 0xFF;
                    assertThat(blue > green).isEqualTo(half == 1);
                }
            }
        }
    }

    @Test
    void takesTheSamePhotographFromTheSameSeed() {
        try (var scan = cloth(90, 80, 70, 0)) {
            assertThat(studio().photograph(ClothMaps.of(scan), 3).jpeg())
                    .isEqualTo(studio().photograph(ClothMaps.of(scan), 3).jpeg());
        }
    }

    @Test
    void tellsTheScaleInTheMiddle() {
        try (var scan = cloth(90, 80, 70, 0)) {
            var truth = studio().photograph(ClothMaps.of(scan), 4).truth();
            var x = truth.widthMillimetres() / 2;
            var y = truth.heightMillimetres() / 2;
            var one = seen(truth, x - 0.5, y);
            var other = seen(truth, x + 0.5, y);
            var down = seen(truth, x, y + 1);

            // Aslant the cloth is foreshortened one way: neither way is longer than the scale, and one is near it.
            var across = Math.hypot(one.x - other.x, one.y - other.y);
            var along = Math.hypot(down.x - seen(truth, x, y).x, down.y - seen(truth, x, y).y);
            assertThat(Math.max(across, along))
                    .isCloseTo(truth.pixelsPerMillimetre(), within(0.2 * truth.pixelsPerMillimetre()));
        }
    }

    @Test
    void refusesAMaterialWithoutNormals() {
        try (var scan = new Scan(Map.of("basecolor", Frame.allocate(64, 64)), Map.of())) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ClothMaps.of(scan))
                    .withMessage("the material has no normal");
        }
    }

    private static ClothStudio studio() {
        return new ClothStudio(codec, WIDTH, HEIGHT);
    }

    /** A flat matte cloth of one colour; from a column on it is blue, if that is not 0. */
    private static Scan cloth(int red, int green, int blue, int blueFrom) {
        var color = Frame.allocate(TILE, TILE);
        var normal = Frame.allocate(TILE, TILE);
        var white = Frame.allocate(TILE, TILE);
        for (var texel = 0; texel < TILE * TILE; texel++) {
            var other = blueFrom > 0 && texel % TILE >= blueFrom;
            color.pixels().put(3 * texel, (byte) (other ? 255 : blue));
            color.pixels().put(3 * texel + 1, (byte) (other ? 0 : green));
            color.pixels().put(3 * texel + 2, (byte) (other ? 0 : red));
            normal.pixels().put(3 * texel, (byte) 255);
            normal.pixels().put(3 * texel + 1, (byte) 128);
            normal.pixels().put(3 * texel + 2, (byte) 128);
            for (var channel = 0; channel < 3; channel++) {
                white.pixels().put(3 * texel + channel, (byte) 255);
            }
        }
        return new Scan(
                Map.of("basecolor", color, "normal", normal, "roughness", white, "ao", white),
                Map.of("widthMillimetres", new Property.Quantity(40)));
    }

    private static double redness(Frame frame, ClothTruth.Corner at) {
        var pixel = frame.strideBytes() * (int) at.y() + 3 * (int) at.x();
        var blue = frame.pixels().get(pixel) & 0xFF;
        var green = frame.pixels().get(pixel + 1) & 0xFF;
        var red = frame.pixels().get(pixel + 2) & 0xFF;
        return (red + 1.0) / (red + green + blue + 3.0);
    }

    private static ClothTruth.Corner middle(ClothTruth truth) {
        var x = truth.corners().stream().mapToDouble(ClothTruth.Corner::x).average();
        var y = truth.corners().stream().mapToDouble(ClothTruth.Corner::y).average();
        return new ClothTruth.Corner(x.orElseThrow(), y.orElseThrow());
    }

    private static ClothTruth.Corner between(ClothTruth.Corner home, ClothTruth.Corner corner, double share) {
        return new ClothTruth.Corner(
                home.x() + share * (corner.x() - home.x()), home.y() + share * (corner.y() - home.y()));
    }

    private static Point seen(ClothTruth truth, double right, double down) {
        var cloth = new MatOfPoint2f(
                new Point(0, 0),
                new Point(truth.widthMillimetres(), 0),
                new Point(truth.widthMillimetres(), truth.heightMillimetres()),
                new Point(0, truth.heightMillimetres()));
        var picture = new MatOfPoint2f(truth.corners().stream()
                .map(corner -> new Point(corner.x(), corner.y()))
                .toArray(Point[]::new));
        var homography = Calib3d.findHomography(cloth, picture);
        var seen = new MatOfPoint2f();
        var place = new MatOfPoint2f(new Point(right, down));
        Core.perspectiveTransform(place, seen, homography);
        var found = seen.toArray()[0];
        for (var mat : new Mat[] {cloth, picture, homography, seen, place}) {
            mat.release();
        }
        return found;
    }
}
