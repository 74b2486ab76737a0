package dev.tryon.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LaneShapeTest {
    private final LaneShape shape = LaneShape.upTo(16, Duration.ZERO);

    @Test
    void hasFewSizesOfWhichTheLargestIsTheLimit() {
        assertThat(shape.sizes()).containsExactly(1, 2, 3, 4, 6, 8, 12, 16);
        assertThat(LaneShape.upTo(1, Duration.ZERO).sizes()).containsExactly(1);
        assertThat(LaneShape.upTo(20, Duration.ZERO).maxBatch()).isEqualTo(20);
        assertThat(shape.filled(5)).isEqualTo(6);
        assertThat(shape.filled(17)).isEqualTo(17);
    }

    @Test
    void takesAllThatFitWhileNothingIsKnown() {
        assertThat(shape.choose(List.of(5, 5, 5, 5), 16, _ -> OptionalLong.empty()))
                .isEqualTo(3);
        assertThat(shape.choose(List.of(5, 5, 5, 5), 8, _ -> OptionalLong.empty()))
                .isEqualTo(1);
    }

    @Test
    void takesAFirstCallThatIsLargerThanAnyBatchAlone() {
        assertThat(shape.choose(List.of(40, 1), 16, _ -> OptionalLong.empty())).isEqualTo(1);
    }

    @Test
    void fillsABatchUpWhenThatIsCheapForASample() {
        // 2 + 0.3 b milliseconds: five in six are cheaper each than four in four.
        assertThat(shape.choose(List.of(1, 1, 1, 1, 1), 16, b -> OptionalLong.of(2_000_000L + 300_000L * b)))
                .isEqualTo(5);
    }

    @Test
    void leavesCallsForTheNextRunWhenFillingUpWouldCostMore() {
        // Nothing is gained by joining: nine in twelve cost each more than eight in eight.
        assertThat(shape.choose(List.of(1, 1, 1, 1, 1, 1, 1, 1, 1), 16, b -> OptionalLong.of(1_000_000L * b)))
                .isEqualTo(8);
    }

    @Test
    void triesTheLargestOnceEvenIfSmallerOnesAreKnown() {
        assertThat(shape.choose(
                        List.of(1, 1, 1, 1, 1, 1), 16, size -> size <= 4 ? OptionalLong.of(1) : OptionalLong.empty()))
                .isEqualTo(6);
    }

    @Test
    void refusesSizesThatDoNotAscendFromOne() {
        assertThatThrownBy(() -> new LaneShape(List.of(1, 4, 4), Duration.ZERO, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LaneShape(List.of(2), Duration.ZERO, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LaneShape(List.of(), Duration.ZERO, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
