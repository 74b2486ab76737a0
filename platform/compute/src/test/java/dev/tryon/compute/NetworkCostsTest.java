package dev.tryon.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class NetworkCostsTest {
    private final NetworkCosts costs = new NetworkCosts();

    @Test
    void tellsTheMiddleAndTheSlowEndOfTheLastRuns() {
        for (int run = 1; run <= 1_000; run++) {
            costs.ran("3x96x96", 5, run <= 872 ? 1 : run - 872);
        }

        var cost = costs.curve().getFirst();
        assertThat(cost.runs()).isEqualTo(1_000);
        assertThat(cost.p50()).isEqualTo(Duration.ofNanos(64));
        assertThat(cost.p95()).isEqualTo(Duration.ofNanos(122));
        assertThat(costs.usualNanos("3x96x96", 5)).hasValue(64);
    }

    @Test
    void believesATimeWhenItHasBeenSeenThreeTimes() {
        costs.ran("4", 2, 900);
        costs.ran("4", 2, 10);
        assertThat(costs.usualNanos("4", 2)).isEmpty();
        costs.ran("4", 2, 10);

        assertThat(costs.usualNanos("4", 2)).hasValue(10);
        assertThat(costs.usualNanos("4", 3)).isEmpty();
    }

    @Test
    void forgetsTheShapeThatWasRunLeastRecently() {
        for (int side = 0; side < 100; side++) {
            costs.ran("often", 1, 5);
            costs.ran("3x" + side, 1, 5);
        }

        assertThat(costs.curve()).hasSize(64).anyMatch(cost -> cost.sampleShape()
                .equals("often"));
        assertThat(costs.curve()).noneMatch(cost -> cost.sampleShape().equals("3x0"));
    }

    @Test
    void countsHowManyCallsARunAnswered() {
        costs.answered(1);
        costs.answered(4);
        costs.answered(4);

        assertThat(costs.joined()).containsEntry(1, 1L).containsEntry(4, 2L).hasSize(2);
    }
}
