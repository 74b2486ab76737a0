package dev.tryon.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.TryOnException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.opencv.core.Mat;
import org.opencv.imgcodecs.Imgcodecs;
import org.opencv.imgproc.Imgproc;

/** Pictures that are cut off, damaged, lying or none at all. */
class BadPicturesTest {
    private final FrameCodec codec = new FrameCodec();

    @AfterEach
    void leavesNoFrameBehind() {
        assertThat(codec.framesInUse()).isZero();
        codec.close();
    }

    private static Map<String, byte[]> samples() {
        var samples = new LinkedHashMap<String, byte[]>();
        var photo = Pictures.photo(45, 31);
        var bgra = new Mat();
        Imgproc.cvtColor(photo, bgra, Imgproc.COLOR_BGR2BGRA);
        samples.put("jpeg", Pictures.encode(photo, ".jpg"));
        samples.put("progressive", Pictures.encode(photo, ".jpg", Imgcodecs.IMWRITE_JPEG_PROGRESSIVE, 1));
        samples.put("restarts", Pictures.encode(photo, ".jpg", Imgcodecs.IMWRITE_JPEG_RST_INTERVAL, 1));
        samples.put("cmyk", Pictures.fourComponentJpeg(45, 31, 0, 10, 200, 90, 240));
        samples.put("webp", Pictures.encode(photo, ".webp", Imgcodecs.IMWRITE_WEBP_QUALITY, 70));
        samples.put("webp lossless", Pictures.encode(bgra, ".webp", Imgcodecs.IMWRITE_WEBP_QUALITY, 101));
        samples.put("webp alpha", Pictures.encode(bgra, ".webp", Imgcodecs.IMWRITE_WEBP_QUALITY, 60));
        samples.put("png", Pictures.encode(photo, ".png"));
        samples.put("png alpha", Pictures.encode(bgra, ".png"));
        return samples;
    }

    private static byte[] sample(String kind) {
        return Objects.requireNonNull(samples().get(kind));
    }

    private static Stream<String> kinds() {
        return samples().keySet().stream();
    }

