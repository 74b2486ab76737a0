package dev.tryon.nails;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class NailShapeTest {
    private final NailShape nail = NailShape.ellipse(50, 40, 0.7, 30, 20);

    @Test
    void measuresAnEllipse() {
        assertThat(nail.area()).isCloseTo(Math.PI * 15 * 10, within(3.0));
        assertThat(nail.width()).isBetween(19.0, 20.0);
        assertThat(nail.size()).isEqualTo(30);
    }

    @Test
    void knowsWhatLiesOnIt() {
        assertThat(nail.contains(50, 40)).isTrue();
        assertThat(nail.contains(50 + 14.5 * Math.cos(0.7), 40 + 14.5 * Math.sin(0.7)))
                .isTrue();
        assertThat(nail.contains(50 + 15.5 * Math.cos(0.7), 40 + 15.5 * Math.sin(0.7)))
                .isFalse();
        assertThat(nail.contains(50 - 10.5 * Math.sin(0.7), 40 + 10.5 * Math.cos(0.7)))
                .isFalse();
    }

    @Test
    void coversTheSamePlacesWhenTurned() {
        var left = new float[NailShape.ROWS];
        var right = new float[NailShape.ROWS];
        for (var row = 0; row < NailShape.ROWS; row++) {
            left[row] = -0.2f;
            right[row] = 0.1f + 0.2f * (float) NailShape.rowPlace(row);
        }
        var lopsided = new NailShape(20, 20, 0.3, 20, left, right);
        var turned = lopsided.turned();
        for (var y = 5; y < 35; y++) {
            for (var x = 5; x < 35; x++) {
                assertThat(turned.contains(x, y)).isEqualTo(lopsided.contains(x, y));
            }
        }
        assertThat(turned.angleRadians()).isCloseTo(0.3 + Math.PI, within(1e-9));
    }

    @Test
    void stretchesTowardsTheTipAlone() {
        var plain = nail.outline(0);
        var longer = nail.outline(0.1);
        assertThat(longer[0]).isCloseTo(plain[0], within(1e-9));
        var tip = 2 * (NailShape.ROWS - 1);
        assertThat(Math.hypot(longer[tip] - plain[tip], longer[tip + 1] - plain[tip + 1]))
                .isCloseTo(3, within(1e-6));
    }

    @Test
    void refusesANailWithoutLength() {
        assertThatThrownBy(() -> new NailShape(0, 0, 0, 0, new float[NailShape.ROWS], new float[NailShape.ROWS]))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
