package dev.tryon.fabric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.Frame;
import dev.tryon.spi.OptionValue;
import dev.tryon.spi.Options;
import dev.tryon.spi.Progress;
import dev.tryon.spi.ScanEngine.Property;
import dev.tryon.spi.ScanEngine.Scan;
import dev.tryon.spi.TryOnException;
import dev.tryon.vision.Pixels;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;

class PhotoScanTest {
    private static final FabricEngine ENGINE = new FabricEngine();
    private static final int PERIOD = 16;

    @Test
    void findsASwatchThatLiesOnAPlainGround() {
        try (var photo = swatch(640, 480, 150, 90, 330, 300);
                var scan = scan(photo, Map.of())) {
            var corners = numbers(scan, "corners");
            var truth = new double[] {150, 90, 479, 90, 479, 389, 150, 389};
            for (var i = 0; i < truth.length; i++) {
                assertThat(corners.values().get(i)).isCloseTo(truth[i], within(1.5));
            }
            assertThat(scan.properties()).containsEntry("cornersFrom", new Property.Text("found"));
        }
    }

    @Test
    void makesEveryMapAtTheSizeAskedFor() {
        try (var photo = swatch(640, 480, 150, 90, 330, 300);
                var scan = scan(photo, Map.of("size", new OptionValue.Text("512")))) {
            assertThat(scan.pictures().keySet())
                    .containsExactlyInAnyOrder(
                            "basecolor", "normal", "normal-dx", "height", "roughness", "ao", "metalness");
            assertThat(scan.pictures().values())
                    .allSatisfy(picture -> assertThat(picture.width()).isEqualTo(512));
        }
    }

    @Test
    void cutsATileWhoseSidesGoOnAtEachOther() {
        try (var photo = swatch(640, 480, 150, 90, 330, 300);
                var scan = scan(photo, Map.of("size", new OptionValue.Text("512")))) {
            var base = base(scan);
            assertThat(difference(base, 511, 0)).isLessThan(1.4 * difference(base, 255, 256) + 3);
        }
    }

    @Test
    void findsHowThePatternRepeats() {
        try (var photo = swatch(640, 480, 150, 90, 330, 300);
                var scan = scan(photo, Map.of())) {
            var period = numbers(scan, "period").values();
            // The waves fall onto themselves when moved by half a wave both ways.
            assertThat(Math.abs(period.get(0))).isCloseTo(PERIOD / 2.0, within(0.5));
            assertThat(Math.abs(period.get(1))).isCloseTo(PERIOD / 2.0, within(0.5));
        }
    }

    @Test
    void takesTheCornersThatAPersonDragged() {
        var options = Map.<String, OptionValue>of(
                "swatch", new OptionValue.Text("corners"),
                "topLeftX", new OptionValue.Quantity(0.3),
                "topLeftY", new OptionValue.Quantity(0.3));
        try (var photo = swatch(640, 480, 150, 90, 330, 300);
                var scan = scan(photo, options)) {
            assertThat(numbers(scan, "corners").values().getFirst()).isCloseTo(0.3 * 639, within(0.01));
        }
    }

    @Test
    void refusesCornersThatCross() {
        var options = Map.<String, OptionValue>of(
                "swatch", new OptionValue.Text("corners"),
                "topLeftX", new OptionValue.Quantity(1),
                "topRightX", new OptionValue.Quantity(0));
        try (var photo = swatch(640, 480, 150, 90, 330, 300)) {
            assertThatThrownBy(() -> scan(photo, options))
                    .isInstanceOfSatisfying(TryOnException.class, failure -> assertThat(failure.code())
                            .isEqualTo(ErrorCode.INVALID_LOOK));
        }
    }

    @Test
    void refusesAPhotoThatIsTooSmall() {
        try (var photo = Frame.allocate(64, 64)) {
            assertRefused(photo, ErrorCode.INVALID_IMAGE);
        }
    }

    @Test
    void refusesAWallWithoutCloth() {
        try (var photo = Frame.allocate(640, 480)) {
            Pixels.mat(photo).setTo(new Scalar(180, 180, 180));
            assertRefused(photo, ErrorCode.FABRIC_NOT_DETECTED);
        }
    }