    private void assertRefused(byte[] encoded) {
        assertThatExceptionOfType(TryOnException.class)
                .isThrownBy(() -> codec.decode(ByteBuffer.wrap(encoded), PictureLimits.LIVE)
                        .close())
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_IMAGE));
    }

    private boolean decodes(byte[] encoded) {
        try (var frame = codec.decode(ByteBuffer.wrap(encoded), PictureLimits.LIVE)) {
            return frame.width() > 0;
        } catch (TryOnException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.INVALID_IMAGE);
            return false;
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void refusesPicturesThatAreCutOff(String kind) {
        var whole = sample(kind);
        assertThat(decodes(whole)).isTrue();
        for (var length = 0; length < whole.length; length += 7) {
            assertRefused(Arrays.copyOf(whole, length));
        }
        assertRefused(Arrays.copyOf(whole, whole.length - 1));
    }

    @Test
    void refusesAJpegWhoseDataEndsBeforeItsPicture() {
        for (var kind : new String[] {"jpeg", "progressive", "restarts"}) {
            var whole = sample(kind);
            var half = Arrays.copyOf(whole, whole.length - (whole.length - 620) / 2);
            half[half.length - 2] = (byte) 0xFF;
            half[half.length - 1] = (byte) 0xD9;
            assertRefused(half);
        }
    }

    @Test
    void refusesAWebpWhoseDataEndsBeforeItsPicture() {
        var whole = Pictures.webp(200, 150);
        var picture = Arrays.copyOfRange(whole, 20, 12 + (whole.length - 12) / 2);
        assertRefused(Pictures.webpOf(Pictures.webpChunk("VP8 ", picture)));
    }

    @Test
    void refusesAPngWhoseDataEndsBeforeItsPicture() {
        var rows = Pictures.deflate(new byte[4 * 10]);
        assertRefused(Pictures.pngOf(
                Pictures.pngHeader(3, 20, 8, 0), Pictures.pngChunk("IDAT", rows), Pictures.pngChunk("IEND")));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void survivesDamage(String kind) {
        var whole = sample(kind);
        var random = new Random(kind.hashCode());
        for (var round = 0; round < 700; round++) {
            var damaged = whole.clone();
            for (var hits = 1 + random.nextInt(6); hits > 0; hits--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            decodes(damaged);
            assertThat(codec.framesInUse()).isZero();
        }
        assertThat(decodes(whole)).isTrue();
    }

    @Test
    void survivesNoiseBehindEverySignature() {
        var random = new Random(5);
        for (var whole : samples().values()) {
            for (var round = 0; round < 60; round++) {
                var noise = new byte[16 + random.nextInt(400)];
                random.nextBytes(noise);
                System.arraycopy(whole, 0, noise, 0, Math.min(noise.length, 12 + random.nextInt(60)));
                decodes(noise);
            }
        }
    }

    @Test
    void refusesWhatIsNoPicture() {
        assertRefused(new byte[0]);
        assertRefused(new byte[1000]);
        assertRefused("<svg xmlns='http://www.w3.org/2000/svg'/> and more text".getBytes(StandardCharsets.UTF_8));
        assertRefused("GIF89a......................................".getBytes(StandardCharsets.US_ASCII));
        assertRefused("BM..........................................".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void refusesHugeClaimsBeforeDecoding() {
        var jpeg = Pictures.jpeg(16, 16);
        for (var at = 0; at < jpeg.length - 9; at++) {
            if (jpeg[at] == (byte) 0xFF && jpeg[at + 1] == (byte) 0xC0) {
                ByteBuffer.wrap(jpeg).putShort(at + 5, (short) 50_000).putShort(at + 7, (short) 50_000);
                break;
            }
        }
        var png = Pictures.pngOf(
                Pictures.pngHeader(50_000, 50_000, 8, 2),
                Pictures.pngChunk("IDAT", Pictures.deflate(new byte[100])),
                Pictures.pngChunk("IEND"));
        var webp =
                Pictures.webpOf(Pictures.webpExtended(0x02, 50_000, 50_000), Pictures.webpChunk("ANIM", new byte[6]));
        for (var encoded : new byte[][] {jpeg, png, webp}) {
            var info = codec.inspect(ByteBuffer.wrap(encoded));
            assertThat(info.width()).isEqualTo(50_000);
            assertThat(info.height()).isEqualTo(50_000);
            assertRefused(encoded);
            assertThatExceptionOfType(TryOnException.class)
                    .isThrownBy(() -> codec.decodeUpload(ByteBuffer.wrap(encoded)))
                    .satisfies(refusal -> assertThat(refusal.userMessage()).contains("too large"));
        }
    }

    @Test
    void refusesALosslessWebpOfTheLargestSize() {
        var head = ByteBuffer.allocate(30).order(ByteOrder.LITTLE_ENDIAN);
        head.put((byte) 0x2F).putInt(16_383 | (16_383 << 14));
        assertRefused(Pictures.webpOf(Pictures.webpChunk("VP8L", head.array())));
    }

    @Test
    void refusesAWebpWhoseSizesDisagree() {
        var webp = Pictures.webp(30, 20);
        var picture = Arrays.copyOfRange(webp, 12, webp.length);
        assertRefused(Pictures.webpOf(Pictures.webpExtended(0, 31, 20), picture));
        assertRefused(Pictures.webpOf(picture, picture));
    }

    @Test
    void refusesAJpegWithoutTablesOfItsOwn() {
        var jpeg = Pictures.jpeg(32, 32);
        codec.decode(ByteBuffer.wrap(jpeg), PictureLimits.LIVE).close();
        for (var marker : new int[] {0xC4, 0xDB}) {
            assertRefused(withoutSegments(jpeg, marker));
        }
    }

    private static byte[] withoutSegments(byte[] jpeg, int marker) {
        var out = Arrays.copyOf(jpeg, 2);
        var bytes = ByteBuffer.wrap(jpeg);
        var at = 2;
        while ((jpeg[at + 1] & 0xFF) != 0xDA) {
            var next = at + 2 + (bytes.getShort(at + 2) & 0xFFFF);
            if ((jpeg[at + 1] & 0xFF) != marker) {
                out = Pictures.concatenate(out, Arrays.copyOfRange(jpeg, at, next));
            }
            at = next;
        }
        return Pictures.concatenate(out, Arrays.copyOfRange(jpeg, at, jpeg.length));
    }

    @Test
    void refusesAnimatedPicturesAndSaysSo() {
        var png = Pictures.png(20, 20);
        var apng = Pictures.concatenate(
                Arrays.copyOf(png, 33),
                Pictures.pngChunk("acTL", new byte[8]),
                Arrays.copyOfRange(png, 33, png.length));
        var webp = Pictures.webpOf(
                Pictures.webpExtended(0x02, 20, 20),
                Pictures.webpChunk("ANIM", new byte[6]),
                Pictures.webpChunk("ANMF", new byte[16]));
        for (var encoded : new byte[][] {apng, webp}) {
            assertThat(codec.inspect(ByteBuffer.wrap(encoded)).animated()).isTrue();
            assertThatExceptionOfType(TryOnException.class)
                    .isThrownBy(() -> codec.decodeUpload(ByteBuffer.wrap(encoded)))
                    .satisfies(refusal -> assertThat(refusal.userMessage()).contains("still"));
        }
    }

    @Test
    void holdsLiveFramesToTheirOwnLimits() {
        var wide = Pictures.jpeg(1930, 40);
        assertRefused(wide);
        codec.decodeUpload(ByteBuffer.wrap(wide)).close();
        assertThat(PictureLimits.LIVE.allow(1080, 1920)).isTrue();
        assertThat(PictureLimits.LIVE.allow(1081, 1920)).isFalse();
        assertThat(PictureLimits.UPLOAD.allow(4096, 3906)).isTrue();
        assertThat(PictureLimits.UPLOAD.allow(4097, 10)).isFalse();
        assertThat(PictureLimits.UPLOAD.allow(4096, 4096)).isFalse();
    }

    @Test
    void neverShowsThePersonTheLogsText() {
        assertThatExceptionOfType(TryOnException.class)
                .isThrownBy(() -> codec.inspect(ByteBuffer.wrap("text".getBytes(StandardCharsets.US_ASCII))))
                .satisfies(refusal -> assertThat(refusal.userMessage()).doesNotContain(refusal.getMessage()));
    }
}
