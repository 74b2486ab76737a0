package dev.tryon.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tryon.spi.Rgb;
import org.junit.jupiter.api.Test;

class HandRendererTest {
    private static final HandRenderer RENDERER = new HandRenderer(320, 240, 1);

    @Test
    void drawsTheSameHandEachTime() {
        try (var first = RENDERER.render(HandPose.UPRIGHT);
                var second = RENDERER.render(HandPose.UPRIGHT)) {
            assertThat(first.picture().pixels().rewind())
                    .isEqualTo(second.picture().pixels().rewind());
            assertThat(first.nailPixels()).isEqualTo(second.nailPixels());
        }
    }

    @Test
    void knowsWhereItsFiveNailsAre() {
        try (var hand = RENDERER.render(HandPose.UPRIGHT)) {
            assertThat(hand.nails()).isEqualTo(5);
            assertThat(hand.nailPixels().cardinality()).isBetween(500, 1_500);
            assertThat(hand.nailAt(0, 0)).isFalse();
        }
    }

    @Test
    void countsNoNailThatIsOutOfThePicture() {
        var gone = new HandPose(0.5, 3, 0.075, 0, 0.16, new Rgb(226, 178, 150), 1);
        try (var hand = RENDERER.render(gone)) {
            assertThat(hand.nails()).isZero();
            assertThat(hand.nailPixels().isEmpty()).isTrue();
        }
    }
}
