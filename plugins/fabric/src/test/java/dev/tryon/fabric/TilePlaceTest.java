package dev.tryon.fabric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TilePlaceTest {
    private static final double MARGIN = 0.01;

    @Test
    void isSquareOnTheClothWhateverTheSwatchIs() {
        for (var aspect : new double[] {0.6, 1, 1.7}) {
            var place = TilePlace.square(aspect, MARGIN);

            assertThat(place.across().x() * aspect).isCloseTo(place.down().y(), within(1e-9));
        }
    }

    @Test
    void liesInTheMiddleWithItsOverlapInside() {
        var place = TilePlace.square(1.4, MARGIN);
        var far = place.projection().map(new Spot(1 + place.overlap(), 1 + place.overlap()));

        assertThat(place.origin().x()).isGreaterThanOrEqualTo(MARGIN - 1e-9);
        assertThat(place.origin().y()).isGreaterThanOrEqualTo(MARGIN - 1e-9);
        assertThat(far.x()).isCloseTo(1 - place.origin().x(), within(1e-9));
        assertThat(far.y()).isCloseTo(1 - place.origin().y(), within(1e-9));
    }

    @Test
    void movesByPartsOfItself() {
        var place = TilePlace.square(1, MARGIN);
        var moved = place.moved(0.5, 0.25);

        assertThat(moved.origin().x() - place.origin().x())
                .isCloseTo(place.across().x() / 2, within(1e-9));
        assertThat(moved.origin().y() - place.origin().y())
                .isCloseTo(place.down().y() / 4, within(1e-9));
    }

    @Test
    void knowsItsSizeFromTheSwatchsWidth() {
        // Half as wide and a third as high as a swatch of 120 mm by 80 mm.
        var place = new TilePlace(new Spot(0.1, 0.1), new Spot(0.5, 0), new Spot(0, 1.0 / 3), 0);
        var size = place.size(120, 1.5);

        assertThat(size.widthMillimetres()).isCloseTo(60, within(1e-9));
        assertThat(size.heightMillimetres()).isCloseTo(80 / 3.0, within(1e-9));
    }
}
