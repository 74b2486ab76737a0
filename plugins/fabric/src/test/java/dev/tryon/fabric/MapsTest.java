package dev.tryon.fabric;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class MapsTest {
    @Test
    void refusesMapsOfDifferentSizes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> maps(Plane.constant(4, 8, 0.5f)))
                .withMessageContaining("4x4 and 4x8");
    }

    @Test
    void refusesAValueOutOfRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> maps(Plane.constant(4, 4, Float.NaN)))
                .withMessage("height is 0 to 1, not NaN");
    }

    private static Maps maps(Plane height) {
        var texels = new Texels(4, 4, new byte[48]);
        var half = Plane.constant(4, 4, 0.5f);
        return new Maps(texels, height, texels, half, half, half, Optional.empty());
    }
}
