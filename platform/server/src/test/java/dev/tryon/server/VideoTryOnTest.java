package dev.tryon.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.Frame;
import dev.tryon.spi.Progress;
import dev.tryon.spi.TryOnException;
import dev.tryon.vision.Pixels;
import dev.tryon.vision.VideoCodec;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.opencv.core.Scalar;

class VideoTryOnTest {
    private static final int FRAMES = 6;

    private final VideoCodec codec = new VideoCodec();
    private final TestEngine engine = new TestEngine();

    @AfterEach
    void leaksNothing() {
        assertThat(codec.framesInUse()).isZero();
        assertThat(engine.open).hasValue(0);
        codec.close();
    }

    @Test
    void putsTheLookOnEveryFrameAndKeepsTheTimes() {
        var film = film();
        ByteBuffer dressed;
        try (var reader = codec.open(film);
                var writer = codec.writer(64, 64, 25, 90)) {
            var tally = tryOn("calm").dress(reader, writer, Progress.UNWATCHED).orElseThrow();
            dressed = writer.finish();

            assertThat(tally.frames()).isEqualTo(FRAMES);
            assertThat(tally.dressed()).isEqualTo(FRAMES);
            assertThat(tally.confidence()).isCloseTo(0.9, within(1e-9));
            assertThat(tally.lowestConfidence()).isEqualTo(0.9);
            assertThat(tally.rejection()).isEmpty();
        }

        try (var reader = codec.open(dressed)) {
            assertThat(reader.info().duration()).isCloseTo(Duration.ofMillis(240), Duration.ofMillis(1));
            for (int number = 0; number < FRAMES; number++) {
                try (var frame = reader.next().orElseThrow()) {
                    var square = Pixels.mat(frame).get(16, 16);
                    assertThat(square[2]).as("red of frame %d", number).isCloseTo(200, within(12.0));
                    assertThat(Pixels.mat(frame).get(50, 50)[2]).isCloseTo(40, within(12.0));
                    assertThat(reader.at()).isCloseTo(Duration.ofMillis(40L * number), Duration.ofMillis(1));
                }
            }
        }
    }

    @Test
    void writesRejectedFramesAsTheyCame() {
        try (var reader = codec.open(film());
                var writer = codec.writer(64, 64, 25, 90)) {
            var tally = tryOn("blind").dress(reader, writer, Progress.UNWATCHED).orElseThrow();

            assertThat(tally.frames()).isEqualTo(FRAMES);
            assertThat(tally.dressed()).isZero();
            assertThat(tally.confidence()).isZero();
            assertThat(tally.rejection()).map(rejected -> rejected.code()).contains(ErrorCode.HAND_NOT_DETECTED);
            assertThat(codec.inspect(writer.finish()).frames()).isEqualTo(FRAMES);
        }
    }

    @Test
    void tellsItsProgressAndStopsWhenNobodyWantsItAnyMore() {
        var told = new ArrayList<Double>();
        var progress = new Progress() {
            @Override
            public void report(double done) {
                told.add(done);
            }

            @Override
            public boolean canceled() {
                return told.size() == 2;
            }
        };
        try (var reader = codec.open(film());
                var writer = codec.writer(64, 64, 25, 90)) {
            assertThat(tryOn("calm").dress(reader, writer, progress)).isEmpty();
        }

        assertThat(told).containsExactly(1.0 / FRAMES, 2.0 / FRAMES);
        assertThat(engine.applied).hasValue(2);
    }

    @Test
    void tellsAnEngineThatFailsWithoutItsSecrets() {
        try (var reader = codec.open(film());
                var writer = codec.writer(64, 64, 25, 90)) {
            assertThatThrownBy(() -> tryOn("crashing").dress(reader, writer, Progress.UNWATCHED))
                    .isInstanceOfSatisfying(TryOnException.class, failure -> {
                        assertThat(failure.code()).isEqualTo(ErrorCode.PROCESSING_FAILED);
                        assertThat(failure.userMessage()).doesNotContain("secret");
                    });
        }
    }

    private VideoTryOn tryOn(String mood) {
        var look = CommandLook.of(
                engine.info(), Optional.of("{\"options\": {\"mood\": \"" + mood + "\"}}"), Optional.empty());
        return new VideoTryOn(engine, look);
    }

    private ByteBuffer film() {
        try (var writer = codec.writer(64, 64, 25, 90);
                var frame = Frame.allocate(64, 64)) {
            Pixels.mat(frame).setTo(Scalar.all(40));
            for (int number = 0; number < FRAMES; number++) {
                writer.write(frame, Duration.ofMillis(40L * number));
            }
            return writer.finish();
        }
    }
}
