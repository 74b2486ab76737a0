package dev.tryon.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tryon.compute.DeviceScheduler;
import dev.tryon.compute.DeviceShape;
import dev.tryon.compute.SchedulerSettings;
import dev.tryon.compute.WorkClass;
import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.TryOnException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PixelThreadsTest {
    private static final String NAME = "tested-pixels";
    /** Eight times of it are shorter than what the scheduler takes for hung. */
    private static final Duration WITHIN = Duration.ofMillis(100);

    private final FakeClock clock = new FakeClock();
    private final DeviceScheduler device = new DeviceScheduler(
            new DeviceShape(1, 1), SchedulerSettings.standard(), clock.clocks().monotonic());
    private final PixelThreads threads =
            new PixelThreads(NAME, 1, WITHIN, device, clock.clocks().monotonic());
    private final CountDownLatch hang = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicInteger begun = new AtomicInteger();

    @AfterEach
    void nothingHangs() {
        hang.countDown();
        threads.close();
        device.close();
    }

    private void hang() {
        assertThatThrownBy(() -> threads.call("studio", () -> {
                    clock.advance(WITHIN);
                    hang.await();
                    return (AutoCloseable) closed::countDown;
                }))
                .isInstanceOfSatisfying(TryOnException.class, failure -> assertThat(failure.code())
                        .isEqualTo(ErrorCode.PROCESSING_TIMEOUT));
    }

    /** Calls while the device is somebody else's, until the time is up and the thread has ended. */
    private void queueInVain() {
        var call = CompletableFuture.runAsync(
                () -> threads.call("studio", begun::incrementAndGet), Thread::startVirtualThread);
        TestServer.until(() -> device.snapshot().waiting().captures() == 1);
        clock.advance(WITHIN);

        assertThatThrownBy(call::join).hasCauseInstanceOf(Refusal.class);
        TestServer.until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals(NAME)));
    }

    @Test
    void letOthersHaveTheDeviceBetweenTheStepsOfLongWork() {
        var order = new ConcurrentLinkedQueue<String>();
        var waits = new CountDownLatch(1);
        try (var stepping = new PixelThreads(
                "stepping-pixels", 1, WITHIN, device, clock.clocks().monotonic())) {
            var work = CompletableFuture.runAsync(
                    () -> stepping.inSteps("weave", progress -> {
                        order.add("first step");
                        await(waits);
                        progress.report(0.5);
                        return order.add("second step");
                    }),
                    Thread::startVirtualThread);
            TestServer.until(() -> order.contains("first step"));
            var call = CompletableFuture.runAsync(
                    () -> threads.call("studio", () -> order.add("other work")), Thread::startVirtualThread);
            TestServer.until(() -> device.snapshot().waiting().captures() == 1);
            waits.countDown();
            call.join();
            work.join();
        }

        assertThat(order).containsExactly("first step", "other work", "second step");
    }

    @Test
    void callLongWorkOffWhenTheyAreClosed() {
        var stepping = new PixelThreads(
                "stepping-pixels", 1, WITHIN, device, clock.clocks().monotonic());
        var work = CompletableFuture.supplyAsync(
                () -> stepping.inSteps("weave", progress -> {
                    begun.incrementAndGet();
                    while (!progress.canceled()) {
                        progress.report(0.5);
                    }
                    return "called off";
                }),
                Thread::startVirtualThread);
        TestServer.until(() -> begun.get() == 1);

        stepping.close();

        assertThat(work.join()).isEqualTo("called off");
    }

    @Test
    void countTheTimeOfLongWorkFromItsBeginning() {
        var looks = new AtomicInteger();
        var most = WITHIN.multipliedBy(4).dividedBy(5);
        try (var stepping = new PixelThreads("stepping-pixels", 1, WITHIN, device, () -> {
            looks.incrementAndGet();
            return clock.clocks().monotonic().getAsLong();
        })) {
            CompletableFuture<String> work;
            try (var film = device.turn(WorkClass.BATCH, "studio", WITHIN)) {
                film.next();
                work = CompletableFuture.supplyAsync(
                        () -> stepping.inSteps("weave", _ -> {
                            clock.advance(most);
                            var before = looks.get();
                            TestServer.until(() -> looks.get() > before + 2);
                            return "done";
                        }),
                        Thread::startVirtualThread);
                TestServer.until(() -> device.snapshot().waiting().batches() == 1);
                clock.advance(most);
            }

            assertThat(work.join()).isEqualTo("done");
        }
    }

    @Test
    void callLongWorkOffThatTakesTooLong() {
        var told = new CountDownLatch(1);

        assertThatThrownBy(() -> threads.inSteps("weave", progress -> {
                    clock.advance(WITHIN.multipliedBy(2));
                    while (!progress.canceled()) {
                        clock.advance(WITHIN);
                        Thread.onSpinWait();
                    }
                    told.countDown();
                    return "called off";
                }))
                .isInstanceOfSatisfying(TryOnException.class, failure -> assertThat(failure.code())
                        .isEqualTo(ErrorCode.PROCESSING_TIMEOUT));

        await(told);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
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

    @Test
    void neverBeginWhatTheDeviceWasNotGrantedToInTime() {
        try (var film = device.turn(WorkClass.BATCH, "studio", WITHIN)) {
            film.next();

            queueInVain();
        }

        assertThat(begun).hasValue(0);
    }

    @Test
    void countNothingAsHungThatOnlyWaitedForTheDevice() {
        try (var film = device.turn(WorkClass.BATCH, "studio", WITHIN)) {
            film.next();
            for (int count = 0; count < HungThreads.MOST; count++) {
                queueInVain();
            }
        }

        assertThat(threads.call("studio", () -> "done")).isEqualTo("done");
    }

    @Test
    void refuseWhatWaitsForADeviceThatEnds() {
        try (var film = device.turn(WorkClass.BATCH, "studio", WITHIN)) {
            film.next();
            var call = CompletableFuture.runAsync(
                    () -> threads.call("studio", begun::incrementAndGet), Thread::startVirtualThread);
            TestServer.until(() -> device.snapshot().waiting().captures() == 1);

            device.close();

            assertThatThrownBy(call::join).hasCauseInstanceOf(Refusal.class);
        }

        assertThat(begun).hasValue(0);
    }
}
