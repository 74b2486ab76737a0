package dev.tryon.compute;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class LiveSchedulerTest {
    private final AtomicLong now = new AtomicLong();

    @Test
    void servesTheStalestSessionFirst() throws Exception {
        try (var scheduler = new LiveScheduler(1, now::incrementAndGet)) {
            var gate = new CountDownLatch(1);
            var order = Collections.synchronizedList(new ArrayList<String>());
            var done = new CountDownLatch(4);
            var holder = scheduler.seat(() -> await(gate));
            var first = scheduler.seat(() -> note(order, "first", done));
            var second = scheduler.seat(() -> note(order, "second", done));
            var third = scheduler.seat(() -> note(order, "third", done));
            holder.ready();
            third.ready();
            second.ready();
            first.ready();
            gate.countDown();
            while (order.size() < 3) {
                Thread.onSpinWait();
            }
            first.ready();

            assertThat(done.await(5, SECONDS)).isTrue();
            assertThat(order).containsExactly("first", "second", "third", "first");
        }
    }

    @Test
    void servesASessionAgainThatBecameReadyWhileInService() throws Exception {
        try (var scheduler = new LiveScheduler(2, now::incrementAndGet)) {
            var entered = new CyclicBarrier(2);
            var leave = new CyclicBarrier(2);
            var services = new AtomicInteger();
            var seat = scheduler.seat(() -> {
                services.incrementAndGet();
                meet(entered);
                meet(leave);
            });
            seat.ready();
            meet(entered);
            seat.ready();
            seat.ready();
            meet(leave);
            meet(entered);
            meet(leave);
            seat.close();

            assertThat(services).hasValue(2);
        }
    }

    @Test
    void neverServesOneSessionTwiceAtATime() throws Exception {
        var inService = new AtomicInteger();
        var most = new AtomicInteger();
        var served = new CountDownLatch(2_000);
        try (var scheduler = new LiveScheduler(4, System::nanoTime)) {
            var seat = scheduler.seat(() -> {
                most.accumulateAndGet(inService.incrementAndGet(), Math::max);
                served.countDown();
                inService.decrementAndGet();
            });
            while (served.getCount() > 0) {
                seat.ready();
            }
            seat.close();
        }
        assertThat(most).hasValue(1);
    }

    @Test
    void waitsAtCloseForTheServiceUnderWayAndServesNoMore() throws Exception {
        try (var scheduler = new LiveScheduler(1, now::incrementAndGet)) {
            var entered = new CyclicBarrier(2);
            var gate = new CountDownLatch(1);
            var ended = new AtomicInteger();
            var seat = scheduler.seat(() -> {
                meet(entered);
                await(gate);
                ended.incrementAndGet();
            });
            seat.ready();
            meet(entered);
            var closer = Thread.ofVirtual().start(seat::close);
            seat.ready();
            gate.countDown();
            closer.join();

            assertThat(ended).hasValue(1);
            seat.ready();
            assertThat(scheduler.waiting()).isZero();
        }
    }

    @Test
    void keepsAllWorkersWhenServicesFail() throws Exception {
        try (var scheduler = new LiveScheduler(2, System::nanoTime)) {
            var served = new CountDownLatch(8);
            for (int number = 0; number < 8; number++) {
                scheduler
                        .seat(() -> {
                            served.countDown();
                            throw new IllegalStateException("on purpose");
                        })
                        .ready();
            }
            assertThat(served.await(5, SECONDS)).isTrue();
            var together = new CyclicBarrier(2);
            var both = new CountDownLatch(2);
            for (int number = 0; number < 2; number++) {
                scheduler
                        .seat(() -> {
                            meet(together);
                            both.countDown();
                        })
                        .ready();
            }
            assertThat(both.await(5, SECONDS)).isTrue();
        }
    }

    @Test
    @Timeout(30)
    void leavesAWorkerBehindThatHangs() throws Exception {
        var gate = new CountDownLatch(1);
        var serving = new CountDownLatch(1);
        var scheduler = new LiveScheduler(1, System::nanoTime);
        scheduler
                .seat(() -> {
                    serving.countDown();
                    await(gate);
                })
                .ready();
        serving.await();

        scheduler.close();

        assertThat(gate.getCount()).isOne();
        gate.countDown();
    }

    private static void note(List<String> order, String name, CountDownLatch done) {
        order.add(name);
        done.countDown();
    }

    private static void await(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(5, SECONDS);
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }
}
