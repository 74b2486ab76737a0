package dev.tryon.vision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tryon.spi.Frame;
import dev.tryon.spi.Patch;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.Scalar;
import org.opencv.imgcodecs.Imgcodecs;
import org.opencv.imgproc.Imgproc;

/** Pictures that are right, and not of the plain kind. */
class OddPicturesTest {
    private final FrameCodec codec = new FrameCodec();

    @AfterEach
    void leavesNoFrameBehind() {
        assertThat(codec.framesInUse()).isZero();
        codec.close();
    }

    private Frame decode(byte[] encoded) {
        return codec.decodeUpload(ByteBuffer.wrap(encoded));
    }

    private static int[] bgr(Frame frame, int x, int y) {
        var at = y * frame.strideBytes() + 3 * x;
        var pixels = frame.pixels();
        return new int[] {pixels.get(at) & 0xFF, pixels.get(at + 1) & 0xFF, pixels.get(at + 2) & 0xFF};
    }

    private static void assertColor(Frame frame, int x, int y, int blue, int green, int red, int tolerance) {
        var color = bgr(frame, x, y);
        assertThat(Math.abs(color[0] - blue)).as("blue " + color[0]).isLessThanOrEqualTo(tolerance);
        assertThat(Math.abs(color[1] - green)).as("green " + color[1]).isLessThanOrEqualTo(tolerance);
        assertThat(Math.abs(color[2] - red)).as("red " + color[2]).isLessThanOrEqualTo(tolerance);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void showsOrientedPicturesUpright(int orientation) {
        var upright = Pictures.photo(48, 32);
        var stored = new Mat();
        switch (orientation) {
            case 2 -> Core.flip(upright, stored, 1);
            case 3 -> Core.rotate(upright, stored, Core.ROTATE_180);
            case 4 -> Core.flip(upright, stored, 0);
            case 5 -> Core.transpose(upright, stored);
            case 6 -> Core.rotate(upright, stored, Core.ROTATE_90_COUNTERCLOCKWISE);
            case 7 -> {
                Core.transpose(upright, stored);
                Core.rotate(stored, stored, Core.ROTATE_180);
            }
            case 8 -> Core.rotate(upright, stored, Core.ROTATE_90_CLOCKWISE);
            default -> upright.copyTo(stored);
        }
        var order = orientation % 2 == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        var jpeg = Pictures.withSegment(
                Pictures.encode(stored, ".jpg", Imgcodecs.IMWRITE_JPEG_QUALITY, 98),
                0xE1,
                Pictures.exif(orientation, order));
        var png = Pictures.encode(stored, ".png");
        var orientedPng = Pictures.concatenate(
                Arrays.copyOf(png, 33),
                Pictures.pngChunk("eXIf", Pictures.tiffWithOrientation(orientation, order)),
                Arrays.copyOfRange(png, 33, png.length));

        for (var encoded : new byte[][] {jpeg, orientedPng}) {
            assertThat(codec.inspect(ByteBuffer.wrap(encoded)).width()).isEqualTo(48);
            try (var frame = decode(encoded)) {
                assertThat(frame.height()).isEqualTo(32);
                assertThat(Pictures.meanDifference(Pixels.mat(frame), upright)).isLessThan(3);
            }
        }
    }

    @Test
    void readsOrientationFromWebp() {
        var webp = Pictures.webp(30, 20);
        var picture = Arrays.copyOfRange(webp, 12, webp.length);
        var oriented = Pictures.webpOf(
                Pictures.webpExtended(0x08, 30, 20),
                picture,
                Pictures.webpChunk("EXIF", Pictures.tiffWithOrientation(6, ByteOrder.LITTLE_ENDIAN)));

        try (var frame = decode(oriented)) {
            assertThat(frame.width()).isEqualTo(20);
            assertThat(frame.height()).isEqualTo(30);
        }
    }

    @ParameterizedTest
    @CsvSource({"1118481", "2167057", "2232593", "1184017", "4264209"})
    void decodesEverySubsampling(int sampling) {
        var jpeg = Pictures.encode(
                Pictures.photo(67, 45),
                ".jpg",
                Imgcodecs.IMWRITE_JPEG_QUALITY,
                92,
                Imgcodecs.IMWRITE_JPEG_SAMPLING_FACTOR,
                sampling);
        try (var frame = decode(jpeg)) {
            assertThat(Pictures.meanDifference(Pixels.mat(frame), Pictures.decodeByOpenCv(jpeg)))
                    .isLessThan(1);
        }
    }

    @Test
    void decodesProgressiveJpeg() {
        var jpeg = Pictures.encode(Pictures.photo(131, 77), ".jpg", Imgcodecs.IMWRITE_JPEG_PROGRESSIVE, 1);
        try (var frame = decode(jpeg)) {
            assertThat(Pictures.meanDifference(Pixels.mat(frame), Pictures.decodeByOpenCv(jpeg)))
                    .isLessThan(1);
        }
    }

    @Test
    void decodesJpegWithRestartMarkers() {
        var jpeg = Pictures.encode(Pictures.photo(131, 77), ".jpg", Imgcodecs.IMWRITE_JPEG_RST_INTERVAL, 3);
        try (var frame = decode(jpeg)) {
            assertThat(Pictures.meanDifference(Pixels.mat(frame), Pictures.decodeByOpenCv(jpeg)))
                    .isLessThan(1);
        }
    }

    @Test
    void decodesGreyJpegAndPng() {
        var grey = new Mat();
        Imgproc.cvtColor(Pictures.photo(50, 40), grey, Imgproc.COLOR_BGR2GRAY);
        var expected = new Mat();
        Imgproc.cvtColor(grey, expected, Imgproc.COLOR_GRAY2BGR);
        for (var extension : new String[] {".jpg", ".png"}) {
            try (var frame = decode(Pictures.encode(grey, extension))) {
                assertThat(Pictures.meanDifference(Pixels.mat(frame), expected)).isLessThan(2);
            }
        }
    }

    @Test
    void decodesCmykJpegAsAdobeWritesIt() {
        // Adobe stores 255 - ink: full yellow and magenta, no cyan, no black, is red.
        try (var frame = decode(Pictures.fourComponentJpeg(24, 16, 0, 255, 0, 0, 255))) {
            assertColor(frame, 12, 8, 0, 0, 255, 6);
        }
    }

    @Test
    void decodesYcckJpegAsAdobeWritesIt() {
        // Luma 76, Cb 85, Cr 255 is red, which stands for no cyan and, stored as 255 - ink, for all of it.
        try (var frame = decode(Pictures.fourComponentJpeg(24, 16, 2, 76, 85, 255, 255))) {
            assertColor(frame, 12, 8, 255, 255, 0, 6);
        }
    }

    @Test
    void roundsSixteenBitsToEight() {
        var photo = Pictures.photo(33, 21);
        var deep = new Mat();
        photo.convertTo(deep, CvType.CV_16U, 257, 90);
        try (var frame = decode(Pictures.encode(deep, ".png"))) {
            assertThat(Pictures.meanDifference(Pixels.mat(frame), photo)).isZero();
        }
    }

    @Test
    void decodesPalettesAndLaysTransparencyOnWhite() {
        var palette = Pictures.pngChunk("PLTE", (byte) 10, (byte) 20, (byte) 30, (byte) 200, (byte) 100, (byte) 0);
        var rows = Pictures.deflate((byte) 0, (byte) 0b01000000, (byte) 0, (byte) 0b10000000);
        var opaque = Pictures.pngOf(
                Pictures.pngHeader(2, 2, 1, 3), palette, Pictures.pngChunk("IDAT", rows), Pictures.pngChunk("IEND"));
        var transparent = Pictures.pngOf(
                Pictures.pngHeader(2, 2, 1, 3),
                palette,
                Pictures.pngChunk("tRNS", (byte) 0),
                Pictures.pngChunk("IDAT", rows),
                Pictures.pngChunk("IEND"));

        try (var frame = decode(opaque)) {
            assertColor(frame, 0, 0, 30, 20, 10, 0);
            assertColor(frame, 1, 0, 0, 100, 200, 0);
        }
        try (var frame = decode(transparent)) {
            assertColor(frame, 0, 0, 255, 255, 255, 0);
            assertColor(frame, 0, 1, 0, 100, 200, 0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {".png", ".webp"})
    void laysAlphaOnWhite(String extension) {
        var bgra = new Mat(16, 16, CvType.CV_8UC4, new Scalar(0, 0, 200, 128));
        var encoded = Pictures.encode(bgra, extension, Imgcodecs.IMWRITE_WEBP_QUALITY, 101);
        try (var frame = decode(encoded)) {
            assertColor(frame, 8, 8, 127, 127, 227, 1);
        }
    }

    @Test
    void decodesLossyWebpWithAlpha() {
        var patchPixels = ByteBuffer.allocateDirect(4 * 32 * 32);
        for (var at = 0; at < 4 * 32 * 32; at += 4) {
            patchPixels.putInt(at, 0xC8640080);
        }
        var encoded = codec.encode(new Patch(0, 0, 32, 32, patchPixels), PictureFormat.WEBP, 90);
        try (var frame = decode(encoded)) {
            assertColor(frame, 16, 16, 127, 177, 227, 4);
        }
    }

    @Test
    void decodesSixteenBitGreyWithAlpha() {
        var row = ByteBuffer.allocate(5).put((byte) 0).putShort((short) 0x8000).putShort((short) 0xFFFF);
        var png = Pictures.pngOf(
                Pictures.pngHeader(1, 1, 16, 4),
                Pictures.pngChunk("IDAT", Pictures.deflate(row.array())),
                Pictures.pngChunk("IEND"));
        try (var frame = decode(png)) {
            assertColor(frame, 0, 0, 128, 128, 128, 1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {".jpg", ".webp", ".png"})
    void ignoresWhatFollowsThePicture(String extension) {
        var photo = Pictures.photo(40, 30);
        var encoded = Pictures.encode(photo, extension);
        var archive = new byte[] {'P', 'K', 3, 4, (byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xC0, 0, 11, 8};
        try (var plain = decode(encoded);
                var trailed = decode(Pictures.concatenate(encoded, archive, Pictures.jpeg(99, 99)))) {
            assertThat(Pictures.meanDifference(Pixels.mat(plain), Pixels.mat(trailed)))
                    .isZero();
        }
    }

    @Test
    void unpacksNoTextOfAPng() {
        var png = Pictures.png(20, 20);
        var bomb = Pictures.concatenate(
                "title\0\0".getBytes(StandardCharsets.US_ASCII), Pictures.deflate(new byte[64 << 20]));
        var armed = Pictures.concatenate(
                Arrays.copyOf(png, 33), Pictures.pngChunk("zTXt", bomb), Arrays.copyOfRange(png, 33, png.length));

        assertThat(PngReader.essentials(armed)).isEqualTo(PngReader.essentials(png));
        decode(armed).close();
    }
}
