package dev.tryon.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateExcessTest {
    private final RateExcess excess = new RateExcess(Duration.ofSeconds(10));

    private boolean refusedAt(double seconds) {
        return excess.refused((long) (seconds * 1e9));
    }

    @Test
    void endsThePatienceWithAClientThatTakesNoNotice() {
        for (double second = 1; second <= 11; second += 0.5) {
            assertThat(refusedAt(second)).isFalse();
        }
        assertThat(refusedAt(11.5)).isTrue();
    }

    @Test
    void beginsAnewWithAClientThatKeptToItsRateForAWhile() {
        for (double second = 1; second <= 100; second += 2.5) {
            assertThat(refusedAt(second)).isFalse();
        }
    }
}
