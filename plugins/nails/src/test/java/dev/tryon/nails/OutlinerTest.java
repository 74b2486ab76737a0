package dev.tryon.nails;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class OutlinerTest {
    private static final double MIDDLE = Region.SIDE / 2.0;

    private final Region region = new Region();
    private final Outliner outliner = new Outliner();

    @Test
    void findsAxisLengthAndWidthAtEveryAngle() {
        for (var degrees = -180; degrees < 180; degrees += 5) {
            var angle = Math.toRadians(degrees);
            draw(NailShape.ellipse(MIDDLE + 1.7, MIDDLE - 2.2, angle, 50, 30));
            assertThat(region.reduce()).isTrue();
            // The network's direction may be off by a good deal: it only has to say which end is the tip.
            var nail = outliner.outline(region, Math.cos(angle + 0.5), Math.sin(angle + 0.5))
                    .orElseThrow();
            assertThat(turn(nail.angleRadians(), angle))
                    .as("at %d degrees", degrees)
                    .isLessThan(0.012);
            assertThat(nail.length()).isCloseTo(50, within(0.6));
            assertThat(nail.width()).isCloseTo(29.5, within(0.7));
            assertThat(nail.centerX()).isCloseTo(MIDDLE + 1.7, within(0.3));
            assertThat(nail.centerY()).isCloseTo(MIDDLE - 2.2, within(0.3));
        }
    }

    @Test
    void followsTheOutlineToAFractionOfAPixel() {
        for (var degrees = 0; degrees < 180; degrees += 15) {
            var truth = NailShape.ellipse(MIDDLE, MIDDLE, Math.toRadians(degrees), 52, 34);
            draw(truth);
            region.reduce();
            var nail = outliner.outline(region, Math.cos(truth.angleRadians()), Math.sin(truth.angleRadians()))
                    .orElseThrow();
            for (var row = 2; row < NailShape.ROWS - 2; row++) {
                assertThat(nail.left(row) * nail.length()).isCloseTo(truth.left(row) * 52, within(0.8));
                assertThat(nail.right(row) * nail.length()).isCloseTo(truth.right(row) * 52, within(0.8));
            }
            assertThat(nail.area()).isCloseTo(truth.area(), within(0.02 * truth.area()));
        }
    }

    @Test
    void takesTheNetworksDirectionForRoundNails() {
        draw(NailShape.ellipse(MIDDLE, MIDDLE, 0, 40, 40));
        region.reduce();
        var nail = outliner.outline(region, Math.cos(1.1), Math.sin(1.1)).orElseThrow();
        assertThat(turn(nail.angleRadians(), 1.1)).isLessThan(0.05);
    }

    @Test
    void takesTheShortAxisOfANailSeenForeshortened() {
        draw(NailShape.ellipse(MIDDLE, MIDDLE, 0.4, 48, 32));
        region.reduce();
        var across = 0.4 + Math.PI / 2;
        var nail = outliner.outline(region, Math.cos(across - 0.4), Math.sin(across - 0.4))
                .orElseThrow();
        assertThat(turn(nail.angleRadians(), across)).isLessThan(0.03);
        assertThat(nail.length()).isCloseTo(32, within(0.7));
        assertThat(nail.width()).isCloseTo(47, within(1.2));
    }

    @Test
    void takesTheRegionInTheMiddleAndNotALargerOneAtTheRim() {
        draw(NailShape.ellipse(MIDDLE, MIDDLE, 0.3, 30, 20), NailShape.ellipse(14, 80, 0.3, 60, 40));
        assertThat(region.reduce()).isTrue();
        var nail = outliner.outline(region, 1, 0).orElseThrow();
        assertThat(nail.centerX()).isCloseTo(MIDDLE, within(1.0));
        assertThat(nail.length()).isCloseTo(30, within(1.0));
    }

    @Test
    void refusesWhatNoNailLooksLike() {
        draw(NailShape.ellipse(MIDDLE, MIDDLE, 0.3, 70, 9));
        region.reduce();
        assertThat(outliner.outline(region, 1, 0)).as("a sliver").isEmpty();
        Arrays.fill(region.values(), 0);
        assertThat(region.reduce()).as("nothing").isFalse();
        region.values()[(int) (MIDDLE * Region.SIDE + MIDDLE)] = 1;
        assertThat(region.reduce()).as("a speck").isFalse();
    }

    private void draw(NailShape... nails) {
        Arrays.fill(region.values(), 0);
        var cells = new float[Region.SIDE * Region.SIDE];
        for (var nail : nails) {
            new Coverage().fill(nail.outline(0), 0, 0, Region.SIDE, Region.SIDE, cells);
            for (var i = 0; i < cells.length; i++) {
                region.values()[i] = Math.max(region.values()[i], cells[i]);
            }
        }
    }

    private static double turn(double one, double other) {
        return Math.abs(Math.IEEEremainder(one - other, 2 * Math.PI));
    }
}
