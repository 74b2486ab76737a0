package dev.tryon.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccuracyTallyTest {
    @Test
    void poolsPixelsAndMatchesNails() {
        var tally = new AccuracyTally();
        tally.add(List.of(pixels(0, 10), pixels(20, 30)), List.of(pixels(0, 8), pixels(26, 40), pixels(50, 60)));

        assertThat(tally.metrics())
                .containsEntry("recall", 0.5)
                .containsEntry("precision", 1 / 3.0)
                .containsEntry("pooledIou", 12 / 40.0)
                .containsEntry("meanIouOfFound", 0.8);
    }

    @Test
    void countsOnePaintForOneNailAlone() {
        var tally = new AccuracyTally();
        tally.add(List.of(pixels(0, 10)), List.of(pixels(0, 10), pixels(0, 9)));

        assertThat(tally.metrics()).containsEntry("recall", 1.0).containsEntry("precision", 0.5);
    }

    private static BitSet pixels(int from, int to) {
        var pixels = new BitSet();
        pixels.set(from, to);
        return pixels;
    }
}