    @Test
    void refusesClothThatIsBurntOut() {
        var options = Map.<String, OptionValue>of("swatch", new OptionValue.Text("whole"));
        try (var photo = Frame.allocate(640, 480)) {
            Pixels.mat(photo).setTo(new Scalar(255, 255, 255));
            assertThatThrownBy(() -> scan(photo, options))
                    .isInstanceOfSatisfying(TryOnException.class, failure -> assertThat(failure.code())
                            .isEqualTo(ErrorCode.FABRIC_NOT_DETECTED));
        }
    }

    @Test
    void tellsTheSizeOfTheTileWhereThatOfTheSwatchIsGiven() {
        var options = Map.<String, OptionValue>of("widthMillimetres", new OptionValue.Quantity(110));
        try (var photo = swatch(640, 480, 150, 90, 330, 300);
                var scan = scan(photo, options)) {
            var tile = numbers(scan, "tile").values();
            var width = number(scan, "widthMillimetres");
            assertThat(width).isCloseTo(110 * (tile.get(2) - tile.get(0)) / 330, within(1.0));
        }
    }

    @Test
    void leavesATileAsItIs() {
        var material = Shelf.material("linen-plain", 512, Steps.unwatched()).orElseThrow();
        try (var shown = Showing.of(material);
                var photo = Objects.requireNonNull(shown.pictures().get("basecolor"));
                var scan = scan(photo, Map.of("size", new OptionValue.Text("512")))) {
            var tile = base(scan);
            assertThat(Core.norm(tile, Pixels.mat(photo)) / Math.sqrt(3.0 * 512 * 512))
                    .isLessThan(2);
        }
    }

    private static void assertRefused(Frame photo, ErrorCode code) {
        assertThatThrownBy(() -> scan(photo, Map.of()))
                .isInstanceOfSatisfying(TryOnException.class, failure -> assertThat(failure.code())
                        .isEqualTo(code));
    }

    private static Scan scan(Frame photo, Map<String, OptionValue> options) {
        return ENGINE.scan(photo, Options.of(ENGINE.info().options(), options), Progress.UNWATCHED);
    }

    private static Property.Numbers numbers(Scan scan, String name) {
        return (Property.Numbers) Objects.requireNonNull(scan.properties().get(name));
    }

    private static double number(Scan scan, String name) {
        return ((Property.Quantity) Objects.requireNonNull(scan.properties().get(name))).value();
    }

    private static Mat base(Scan scan) {
        return Pixels.mat(Objects.requireNonNull(scan.pictures().get("basecolor")));
    }

    private static double difference(Mat bgr, int left, int right) {
        return Core.norm(bgr.col(left), bgr.col(right)) / Math.sqrt(3.0 * bgr.rows());
    }

    /** Draws cloth of crossing waves, brighter on one side, on a grey table. */
    private static Frame swatch(int width, int height, int x, int y, int clothWidth, int clothHeight) {
        var photo = Frame.allocate(width, height);
        var pixels = Pixels.mat(photo);
        pixels.setTo(new Scalar(200, 205, 208));
        var noise = new Random(7);
        var bytes = new byte[3 * clothWidth * clothHeight];
        for (var row = 0; row < clothHeight; row++) {
            for (var column = 0; column < clothWidth; column++) {
                var wave = Math.sin(2 * Math.PI * column / PERIOD) * Math.cos(2 * Math.PI * row / PERIOD);
                var light = 0.7 + 0.5 * column / clothWidth;
                var value = light * (80 + 30 * wave) + 2 * noise.nextGaussian();
                var at = 3 * (row * clothWidth + column);
                bytes[at] = (byte) Math.clamp(value * 1.3, 0, 255);
                bytes[at + 1] = (byte) Math.clamp(value, 0, 255);
                bytes[at + 2] = (byte) Math.clamp(value * 0.8, 0, 255);
            }
        }
        var cloth = new Mat(clothHeight, clothWidth, CvType.CV_8UC3);
        cloth.put(0, 0, bytes);
        cloth.copyTo(pixels.submat(y, y + clothHeight, x, x + clothWidth));
        return photo;
    }
}
