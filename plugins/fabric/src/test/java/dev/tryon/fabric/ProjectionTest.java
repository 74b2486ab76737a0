package dev.tryon.fabric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProjectionTest {
    private static final double EXACT = 1e-9;
    private static final Corners ASLANT =
            new Corners(new Spot(120, 80), new Spot(710, 140), new Spot(640, 560), new Spot(60, 470));

    @Test
    void takesTheUnitSquareOntoFourCorners() {
        var map = Projection.unitSquareTo(ASLANT);

        var square = List.of(new Spot(0, 0), new Spot(1, 0), new Spot(1, 1), new Spot(0, 1));
        for (var at = 0; at < 4; at++) {
            assertNear(map.map(square.get(at)), ASLANT.places().get(at));
        }
    }

    @Test
    void keepsTheMeetingOfDiagonals() {
        var p = ASLANT.places();
        var along = p.get(2).minus(p.get(0));
        var across = p.get(3).minus(p.get(1));
        var share = p.get(1).minus(p.get(0)).cross(across) / along.cross(across);

        assertNear(
                Projection.unitSquareTo(ASLANT).map(new Spot(0.5, 0.5)),
                p.get(0).plus(along.times(share)));
    }

    @Test
    void goesThereAndBack() {
        var map = Projection.unitSquareTo(ASLANT);

        assertNear(map.inverse().map(map.map(new Spot(0.3, 0.8))), new Spot(0.3, 0.8));
        assertNear(map.inverse().after(map).map(new Spot(-0.2, 1.4)), new Spot(-0.2, 1.4));
    }

    @Test
    void doesTheFirstMapFirst() {
        var twice = Projection.affine(new Spot(2, 0), new Spot(0, 2), new Spot(0, 0));
        var moved = Projection.affine(new Spot(1, 0), new Spot(0, 1), new Spot(5, 0));

        assertNear(twice.after(moved).map(new Spot(1, 1)), new Spot(12, 2));
        assertNear(moved.after(twice).map(new Spot(1, 1)), new Spot(7, 2));
    }

    @Test
    void knowsWhatLiesBeyondTheHorizon() {
        var road = Projection.unitSquareTo(
                new Corners(new Spot(45, 50), new Spot(55, 50), new Spot(100, 100), new Spot(0, 100)));

        assertThat(road.depth(new Spot(0.5, 0.5))).isPositive();
        assertThat(road.depth(road.inverse().map(new Spot(50, 0)))).isNegative();
    }

    private static void assertNear(Spot actual, Spot expected) {
        assertThat(actual.x()).isCloseTo(expected.x(), within(EXACT * 1000));
        assertThat(actual.y()).isCloseTo(expected.y(), within(EXACT * 1000));
    }
}
