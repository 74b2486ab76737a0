package dev.tryon.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PinnedBuffersTest {
    private final EmulatedDriver driver = new EmulatedDriver();
    private final PinnedBuffers pinned = new PinnedBuffers(driver.retain(0), 1 << 20);

    @Test
    void lendsTheSameMemoryAgain() {
        pinned.lend(100_000).close();
        try (var loan = pinned.lend(70_000)) {
            assertThat(loan.bytes().capacity()).isEqualTo(70_000);
            assertThat(loan.bytes().isDirect()).isTrue();
        }

        assertThat(driver.hostBuffers).isOne();
        assertThat(pinned.pinnedBytes()).isEqualTo(1 << 17);
    }

    @Test
    void lendsOrdinaryMemoryBeyondItsBound() {
        try (var first = pinned.lend(600_000);
                var second = pinned.lend(1)) {
            assertThat(first.bytes()).isNotSameAs(second.bytes());
            assertThat(pinned.unpinned()).isEqualTo(1);
            assertThat(pinned.lent()).isEqualTo(2);
            assertThat(pinned.pinnedBytes()).isEqualTo(1 << 20);
        }
        assertThat(pinned.lent()).isZero();
    }

    @Test
    void givesIdleMemoryOfOtherSizesUpForWhatIsNeededNow() {
        for (var bytes : new int[] {1 << 16, 1 << 17, 1 << 18}) {
            pinned.lend(bytes).close();
        }

        try (var whole = pinned.lend(1 << 20)) {
            assertThat(whole.bytes().capacity()).isEqualTo(1 << 20);
            assertThat(pinned.unpinned()).isZero();
            assertThat(pinned.pinnedBytes()).isEqualTo(1 << 20);
            assertThat(driver.hostBuffers).isOne();
        }
    }

    @Test
    void countsALoanThatIsClosedTwiceOnce() {
        var loan = pinned.lend(10);
        loan.close();
        loan.close();

        assertThat(pinned.lent()).isZero();
        try (var first = pinned.lend(10);
                var second = pinned.lend(10)) {
            first.bytes().put(0, (byte) 1);
            second.bytes().put(0, (byte) 2);
            assertThat(first.bytes().get(0)).isEqualTo((byte) 1);
        }
    }

    @Test
    void freesWhatComesBackAfterItsClose() {
        var late = pinned.lend(10);
        pinned.lend(100_000).close();
        pinned.close();
        assertThat(driver.hostBuffers).isOne();

        late.close();

        assertThat(driver.hostBuffers).isZero();
        assertThat(pinned.pinnedBytes()).isZero();
        assertThatThrownBy(() -> pinned.lend(1)).isInstanceOf(IllegalStateException.class);
    }
}
