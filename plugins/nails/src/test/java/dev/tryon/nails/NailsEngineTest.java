package dev.tryon.nails;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.Frame;
import dev.tryon.spi.FrameInfo;
import dev.tryon.spi.Look;
import dev.tryon.spi.Options;
import dev.tryon.spi.Outcome;
import dev.tryon.spi.Progress;
import dev.tryon.spi.TryOnException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class NailsEngineTest {
    private static final Look LOOK = Look.of(Options.of(Polish.OPTIONS, Map.of()));

    @RegisterExtension
    private static final StartedEngine STARTED = new StartedEngine();

    private static final NailsEngine ENGINE = STARTED.engine();

    @Test
    void passesItsOwnTest() {
        ENGINE.selfTest();
    }

    @Test
    void asksForLightInTheDark() {
        assertThat(rejection(Pictures.even(320, 240, 6, 5, 4))).isEqualTo(ErrorCode.LOW_LIGHT);
    }

    @Test
    void refusesAnEvenPicture() {
        assertThat(rejection(Pictures.even(320, 240, 120, 130, 140))).isEqualTo(ErrorCode.INVALID_IMAGE);
    }

    @Test
    void refusesAPictureOfAFewPixels() {
        assertThat(rejection(Pictures.even(16, 240, 120, 130, 140))).isEqualTo(ErrorCode.INVALID_IMAGE);
        assertThat(rejection(Pictures.even(1, 1, 120, 130, 140))).isEqualTo(ErrorCode.INVALID_IMAGE);
    }

    @Test
    void asksForAStillHandWhenNothingIsSharp() {
        var blurred = Pictures.of(320, 240, (x, y) -> new int[] {90 + x / 4, 120 + y / 4, 100 + (x + y) / 8});
        assertThat(rejection(blurred)).isEqualTo(ErrorCode.BLUR_DETECTED);
    }

    @Test
    void asksForAHandWhenThereIsNone() {
        var random = new Random(3);
        var grain = Pictures.of(320, 240, (x, y) -> {
            var level = (x / 40 + y / 40) % 2 * 60 + 80 + random.nextInt(12);
            return new int[] {level, level, level};
        });
        assertThat(rejection(grain)).isEqualTo(ErrorCode.HAND_NOT_DETECTED);
    }

    @Test
    void tellsThePersonWhatToDoInOneSentence() {
        var outcome = ENGINE.capture(Pictures.even(320, 240, 6, 5, 4), LOOK, Progress.UNWATCHED);
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Rejected.class, rejected -> assertThat(rejected.suggestion())
                .matches("[A-Z][^.]+\\."));
    }

    @Test
    void rejectsLiveFramesAsItRejectsPictures() {
        try (var live = ENGINE.open(LOOK)) {
            var outcome = live.apply(Pictures.even(320, 240, 6, 5, 4), new FrameInfo(1, Duration.ZERO));
            assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
        }
    }

    @Test
    void refusesALookFromAPicture() {
        var look = new Look(Optional.empty(), LOOK.options(), Optional.of(Frame.allocate(64, 64)));
        assertThatThrownBy(() -> ENGINE.open(look))
                .isInstanceOfSatisfying(TryOnException.class, failure -> assertThat(failure.code())
                        .isEqualTo(ErrorCode.INVALID_LOOK));
    }

    @Test
    void stopsWhenNobodyWaitsForThePicture() {
        var canceled = new Progress() {
            @Override
            public void report(double done) {}

            @Override
            public boolean canceled() {
                return true;
            }
        };
        assertThatThrownBy(() -> ENGINE.capture(DrawnHand.picture(320, 240), LOOK, canceled))
                .isInstanceOf(TryOnException.class);
    }

    @Test
    void capturesInStepsBetweenWhichOthersHaveTheirTurn() {
        var reported = new ArrayList<Double>();
        var watched = new Progress() {
            @Override
            public void report(double done) {
                reported.add(done);
            }

            @Override
            public boolean canceled() {
                return false;
            }
        };
        ENGINE.capture(DrawnHand.picture(320, 240), LOOK, watched).close();

        // After each of two searches and two looks.
        assertThat(reported).startsWith(0.3, 0.5, 0.7, 0.9).isSorted();
    }

    @Test
    void saysThatItWasNotStarted() {
        assertThatThrownBy(() -> new NailsEngine().open(LOOK)).isInstanceOf(TryOnException.class);
    }

    private static ErrorCode rejection(Frame picture) {
        return switch (ENGINE.capture(picture, LOOK, Progress.UNWATCHED)) {
            case Outcome.Rejected(var code, var _) -> code;
            case Outcome.Overlaid _, Outcome.Painted _ -> throw new AssertionError("the picture was not rejected");
        };
    }
}
