package dev.tryon.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.TryOnException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PixelThreadsTest {
    private final PixelThreads threads = new PixelThreads("pixels", 1, Duration.ofMillis(100));
    private final CountDownLatch hang = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    @AfterEach
    void nothingHangs() {
        hang.countDown();
        threads.close();
    }

    private void hang() {
        assertThatThrownBy(() -> threads.call(() -> {
                    hang.await();
                    return (AutoCloseable) closed::countDown;
                }))
                .isInstanceOfSatisfying(TryOnException.class, failure -> assertThat(failure.code())
                        .isEqualTo(ErrorCode.PROCESSING_TIMEOUT));
    }

    @Test
    void workOnAfterACallThatHangs() throws InterruptedException {
        hang();

        assertThat(threads.call(() -> "done")).isEqualTo("done");

        hang.countDown();
        closed.await();
    }

    @Test
    void refuseWhileTooManyHang() {
        for (int count = 0; count < PixelThreads.MOST_HUNG; count++) {
            hang();
        }

        assertThatThrownBy(() -> threads.call(() -> "refused")).isInstanceOf(Refusal.class);

        hang.countDown();
        TestServer.until(() -> {
            try {
                return threads.call(() -> true);
            } catch (Refusal _) {
                return false;
            }
        });
    }
}
