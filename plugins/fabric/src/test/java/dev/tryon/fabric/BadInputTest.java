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
import dev.tryon.vision.FrameCodec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.imgproc.Imgproc;

/** Every picture that a scan cannot use gets an answer of its own, and cloth in odd files is scanned. */
class BadInputTest {
    private static final FabricEngine ENGINE = new FabricEngine();
    private static FrameCodec codec;

    @BeforeAll
    static void open() {
        codec = new FrameCodec();
    }

    @AfterAll
    static void close() {
        codec.close();
    }

    static Stream<Named<Supplier<Mat>>> picturesWithoutCloth() {
        return Stream.of(
                Named.of("a hand", OddPictures::hand),
                Named.of("a sky", OddPictures::sky),
                Named.of("a printed page", OddPictures::page),
                Named.of("a face", OddPictures::face),
                Named.of("a wall", OddPictures::wall));
    }

    @ParameterizedTest
    @MethodSource("picturesWithoutCloth")
    void findsNoClothWhereThereIsNone(Supplier<Mat> drawn) {
        try (var photo = OddPictures.frame(drawn.get())) {
            assertRefused(() -> scan(photo, Map.of()), ErrorCode.FABRIC_NOT_DETECTED);
        }
    }

    @Test
    void saysThatClothIsBurntOut() {
        try (var photo = OddPictures.frame(OddPictures.burntOut())) {
            assertThatThrownBy(() -> scan(photo, Map.of())).isInstanceOfSatisfying(TryOnException.class, failure -> {
                assertThat(failure.code()).isEqualTo(ErrorCode.FABRIC_NOT_DETECTED);
                assertThat(failure.userMessage()).contains("glare");
            });
        }
    }

    @Test
    void refusesAThumbnail() {
        try (var photo = OddPictures.frame(OddPictures.cloth(64, 64))) {
            assertRefused(() -> scan(photo, Map.of()), ErrorCode.INVALID_IMAGE);
        }
    }

    @Test
    void scansTwelveMegapixels() {
        try (var photo = OddPictures.frame(OddPictures.cloth(4000, 3000));
                var scan = scan(photo, Map.of())) {
            assertFound(scan, 800, 500, 3199, 2499);
        }
    }

    @Test
    void refusesMorePixelsThanAnUploadMayHave() {
        assertRefused(() -> decode(OddPictures.png(Mat.zeros(3000, 6000, CvType.CV_8U))), ErrorCode.INVALID_IMAGE);
    }

    @Test
    void takesTheOutlineOfATransparentPictureForTheSwatch() {
        try (var photo = decode(OddPictures.cutOut(OddPictures.cloth(800, 600)));
                var scan = scan(photo, Map.of())) {
            assertFound(scan, 160, 100, 639, 499);
        }
    }

    @Test
    void scansGreyPictures() {
        var grey = new Mat();
        Imgproc.cvtColor(OddPictures.cloth(800, 600), grey, Imgproc.COLOR_BGR2GRAY);
        try (var photo = decode(OddPictures.png(grey));
                var scan = scan(photo, Map.of())) {
            assertFound(scan, 160, 100, 639, 499);
        }
    }

    @Test
    void scansGreyPicturesOfSixteenBits() {
        var grey = new Mat();
        Imgproc.cvtColor(OddPictures.cloth(800, 600), grey, Imgproc.COLOR_BGR2GRAY);
        grey.convertTo(grey, CvType.CV_16U, 257);
        try (var photo = decode(OddPictures.png(grey));
                var scan = scan(photo, Map.of())) {
            assertFound(scan, 160, 100, 639, 499);
        }
    }

    @Test
    void tellsCornersInThePictureAsItIsTurned() {
        var jpeg = OddPictures.turned(OddPictures.jpeg(codec, OddPictures.cloth(800, 600)));
        try (var photo = decode(jpeg);
                var scan = scan(photo, Map.of())) {
            assertThat(List.of(photo.width(), photo.height())).containsExactly(600, 800);
            assertFound(scan, 100, 160, 499, 639);
        }
    }

