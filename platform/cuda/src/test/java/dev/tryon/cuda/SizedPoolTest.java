package dev.tryon.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SizedPoolTest {
    private static final int PIECE = 1 << 16;

    private final AtomicInteger made = new AtomicInteger();
    private final List<Integer> freed = new ArrayList<>();
    private final SizedPool<Integer> pool = new SizedPool<>(_ -> made.incrementAndGet(), this::free, 4 * PIECE);

    /** Refuses the second piece that is freed. */
    private void free(int piece) {
        freed.add(piece);
        if (freed.size() == 2) {
            throw new CudaFailure("refused");
        }
    }

    @Test
    void freesNothingTwiceWhenTheDriverRefuses() {
        var loans = List.of(pool.lend(PIECE), pool.lend(PIECE), pool.lend(PIECE));
        loans.forEach(loan -> loan.orElseThrow().close());

        assertThatThrownBy(() -> pool.lend(4 * PIECE)).isInstanceOf(CudaFailure.class);
        assertThat(pool.bytes()).isEqualTo(PIECE);
        pool.close();

        assertThat(freed).containsExactlyInAnyOrder(1, 2, 3);
        assertThat(pool.bytes()).isZero();
    }
}
