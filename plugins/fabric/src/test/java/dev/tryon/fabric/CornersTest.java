package dev.tryon.fabric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CornersTest {
    private static final Spot A = new Spot(10, 20);
    private static final Spot B = new Spot(210, 40);
    private static final Spot C = new Spot(190, 180);
    private static final Spot D = new Spot(30, 150);

    @Test
    void refusesCornersThatCrossOrTurnTheOtherWay() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Corners(A, C, B, D));
        assertThatIllegalArgumentException().isThrownBy(() -> new Corners(D, C, B, A));
    }

    @Test
    void refusesCornersOnALine() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Corners(new Spot(0, 0), new Spot(50, 0), new Spot(100, 1), new Spot(150, 0)));
    }

    @Test
    void projectionTakesTheUnitSquareOntoTheCorners() {
        var map = Projection.unitSquareTo(new Corners(A, B, C, D));

        assertThat(map.map(new Spot(0, 0)).minus(A).length()).isCloseTo(0, within(1e-9));
        assertThat(map.map(new Spot(1, 0)).minus(B).length()).isCloseTo(0, within(1e-9));
        assertThat(map.map(new Spot(1, 1)).minus(C).length()).isCloseTo(0, within(1e-9));
        assertThat(map.map(new Spot(0, 1)).minus(D).length()).isCloseTo(0, within(1e-9));
    }

    @Test
    void areaIsThatOfTheQuadrilateral() {
        assertThat(Corners.of(101, 51).area()).isCloseTo(100 * 50, within(1e-9));
    }
}
