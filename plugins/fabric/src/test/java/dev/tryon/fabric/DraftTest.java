package dev.tryon.fabric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class DraftTest {
    @Test
    void climbsByOneEndAPickInATwill() {
        assertThat(Draft.twill(2, 2).rows()).containsExactly("XX..", "X..X", "..XX", ".XX.");
    }

    @Test
    void turnsItsDiagonalInAHerringbone() {
        assertThat(Draft.herringbone(4).rows()).containsExactly("XX..XX..", "X..X.XX.", "..XX..XX", ".XX.X..X");
    }

    @Test
    void scattersTheDivesOfASatinSoThatNoneTouch() {
        var rows = Draft.satin(8, 3).rows();

        assertThat(rows).allSatisfy(row -> assertThat(row.chars().filter(mark -> mark == '.'))
                .hasSize(1));
        for (var pick = 0; pick < 8; pick++) {
            var apart = Math.floorMod(
                    rows.get(pick).indexOf('.') - rows.get((pick + 1) % 8).indexOf('.'), 8);
            assertThat(apart).isBetween(2, 6);
        }
    }

    @Test
    void refusesALoomOnWhichThePatternDoesNotClose() {
        var cotton = List.of(Fibre.cotton("#ffffff"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Loom(Draft.twill(2, 2), 62, 64, cotton, cotton, 1, 1, 1, 0, 0))
                .withMessage("the pattern does not close after 62 ends and 64 picks");
    }

    @Test
    void movesOntoItselfByItsLattice() {
        var lattice = new Lattice.Steps(1, -1, 0, 4).of(0.5, 0.5);

        assertThat(lattice.distance(2, 0)).isLessThan(1e-9);
        assertThat(lattice.distance(0.5, 0)).isGreaterThan(0.4);
    }
}
