package dev.tryon.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tryon.spi.Frame;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.opencv.core.Core;
import org.opencv.core.Rect;

class ForeignVideosTest {
    private final VideoCodec codec = new VideoCodec();

    @AfterEach
    void leaksNoFrame() {
        assertThat(codec.framesInUse()).isZero();
        codec.close();
    }

    @ParameterizedTest
    @CsvSource({
        "mp4, libopenh264, video/mp4",
        "mov, libopenh264, video/quicktime",
        "webm, libvpx, video/webm",
        "webm, libvpx-vp9, video/webm",
        "webm, libaom-av1, video/webm",
        "mp4, libaom-av1, video/mp4",
        "mov, mpeg4, video/quicktime",
        "mov, mjpeg, video/quicktime",
        "avi, mjpeg, video/x-msvideo",
        "avi, mpeg4, video/x-msvideo",
        "avi, libopenh264, video/x-msvideo"
    })
    void readsWhatOthersWrite(String container, String encoder, String mediaType) {
        var film = ForeignFilms.film(container, encoder);

        try (var reader = codec.open(film)) {
            assertThat(reader.info().mediaType()).isEqualTo(mediaType);
            assertThat(reader.info().frames()).isEqualTo(ForeignFilms.FRAMES);
            assertThat(reader.info().duration()).isCloseTo(Duration.ofMillis(400), Duration.ofMillis(10));
            var grey = encoder.equals("mjpeg") ? 180 : (180 - 16) * 255 / 219.0;
            for (int number = 0; number < ForeignFilms.FRAMES; number++) {
                try (var frame = reader.next().orElseThrow()) {
                    assertThat(mean(frame, 8, 8)).isCloseTo(grey, within(6.0));
                    assertThat(mean(frame, ForeignFilms.WIDTH - 24, ForeignFilms.HEIGHT - 24))
                            .isLessThan(60);
                    assertThat(reader.at()).isCloseTo(Duration.ofMillis(40L * number), Duration.ofMillis(2));
                }
            }
            assertThat(reader.next()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0, 0, 1, left, top",
        "-1, 0, 0, 1, right, top",
        "-1, 0, 0, -1, right, bottom",
        "1, 0, 0, -1, left, bottom",
        "0, 1, -1, 0, right, top",
        "0, -1, 1, 0, left, bottom",
        "0, 1, 1, 0, left, top",
        "0, -1, -1, 0, right, bottom"
    })
    void turnsUprightAsTheDisplayMatrixSays(int a, int b, int c, int d, String side, String end) {
        var film = ForeignFilms.turned(a, b, c, d);

        try (var reader = codec.open(film);
                var frame = reader.next().orElseThrow()) {
            var turned = a == 0;
            assertThat(frame.width()).isEqualTo(turned ? ForeignFilms.HEIGHT : ForeignFilms.WIDTH);
            assertThat(frame.height()).isEqualTo(turned ? ForeignFilms.WIDTH : ForeignFilms.HEIGHT);
            assertThat(reader.info().width()).isEqualTo(frame.width());
            for (var x : new int[] {8, frame.width() - 24}) {
                for (var y : new int[] {8, frame.height() - 24}) {
                    var bright = (x == 8) == side.equals("left") && (y == 8) == end.equals("top");
                    assertThat(mean(frame, x, y) > 120)
                            .as("bright at %d, %d", x, y)
                            .isEqualTo(bright);
                }
            }
        }
    }

    @Test
    void convertsByTheMatrixThatTheFilmNames() {
        var film = ForeignFilms.highDefinitionColours(new ForeignFilms.Colour(120, 90, 200));

        try (var reader = codec.open(film);
                var frame = reader.next().orElseThrow()) {
            // By ITU-R BT.709, section 3: by BT.601 red would be 236 and green 77.
            var bgr = Core.mean(Pixels.mat(frame).submat(new Rect(8, 8, 16, 16))).val;
            assertThat(bgr[0]).isCloseTo(41, within(5.0));
            assertThat(bgr[1]).isCloseTo(91, within(5.0));
            assertThat(bgr[2]).isCloseTo(250, within(5.0));
        }
    }

    @Test
    void readsWithoutMovingTheBuffer() {
        var film = ForeignFilms.film("webm", "libvpx");
        var padded = ByteBuffer.allocateDirect(film.remaining() + 20)
                .position(7)
                .put(film.duplicate())
                .flip()
                .position(7);

        var info = codec.inspect(padded.asReadOnlyBuffer());

        assertThat(info).isEqualTo(codec.inspect(film));
        assertThat(padded.position()).isEqualTo(7);
    }

    private static double mean(Frame frame, int x, int y) {
        return Core.mean(Pixels.mat(frame).submat(new Rect(x, y, 16, 16))).val[1];
    }
}
