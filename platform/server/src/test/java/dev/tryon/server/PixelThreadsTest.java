package dev.tryon.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tryon.compute.DeviceScheduler;
import dev.tryon.compute.DeviceShape;
import dev.tryon.compute.SchedulerSettings;
import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.TryOnException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PixelThreadsTest {
    private final DeviceScheduler device =
            new DeviceScheduler(new DeviceShape(1, 1), SchedulerSettings.standard(), System::nanoTime);
    private final PixelThreads threads = new PixelThreads("pixels", 1, Duration.ofMillis(100), device);
    private final CountDownLatch hang = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    @AfterEach
    void nothingHangs() {
        hang.countDown();
        threads.close();
        device.close();
    }

    private void hang() {
        assertThatThrownBy(() -> threads.call("studio", () -> {
                    hang.await();
                    return (AutoCloseable) closed::countDown;
                }))
                .isInstanceOfSatisfying(TryOnException.class, failure -> assertThat(failure.code())
                        .isEqualTo(ErrorCode.PROCESSING_TIMEOUT));
    }

    @Test
    void workOnAfterACallThatHangs() throws InterruptedException {
        hang();

        assertThat(threads.call("studio", () -> "done")).isEqualTo("done");

        hang.countDown();
        closed.await();
    }

    @Test
    void refuseWhileTooManyHang() {
        for (int count = 0; count < HungThreads.MOST; count++) {
            hang();
        }

        assertThatThrownBy(() -> threads.call("studio", () -> "refused")).isInstanceOf(Refusal.class);

        hang.countDown();
        TestServer.until(() -> {
            try {
                return threads.call("studio", () -> true);
            } catch (Refusal _) {
                return false;
            }
        });
    }
}
