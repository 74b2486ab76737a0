package dev.tryon.fabric;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.tryon.vision.Pixels;
import org.junit.jupiter.api.Test;

class DrawnSwatchTest {
    @Test
    void findsWhatItDraws() {
        Pixels.load();

        assertThatCode(DrawnSwatch::check).doesNotThrowAnyException();
    }
}
