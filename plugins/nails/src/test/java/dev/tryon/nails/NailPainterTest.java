package dev.tryon.nails;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tryon.spi.Frame;
import dev.tryon.spi.OptionValue;
import dev.tryon.spi.Patch;
import dev.tryon.spi.Rgb;
import dev.tryon.vision.LinearLight;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NailPainterTest {
    private static final NailShape NAIL = NailShape.ellipse(80, 60, -Math.PI / 2, 60, 40);

    private final NailPainter painter = new NailPainter();

    @Test
    void bringsTheChosenColourOntoTheNail() {
        for (var color : List.of("#b8122f", "#1c3fae", "#e3c8b4", "#12382b", "#9ed8c0")) {
            var frame = hand();
            var after = painted(frame, Pictures.polish(Pattern.SOLID, Finish.MATTE, color));
            var wanted = Rgb.parse(color);
            assertThat(Pictures.distance(
                            Pictures.pixel(after, 80, 60), new int[] {wanted.red(), wanted.green(), wanted.blue()}))
                    .as(color)
                    .isLessThan(9);
        }
    }

    @Test
    void keepsTheNailsOwnLight() {
        var frame = Pictures.of(160, 120, (x, _) -> new int[] {130 + x / 2, 100 + x / 2, 90 + x / 2});
        var after = painted(frame, Pictures.polish(Pattern.SOLID, Finish.MATTE, "#b3756a"));
        var before = 0;
        for (var x = 66; x < 90; x += 6) {
            var level = Pictures.pixel(after, x, 60)[1];
            assertThat(level).as("at %d", x).isGreaterThan(before);
            before = level;
        }
    }

    @Test
    void paintsNothingOutsideTheNail() {
        var patch = paint(hand(), NAIL, Pictures.polish(Map.of()));
        for (var y = 0; y < 120; y++) {
            for (var x = 0; x < 160; x++) {
                // The tip is painted a little longer than seen.
                var far = Math.hypot((x + 0.5 - 80) / 20, (y + 0.5 - 59.1) / 30.9);
                if (far > 1.1) {
                    assertThat(Pictures.alpha(patch, x, y)).as("%d, %d", x, y).isZero();
                }
                if (far < 0.9) {
                    assertThat(Pictures.alpha(patch, x, y)).as("%d, %d", x, y).isGreaterThan(230);
                }
            }
        }
    }

    @Test
    void smoothsTheEdgeOverAPixelOrTwo() {
        var patch = paint(hand(), NAIL, Pictures.polish(Map.of()));
        for (var y = 45; y < 75; y++) {
            var partial = 0;
            for (var x = 50; x < 80; x++) {
                var alpha = Pictures.alpha(patch, x, y);
                partial += alpha > 5 && alpha < 240 ? 1 : 0;
            }
            assertThat(partial).as("row %d", y).isBetween(0, 2);
        }
    }

    @Test
    void staysInsideTheFrameAtItsBorders() {
        var frame = hand();
        for (var x = -40; x <= 200; x += 20) {
            for (var y = -40; y <= 160; y += 20) {
                var patch = painter.paint(
                        frame,
                        NailShape.ellipse(x, y, 0.4, 60, 40),
                        Pictures.polish(Map.of()),
                        1,
                        1,
                        SceneLight.NEUTRAL);
                patch.ifPresent(p -> {
                    assertThat(p.x()).isNotNegative();
                    assertThat(p.y()).isNotNegative();
                    assertThat(p.x() + p.width()).isLessThanOrEqualTo(160);
                    assertThat(p.y() + p.height()).isLessThanOrEqualTo(120);
                });
            }
        }
        assertThat(painter.paint(
                        frame,
                        NailShape.ellipse(-100, 50, 0, 60, 40),
                        Pictures.polish(Map.of()),
                        1,
                        1,
                        SceneLight.NEUTRAL))
                .isEmpty();
    }

    @Test
    void drawsAsPlainSourceOverWhatALinearBlendYields() {
        var frame = Pictures.even(160, 120, 200, 150, 130);
        // Between half and full visibility the linear mix of both is known: paint with either and compare.
        var polish = Pictures.polish(Pattern.SOLID, Finish.MATTE, "#1c3fae");
        var full = Pictures.drawn(frame, List.of(paint(frame, NAIL, polish)));
        var half =
                painter.paint(frame, NAIL, polish, 1, 0.5, SceneLight.NEUTRAL).orElseThrow();
        var mixed = Pictures.drawn(frame, List.of(half));
        for (var y = 40; y < 80; y += 3) {
            for (var x = 65; x < 95; x += 3) {
                for (var channel = 0; channel < 3; channel++) {
                    var light = 0.5f * LinearLight.ofByte(Pictures.pixel(full, x, y)[channel])
                            + 0.5f * LinearLight.ofByte(Pictures.pixel(frame, x, y)[channel]);
                    assertThat(Pictures.pixel(mixed, x, y)[channel])
                            .isCloseTo(Math.round(LinearLight.toByte(light)), within(2));
                }
            }
        }
    }

    @Test
    void definesColourWhereNothingShows() {
        var patch = paint(hand(), NAIL, Pictures.polish(Pattern.SOLID, Finish.MATTE, "#1c3fae"));
        for (var i = 0; i < patch.width() * patch.height(); i++) {
            assertThat(patch.pixels().get(4 * i + 2) & 0xFF).isGreaterThan(80);
        }
    }

    @Test
    void drawsEveryPatternAndFinishDifferently() {
        var seen = new HashSet<Integer>();
        for (var pattern : Pattern.values()) {
            for (var finish : Finish.values()) {
                var patch = paint(hand(), NAIL, Pictures.polish(pattern, finish, "#b8122f"));
                assertThat(seen.add(patch.pixels().hashCode()))
                        .as("%s %s", pattern, finish)
                        .isTrue();
            }
        }
    }

    @Test
    void shinesByFinish() {
        var glossy = brightest(Pictures.polish(Pattern.SOLID, Finish.GLOSSY, "#5c0f1f"));
        var matte = brightest(Pictures.polish(Pattern.SOLID, Finish.MATTE, "#5c0f1f"));
        assertThat(glossy).isGreaterThan(matte + 60);
    }

    @Test
    void putsTheFrenchTipAtTheTip() {
        var after = painted(
                hand(),
                Pictures.polish(Map.of(
                        Polish.PATTERN,
                        new OptionValue.Text("french"),
                        Polish.COLOR,
                        new OptionValue.Text("#eeb9b3"),
                        Polish.ACCENT,
                        new OptionValue.Text("#0000ff"),
                        Polish.FINISH,
                        new OptionValue.Text("matte"))));
        assertThat(Pictures.pixel(after, 80, 36))
                .satisfies(tip -> assertThat(tip[2]).isGreaterThan(tip[0] + 100));
        assertThat(Pictures.pixel(after, 80, 75))
                .satisfies(base -> assertThat(base[0]).isGreaterThan(base[2]));
    }

    @Test
    void showsTheNailThroughSheerPolish() {
        var plain = Pictures.pixel(hand(), 80, 60);
        var sheer = painted(hand(), Pictures.polish(Map.of(Polish.COVERAGE, new OptionValue.Quantity(0.3))));
        var cream = painted(hand(), Pictures.polish(Map.of(Polish.COVERAGE, new OptionValue.Quantity(1))));
        assertThat(Pictures.distance(plain, Pictures.pixel(sheer, 80, 60)))
                .isLessThan(0.75 * Pictures.distance(plain, Pictures.pixel(cream, 80, 60)))
                .isGreaterThan(4);
    }

    @Test
    void doesNotTakeOldNailArtForLight() {
        var striped =
                Pictures.of(160, 120, (x, _) -> x / 6 % 2 == 0 ? new int[] {240, 60, 60} : new int[] {40, 90, 160});
        var after = painted(striped, Pictures.polish(Pattern.SOLID, Finish.MATTE, "#b3756a"));
        assertThat(Pictures.distance(Pictures.pixel(after, 75, 60), Pictures.pixel(after, 81, 60)))
                .isLessThan(0.25 * Pictures.distance(Pictures.pixel(striped, 75, 60), Pictures.pixel(striped, 81, 60)));
    }

    @Test
    void paintsANailOfAFewPixels() {
        var patch = paint(hand(), NailShape.ellipse(50, 50, 1, 4, 3), Pictures.polish(Map.of()));
        assertThat(Pictures.alpha(patch, 50, 50)).isGreaterThan(150);
    }

    private int brightest(Polish polish) {
        var after = painted(hand(), polish);
        var most = 0;
        for (var y = 40; y < 80; y++) {
            for (var x = 70; x < 90; x++) {
                most = Math.max(most, Pictures.pixel(after, x, y)[1]);
            }
        }
        return most;
    }

    private Frame painted(Frame frame, Polish polish) {
        return Pictures.drawn(frame, List.of(paint(frame, NAIL, polish)));
    }

    private Patch paint(Frame frame, NailShape nail, Polish polish) {
        return painter.paint(frame, nail, polish, 1, 1, SceneLight.NEUTRAL).orElseThrow();
    }

    private static Frame hand() {
        return Pictures.even(160, 120, 214, 165, 150);
    }
}
