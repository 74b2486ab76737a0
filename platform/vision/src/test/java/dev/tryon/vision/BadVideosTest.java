package dev.tryon.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.Frame;
import dev.tryon.spi.TryOnException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BadVideosTest {
    private static final long SEED = 20261121;
    private static final int DAMAGED_FILES = 150;

    private final VideoCodec codec = new VideoCodec();

    @AfterEach
    void leaksNoFrame() {
        assertThat(codec.framesInUse()).isZero();
        codec.close();
    }

    @Test
    void refusesWhatIsNoVideo() {
        refuses(new byte[0]);
        refuses(new byte[64]);
        refuses("<html>not a film at all, but long enough</html>".getBytes(StandardCharsets.US_ASCII));
        refuses(Pictures.encode(Pictures.photo(64, 64), ".jpg"));
        refuses(Pictures.encode(Pictures.photo(64, 64), ".png"));
    }

    @Test
    void refusesContainersThatNameOtherFiles() {
        refuses("#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n".getBytes(StandardCharsets.US_ASCII));
        refuses("ffconcat version 1.0\nfile /etc/passwd\n".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void refusesAPlaylistBehindASignature() {
        var disguised = Arrays.copyOf(bytes(Films.film(codec, 64, 64, 2)), 32);
        refuses(concat(disguised, "\n#EXTM3U\nfile:///etc/passwd\n".getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void refusesMatroskaThatIsNotWebm() {
        refuses(bytes(ForeignFilms.film("matroska", "libvpx")));
    }

    @Test
    void refusesOneContainerUnderTheSignatureOfAnother() {
        var film = bytes(ForeignFilms.film("avi", "mjpeg"));
        System.arraycopy(bytes(Films.film(codec, 64, 64, 2)), 0, film, 0, 32);
        refuses(film);
    }

    @Test
    void acceptsAFilmWithSomethingBehindIt() {
        var film = bytes(Films.film(codec, 64, 64, 3));

        var info = codec.inspect(
                ByteBuffer.wrap(concat(film, "PK\3\4 and the rest of a ZIP".getBytes(StandardCharsets.US_ASCII))));

        assertThat(info.frames()).isEqualTo(3);
    }

    @Test
    void refusesAFilmThatIsCutOff() {
        var film = bytes(Films.film(codec, 160, 96, 20));
        for (int keep = 0; keep < film.length; keep += film.length / 40) {
            refuses(Arrays.copyOf(film, keep));
        }
        refuses(Arrays.copyOf(film, film.length - 1));
    }

    @Test
    void refusesAFilmWhoseIndexPromisesBillionsOfPictures() {
        for (var table : new String[] {"stsz", "stts", "stsc"}) {
            var film = bytes(Films.film(codec, 64, 64, 3));
            // Each table: type, version and flags, then counts.
            var at = new String(film, StandardCharsets.ISO_8859_1).indexOf(table) + 8;
            for (int index = 0; index < 12; index += 4) {
                ByteBuffer.wrap(film).putInt(at + index, 0x7FFFFFFF);
            }
            endsWell(film);
        }
    }

    @Test
    void refusesAFilmWhosePicturesAreNotAsLargeAsItSays() {
        var film = bytes(Films.film(codec, 64, 64, 3));
        var at = new String(film, StandardCharsets.ISO_8859_1).indexOf("avc1", 200) + 28;
        assertThat(ByteBuffer.wrap(film).getInt(at)).isEqualTo(64 << 16 | 64);

        refuses(film.clone(), at, 128 << 16 | 128);
        refuses(film.clone(), at, 0xFFFF << 16 | 0xFFFF);
    }

    @Test
    void refusesWhatIsOverTheLimits() {
        var film = Films.film(codec, 160, 96, 20);
        var picture = new PictureLimits(160, 160 * 96);
        var duration = Duration.ofMillis(801);
        var bytes = film.remaining();

        assertThat(codec.inspect(film, new VideoLimits(picture, 20, duration, bytes))
                        .frames())
                .isEqualTo(20);
        refuses(() -> codec.inspect(film, new VideoLimits(new PictureLimits(159, 160 * 96), 20, duration, bytes)));
        refuses(() -> codec.inspect(film, new VideoLimits(picture, 19, duration, bytes)));
        refuses(() -> codec.inspect(film, new VideoLimits(picture, 20, Duration.ofMillis(790), bytes)));
        refuses(() -> codec.inspect(film, new VideoLimits(picture, 20, duration, bytes - 1)));
    }

    @ParameterizedTest
    @CsvSource({
        "mp4, libopenh264",
        "webm, libvpx",
        "webm, libvpx-vp9",
        "mp4, libaom-av1",
        "mov, mpeg4",
        "avi, mjpeg",
        "avi, mpeg4"
    })
    void survivesDamage(String container, String encoder) {
        var film = bytes(ForeignFilms.film(container, encoder));
        var random = new Random(SEED);
        for (int number = 0; number < DAMAGED_FILES; number++) {
            var damaged = film.clone();
            // Half of the damage falls on the headers, which is where lies are told.
            var reach = number % 2 == 0 ? Math.min(film.length, 1024) : film.length;
            for (int flips = 1 + random.nextInt(8); flips > 0; flips--) {
                damaged[random.nextInt(reach)] ^= (byte) (1 << random.nextInt(8));
            }
            endsWell(number % 5 == 0 ? Arrays.copyOf(damaged, random.nextInt(damaged.length)) : damaged);
        }
    }

    /** Read to its end or refused, and nothing else. */
    private void endsWell(byte[] film) {
        try (var reader = codec.open(ByteBuffer.wrap(film))) {
            for (var frame = reader.next(); frame.isPresent(); frame = reader.next()) {
                frame.ifPresent(Frame::close);
            }
        } catch (TryOnException refused) {
            assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_IMAGE);
        }
    }

    private void refuses(byte[] film, int at, int value) {
        ByteBuffer.wrap(film).putInt(at, value);
        refuses(film);
    }

    private void refuses(byte[] film) {
        refuses(() -> codec.inspect(ByteBuffer.wrap(film)));
    }

    private static void refuses(ThrowingCallable inspection) {
        assertThatThrownBy(inspection)
                .isInstanceOfSatisfying(TryOnException.class, refused -> assertThat(refused.code())
                        .isEqualTo(ErrorCode.INVALID_IMAGE));
    }

    private static byte[] bytes(ByteBuffer film) {
        var bytes = new byte[film.remaining()];
        film.get(film.position(), bytes);
        return bytes;
    }

    private static byte[] concat(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
    }
}
