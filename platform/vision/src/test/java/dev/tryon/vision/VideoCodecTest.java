package dev.tryon.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.tryon.spi.Frame;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.opencv.core.Core;
import org.opencv.core.Rect;
import org.opencv.core.Scalar;

class VideoCodecTest {
    private static final int WIDTH = 160;
    private static final int HEIGHT = 96;
    private static final int FRAMES = 12;

    private final VideoCodec codec = new VideoCodec();

    @AfterEach
    void leaksNoFrame() {
        assertThat(codec.framesInUse()).isZero();
        codec.close();
    }

    @Test
    void tellsWhatItWrote() {
        var info = codec.inspect(Films.film(codec, WIDTH, HEIGHT, FRAMES));

        assertThat(info.mediaType()).isEqualTo("video/mp4");
        assertThat(info.width()).isEqualTo(WIDTH);
        assertThat(info.height()).isEqualTo(HEIGHT);
        assertThat(info.frames()).isEqualTo(FRAMES);
        assertThat(info.duration()).isCloseTo(Duration.ofMillis(FRAMES * 40), Duration.ofMillis(1));
        assertThat(info.framesPerSecond()).isCloseTo(25, within(0.01));
    }

    @Test
    void readsEveryFrameAtItsTime() {
        var times = List.of(Duration.ZERO, Duration.ofMillis(40), Duration.ofMillis(100), Duration.ofMillis(333));
        ByteBuffer film;
        try (var writer = codec.writer(WIDTH, HEIGHT, 25, 75)) {
            for (int index = 0; index < times.size(); index++) {
                Films.write(writer, WIDTH, HEIGHT, index, times.get(index));
            }
            film = writer.finish();
        }

        var read = new ArrayList<Duration>();
        try (var reader = codec.open(film)) {
            for (var frame = reader.next(); frame.isPresent(); frame = reader.next()) {
                frame.ifPresent(Frame::close);
                read.add(reader.at());
            }
            assertThat(reader.info().duration()).isCloseTo(Duration.ofMillis(373), Duration.ofMillis(1));
        }

        assertThat(read).hasSameSizeAs(times);
        for (int index = 0; index < times.size(); index++) {
            assertThat(read.get(index)).isCloseTo(times.get(index), Duration.ofMillis(1));
        }
    }

    @Test
    void keepsColours() {
        var colours = List.of(
                new Scalar(0, 0, 0),
                new Scalar(255, 255, 255),
                new Scalar(128, 128, 128),
                new Scalar(0, 0, 255),
                new Scalar(0, 255, 0),
                new Scalar(255, 0, 0),
                new Scalar(0, 255, 255),
                new Scalar(140, 170, 220));
        ByteBuffer film;
        try (var writer = codec.writer(32 * colours.size(), 64, 25, 92);
                var bars = Frame.allocate(32 * colours.size(), 64)) {
            for (int index = 0; index < colours.size(); index++) {
                Pixels.mat(bars).submat(new Rect(32 * index, 0, 32, 64)).setTo(colours.get(index));
            }
            for (int index = 0; index < 3; index++) {
                writer.write(bars, Duration.ofMillis(40L * index));
            }
            film = writer.finish();
        }

        try (var reader = codec.open(film)) {
            for (int number = 0; number < 3; number++) {
                try (var frame = reader.next().orElseThrow()) {
                    for (int index = 0; index < colours.size(); index++) {
                        var inside = new Rect(32 * index + 8, 8, 16, 48);
                        var mean = Core.mean(Pixels.mat(frame).submat(inside));
                        for (int channel = 0; channel < 3; channel++) {
                            assertThat(mean.val[channel])
                                    .as("bar %d channel %d", index, channel)
                                    .isCloseTo(colours.get(index).val[channel], within(4.0));
                        }
                    }
                }
            }
        }
    }

    @Test
    void keepsGreyRamps() {
        ByteBuffer film;
        try (var writer = codec.writer(256, 64, 25, 92);
                var ramp = Frame.allocate(256, 64)) {
            for (int level = 0; level < 256; level++) {
                Pixels.mat(ramp).col(level).setTo(Scalar.all(level));
            }
            writer.write(ramp, Duration.ZERO);
            film = writer.finish();
        }

        try (var reader = codec.open(film);
                var frame = reader.next().orElseThrow()) {
            for (int level = 0; level < 256; level++) {
                var mean = Core.mean(Pixels.mat(frame).col(level));
                for (int channel = 0; channel < 3; channel++) {
                    assertThat(mean.val[channel]).as("level %d", level).isCloseTo(level, within(3.0));
                }
            }
        }
    }

    @Test
    void putsTheIndexBeforeThePictures() {
        var film = Films.film(codec, WIDTH, HEIGHT, FRAMES);

        var text = StandardCharsets.ISO_8859_1.decode(film).toString();

        assertThat(text.indexOf("moov")).isBetween(1, text.indexOf("mdat"));
    }

    @Test
    void cutsOddSidesToEvenOnes() {
        var info = codec.inspect(Films.film(codec, 161, 97, 2));

        assertThat(info.width()).isEqualTo(160);
        assertThat(info.height()).isEqualTo(96);
    }

    @Test
    void spendsMoreBytesOnMoreQuality() {
        var sizes = List.of(30, 60, 90).stream().map(this::bytesAt).toList();

        assertThat(sizes).isSorted();
        assertThat(sizes.getLast()).isGreaterThan(2 * sizes.getFirst());
    }

    private int bytesAt(int quality) {
        try (var writer = codec.writer(320, 240, 25, quality);
                var frame = Frame.allocate(320, 240)) {
            var photo = Pictures.photo(320, 240);
            for (int number = 0; number < 5; number++) {
                photo.copyTo(Pixels.mat(frame));
                writer.write(frame, Films.DISTANCE.multipliedBy(number));
            }
            return writer.finish().remaining();
        }
    }

    @Test
    void refusesFramesOutOfTheirOrderOrSize() {
        try (var writer = codec.writer(64, 64, 25, 75);
                var frame = Frame.allocate(64, 64);
                var other = Frame.allocate(66, 64)) {
            assertThatIllegalStateException().isThrownBy(writer::finish);
            writer.write(frame, Duration.ofSeconds(1));

            assertThatIllegalArgumentException().isThrownBy(() -> writer.write(frame, Duration.ofSeconds(1)));
            assertThatIllegalArgumentException().isThrownBy(() -> writer.write(other, Duration.ofSeconds(2)));
        }
    }
}
