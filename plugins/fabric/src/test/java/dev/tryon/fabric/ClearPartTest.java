package dev.tryon.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClearPartTest {
    @Test
    void isAllOfTheSwatchWhereTheThingLiesBesideIt() {
        assertThat(ClearPart.of(box(1.1, 0.2, 1.3, 0.4))).isEqualTo(ClearPart.ALL);
        assertThat(ClearPart.of(box(0.2, -0.4, 0.4, -0.1))).isEqualTo(ClearPart.ALL);
    }

    @Test
    void isTheLargestRectangleBesideTheThing() {
        assertThat(ClearPart.of(box(0.7, 0.4, 0.9, 0.6))).isEqualTo(new ClearPart(0, 0, 0.7, 1));
        assertThat(ClearPart.of(box(0.4, 0.05, 0.6, 0.25))).isEqualTo(new ClearPart(0, 0.25, 1, 1));
    }

    @Test
    void isTooLittleUnderAThingThatCoversTheMiddle() {
        assertThat(ClearPart.of(box(0.2, 0.2, 0.8, 0.8)).enough()).isFalse();
        assertThat(ClearPart.of(box(0.4, 0.4, 0.6, 0.6)).enough()).isTrue();
    }

    @Test
    void hasCornersOfItsOwnInThePhoto() {
        var swatch = new Corners(new Spot(100, 100), new Spot(300, 100), new Spot(300, 200), new Spot(100, 200));

        assertThat(new ClearPart(0.5, 0, 1, 1).of(swatch))
                .isEqualTo(new Corners(new Spot(200, 100), new Spot(300, 100), new Spot(300, 200), new Spot(200, 200)));
    }

    private static List<Spot> box(double left, double top, double right, double bottom) {
        return List.of(new Spot(left, top), new Spot(right, top), new Spot(right, bottom), new Spot(left, bottom));
    }
}