    @ParameterizedTest
    @CsvSource({"0.000001, 0", "0, 0.5", "5000, 1", "1, 5000"})
    void refusesASizeThatNoSwatchHas(double width, double height) {
        try (var photo = OddPictures.frame(OddPictures.cloth(800, 600))) {
            var size = Map.<String, OptionValue>of(
                    "widthMillimetres", new OptionValue.Quantity(width),
                    "heightMillimetres", new OptionValue.Quantity(height));

            assertRefused(() -> scan(photo, size), ErrorCode.INVALID_LOOK);
        }
    }

    @Test
    void refusesCornersThatCross() {
        try (var photo = OddPictures.frame(OddPictures.cloth(800, 600))) {
            assertRefused(() -> scan(photo, corners(0.9, 0.1, 0.1, 0.1, 0.9, 0.9, 0.1, 0.9)), ErrorCode.INVALID_LOOK);
        }
    }

    @Test
    void refusesCornersOutsideThePicture() {
        assertThatThrownBy(() -> Options.of(ENGINE.info().options(), corners(-0.1, 0.1, 0.9, 0.1, 0.9, 0.9, 0.1, 0.9)))
                .hasMessageContaining("topLeftX");
    }

    @Test
    void refusesCornersAroundNextToNothing() {
        try (var photo = OddPictures.frame(OddPictures.cloth(800, 600))) {
            assertRefused(
                    () -> scan(photo, corners(0.4, 0.4, 0.45, 0.4, 0.45, 0.45, 0.4, 0.45)), ErrorCode.INVALID_IMAGE);
        }
    }

    @Test
    void refusesAFileThatIsCutOff() {
        var jpeg = OddPictures.jpeg(codec, OddPictures.cloth(800, 600));

        assertRefused(() -> decode(Arrays.copyOf(jpeg, jpeg.length / 2)), ErrorCode.INVALID_IMAGE);
    }

    @Test
    void refusesAFileThatIsNoPicture() {
        assertRefused(() -> decode("two yards of linen".getBytes(StandardCharsets.UTF_8)), ErrorCode.INVALID_IMAGE);
    }

    private static Map<String, OptionValue> corners(double... shares) {
        var names = List.of("topLeft", "topRight", "bottomRight", "bottomLeft");
        var options = new HashMap<String, OptionValue>();
        options.put("swatch", new OptionValue.Text("corners"));
        for (var at = 0; at < 4; at++) {
            options.put(names.get(at) + "X", new OptionValue.Quantity(shares[2 * at]));
            options.put(names.get(at) + "Y", new OptionValue.Quantity(shares[2 * at + 1]));
        }
        return options;
    }

    private static Frame decode(byte[] file) {
        return codec.decodeUpload(ByteBuffer.wrap(file));
    }

    private static Scan scan(Frame photo, Map<String, OptionValue> options) {
        var small = new HashMap<>(options);
        small.put("size", new OptionValue.Text("512"));
        return ENGINE.scan(photo, Options.of(ENGINE.info().options(), small), Progress.UNWATCHED);
    }

    private static void assertFound(Scan scan, double left, double top, double right, double bottom) {
        assertThat(scan.properties()).containsEntry("cornersFrom", new Property.Text("found"));
        var corners =
                ((Property.Numbers) Objects.requireNonNull(scan.properties().get("corners"))).values();
        var truth = new double[] {left, top, right, top, right, bottom, left, bottom};
        for (var at = 0; at < truth.length; at++) {
            assertThat(corners.get(at)).isCloseTo(truth[at], within(2.0));
        }
    }

    private static void assertRefused(ThrowingCallable call, ErrorCode code) {
        assertThatThrownBy(call).isInstanceOfSatisfying(TryOnException.class, failure -> assertThat(failure.code())
                .isEqualTo(code));
    }
}
