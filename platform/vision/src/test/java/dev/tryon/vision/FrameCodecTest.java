package dev.tryon.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tryon.spi.Frame;
import dev.tryon.spi.Patch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.opencv.core.Core;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.core.Scalar;
import org.opencv.imgcodecs.Imgcodecs;
import org.opencv.imgproc.Imgproc;

class FrameCodecTest {
    private final FrameCodec codec = new FrameCodec();

    @AfterEach
    void leavesNoFrameBehind() {
        assertThat(codec.framesInUse()).isZero();
        codec.close();
    }

    @ParameterizedTest
    @CsvSource({
        "JPEG, 640, 480, 36",
        "WEBP, 640, 480, 34",
        "PNG, 640, 480, 99",
        "JPEG, 641, 479, 36",
        "WEBP, 641, 479, 34",
        "PNG, 641, 479, 99",
        "JPEG, 37, 53, 34",
        "WEBP, 37, 53, 32",
        "PNG, 37, 53, 99",
        "JPEG, 1920, 1080, 36",
        "WEBP, 1080, 1920, 34"
    })
    void keepsPicturesThroughARoundTrip(PictureFormat format, int width, int height, double leastDecibels) {
        var photo = Pictures.photo(width, height);
        try (var frame = Pictures.frame(codec, photo)) {
            var encoded = codec.encode(frame, format, 90);

            assertThat(codec.inspect(ByteBuffer.wrap(encoded)))
                    .isEqualTo(new PictureInfo(format, width, height, false));
            try (var back = codec.decode(ByteBuffer.wrap(encoded), PictureLimits.LIVE)) {
                assertThat(back.width()).isEqualTo(width);
                assertThat(back.height()).isEqualTo(height);
                assertThat(Math.min(100, Core.PSNR(photo, Pixels.mat(back)))).isGreaterThan(leastDecibels);
                assertThat(Pictures.tint(photo, Pixels.mat(back))).isLessThan(0.5);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"800, 600, 320, 240", "600, 801, 240, 320", "4000, 3, 320, 1", "64, 48, 64, 48"})
    void shrinksToALongestSideAndNeverGrows(int width, int height, int smallWidth, int smallHeight) {
        var photo = Pictures.photo(width, height);
        try (var frame = Pictures.frame(codec, photo);
                var small = codec.shrink(frame, 320)) {
            assertThat(small.width()).isEqualTo(smallWidth);
            assertThat(small.height()).isEqualTo(smallHeight);
            assertThat(Core.mean(Pixels.mat(small)).val[1]).isCloseTo(Core.mean(photo).val[1], within(2.0));
        }
    }

    @ParameterizedTest
    @EnumSource(PictureFormat.class)
    void writesWhatOtherDecodersReadAlike(PictureFormat format) {
        var photo = Pictures.photo(320, 240);
        try (var frame = Pictures.frame(codec, photo)) {
            var encoded = codec.encode(frame, format, 75);
            var byOpenCv = Pictures.decodeByOpenCv(encoded);

            assertThat(Pictures.tint(photo, byOpenCv)).isLessThan(0.5);
            try (var ours = codec.decode(ByteBuffer.wrap(encoded), PictureLimits.LIVE)) {
                assertThat(Pictures.meanDifference(Pixels.mat(ours), byOpenCv)).isLessThan(0.7);
                if (format != PictureFormat.WEBP) {
                    assertThat(Pictures.meanDifference(Pixels.mat(ours), Pictures.decodeByJdk(encoded)))
                            .isLessThan(0.7);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {30, 50, 75, 90})
    void meansByQualityWhatLibjpegMeans(int quality) {
        var photo = Pictures.photo(640, 480);
        var reference = Pictures.encode(photo, ".jpg", Imgcodecs.IMWRITE_JPEG_QUALITY, quality);
        try (var frame = Pictures.frame(codec, photo)) {
            var ours = codec.encode(frame, PictureFormat.JPEG, quality);

            var difference = Core.PSNR(photo, Pictures.decodeByOpenCv(ours))
                    - Core.PSNR(photo, Pictures.decodeByOpenCv(reference));
            assertThat(difference).isBetween(-1.0, 1.0);
            assertThat((double) ours.length / reference.length).isBetween(0.6, 1.1);
        }
    }

    @ParameterizedTest
    @CsvSource({"JPEG, 1", "JPEG, 100", "WEBP, 1", "WEBP, 100", "PNG, 1"})
    void takesEveryQualityAndTheSmallestFrame(PictureFormat format, int quality) {
        try (var frame = codec.allocate(1, 1)) {
            Pixels.mat(frame).setTo(new Scalar(40, 120, 200));
            var encoded = codec.encode(frame, format, quality);
            try (var back = codec.decode(ByteBuffer.wrap(encoded), PictureLimits.LIVE)) {
                assertThat(Pictures.tint(Pixels.mat(frame), Pixels.mat(back))).isLessThan(quality == 1 ? 80 : 4);
            }
        }
    }

    @Test
    void refusesAQualityOutOfRange() {
        try (var frame = codec.allocate(8, 8)) {
            assertThatThrownBy(() -> codec.encode(frame, PictureFormat.JPEG, 0))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> codec.encode(frame, PictureFormat.WEBP, 101))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(PictureFormat.class)
    void readsFramesWithGapsBetweenRows(PictureFormat format) {
        var photo = Pictures.photo(61, 45);
        var stride = 61 * 3 + 29;
        var pixels = ByteBuffer.allocateDirect(stride * 45);
        try (var gappy = new Frame(61, 45, stride, pixels, () -> {});
                var plain = Pictures.frame(codec, photo)) {
            photo.copyTo(Pixels.mat(gappy));

            assertThat(codec.encode(gappy, format, 80)).isEqualTo(codec.encode(plain, format, 80));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = PictureFormat.class,
            names = {"WEBP", "PNG"})
    void keepsAPatchsAlphaExactly(PictureFormat format) {
        var rgba = new Mat();
        var photo = Pictures.photo(43, 57);
        var alpha = new Mat(57, 43, CvType.CV_8U);
        for (var y = 0; y < 57; y++) {
            for (var x = 0; x < 43; x++) {
                alpha.put(y, x, Math.clamp(x * 12 - y, 0, 255));
            }
        }
        Imgproc.cvtColor(photo, rgba, Imgproc.COLOR_BGR2RGBA);
        Core.insertChannel(alpha, rgba, 3);
        var bytes = new byte[43 * 57 * 4];
        rgba.get(0, 0, bytes);
        var patch =
                new Patch(3, 4, 43, 57, ByteBuffer.allocateDirect(bytes.length).put(0, bytes));

        var encoded = codec.encode(patch, format, 90);

        var decoded = Imgcodecs.imdecode(new MatOfByte(encoded), Imgcodecs.IMREAD_UNCHANGED);
        var decodedAlpha = new Mat();
        Core.extractChannel(decoded, decodedAlpha, 3);
        assertThat(Core.norm(decodedAlpha, alpha, Core.NORM_INF)).isZero();
        Imgproc.cvtColor(decoded, decoded, Imgproc.COLOR_BGRA2BGR);
        assertThat(Pictures.meanDifference(decoded, photo)).isLessThan(format == PictureFormat.PNG ? 0.001 : 4);
    }

    @Test
    void refusesAPatchAsJpeg() {
        var patch = new Patch(0, 0, 2, 2, ByteBuffer.allocateDirect(16));

        assertThatThrownBy(() -> codec.encode(patch, PictureFormat.JPEG, 80))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readsBuffersFromPositionToLimitAndLeavesThemAlone() {
        var jpeg = Pictures.jpeg(40, 30);
        var buffer = ByteBuffer.allocateDirect(jpeg.length + 20)
                .position(7)
                .put(jpeg)
                .flip()
                .position(7);

        assertThat(codec.inspect(buffer).width()).isEqualTo(40);
        codec.decode(buffer.asReadOnlyBuffer(), PictureLimits.LIVE).close();
        codec.decode(buffer, PictureLimits.LIVE).close();

        assertThat(buffer.position()).isEqualTo(7);
        assertThat(buffer.limit()).isEqualTo(7 + jpeg.length);
    }

    @Test
    void servesManyThreadsAsItServesOne() throws Exception {
        try (var threads = Executors.newFixedThreadPool(8)) {
            assertServesAll(threads);
        }
    }

    @Test
    void servesVirtualThreadsAsItServesOne() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            assertServesAll(threads);
        }
    }

    private void assertServesAll(ExecutorService threads) throws Exception {
        var tasks = new ArrayList<Callable<Boolean>>();
        for (var task = 0; task < 160; task++) {
            var width = 64 + task % 5 * 13;
            var format = task % 3 == 0 ? PictureFormat.JPEG : task % 3 == 1 ? PictureFormat.WEBP : PictureFormat.PNG;
            tasks.add(() -> {
                var photo = Pictures.photo(width, 48);
                try (var frame = Pictures.frame(codec, photo)) {
                    var encoded = codec.encode(frame, format, 85);
                    try (var back = codec.decode(ByteBuffer.wrap(encoded), PictureLimits.LIVE)) {
                        return Pictures.meanDifference(Pixels.mat(back), Pictures.decodeByOpenCv(encoded)) < 1
                                && Core.PSNR(photo, Pixels.mat(back)) > 28;
                    }
                }
            });
        }
        for (var done : threads.invokeAll(tasks)) {
            assertThat(done.get()).isTrue();
        }
    }

    @Test
    void countsFramesThatAreOutAndUsesTheirMemoryAgain() {
        var first = codec.allocate(320, 240);
        first.pixels().put(5, (byte) 77);
        assertThat(codec.framesInUse()).isEqualTo(1);
        first.close();
        first.close();
        assertThat(codec.framesInUse()).isZero();

        try (var second = codec.allocate(240, 320)) {
            assertThat(second.pixels().get(5)).isEqualTo((byte) 77);
        }
    }

    @Test
    void refusesToWorkOnceClosed() {
        var frame = codec.allocate(16, 16);
        codec.close();
        assertThatThrownBy(() -> codec.encode(frame, PictureFormat.JPEG, 80)).isInstanceOf(IllegalStateException.class);
        frame.close();
    }

    @Test
    void writesMasksAsGreyPictures() {
        var mask = ByteBuffer.allocateDirect(3 * 2);
        mask.put(1, (byte) 255).put(5, (byte) 255);

        var read = Imgcodecs.imdecode(new MatOfByte(codec.encodeMask(3, 2, mask)), Imgcodecs.IMREAD_UNCHANGED);

        assertThat(read.channels()).isEqualTo(1);
        var values = new byte[6];
        read.get(0, 0, values);
        assertThat(values).containsExactly(0, 255, 0, 0, 0, 255);
    }
}
