package dev.tryon.fabric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AspectTest {
    private static final int WIDTH = 1600;
    private static final int HEIGHT = 1200;

    @ParameterizedTest
    @CsvSource({"1, 25, 20, 0.85", "1.5, 30, -15, 1.1", "0.7, -20, 30, 0.75", "2, 18, 24, 1.3"})
    void tellsTheShapeOfARectangleSeenAslant(double aspect, double tilt, double turn, double focal) {
        assertThat(Aspect.of(seen(aspect, tilt, turn, focal), WIDTH, HEIGHT)).isCloseTo(aspect, within(1e-3 * aspect));
    }

    @Test
    void takesTheSidesOfARectangleSeenStraight() {
        assertThat(Aspect.of(seen(1.25, 0, 0, 0.9), WIDTH, HEIGHT)).isCloseTo(1.25, within(1e-9));
    }

    @Test
    void takesAPhoneForTheCameraWhereOneTiltAloneTellsNoFocalLength() {
        assertThat(Aspect.of(seen(1.2, 30, 0, 0.8), WIDTH, HEIGHT)).isCloseTo(1.2, within(0.03));
    }

    @Test
    void believesTheSidesWhereNoCameraSeesARectangleSo() {
        // Both pairs of sides open the same way from a corner: the photo was cut, or this is no rectangle.
        var corners = new Corners(new Spot(100, 100), new Spot(700, 130), new Spot(1500, 1100), new Spot(130, 700));

        assertThat(Aspect.of(corners, WIDTH, HEIGHT)).isBetween(0.8, 1.25);
    }

    /** Returns the corners of a rectangle in the photo of a pinhole camera, turned about both axes of the picture. */
    private static Corners seen(double aspect, double tiltDegrees, double turnDegrees, double focal) {
        return new Corners(
                seen(-aspect, -1, tiltDegrees, turnDegrees, focal),
                seen(aspect, -1, tiltDegrees, turnDegrees, focal),
                seen(aspect, 1, tiltDegrees, turnDegrees, focal),
                seen(-aspect, 1, tiltDegrees, turnDegrees, focal));
    }

    private static Spot seen(double x, double y, double tiltDegrees, double turnDegrees, double focal) {
        var tilt = Math.toRadians(tiltDegrees);
        var turn = Math.toRadians(turnDegrees);
        var right = x * Math.cos(turn);
        var away = x * Math.sin(turn);
        var down = y * Math.cos(tilt) - away * Math.sin(tilt);
        var distance = 6 + y * Math.sin(tilt) + away * Math.cos(tilt);
        var scale = focal * WIDTH / distance;
        return new Spot((WIDTH - 1) / 2.0 + scale * right, (HEIGHT - 1) / 2.0 + scale * down);
    }
}
