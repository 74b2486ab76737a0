package dev.tryon.compute;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class DeviceSchedulerTest {
    private final AtomicLong now = new AtomicLong();

    @Test
    void servesTheStalestSessionFirst() throws Exception {
        try (var scheduler = cpu(1, now::incrementAndGet)) {
            var gate = new CountDownLatch(1);
            var order = Collections.synchronizedList(new ArrayList<String>());
            var done = new CountDownLatch(4);
            var holder = seat(scheduler, () -> await(gate));
            var first = seat(scheduler, () -> note(order, "first", done));
            var second = seat(scheduler, () -> note(order, "second", done));
            var third = seat(scheduler, () -> note(order, "third", done));
            holder.ready(now.get());
            third.ready(now.get());
            second.ready(now.get());
            first.ready(now.get());
            gate.countDown();
            while (order.size() < 3) {
                Thread.onSpinWait();
            }
            first.ready(now.get());

            assertThat(done.await(5, SECONDS)).isTrue();
            assertThat(order).containsExactly("first", "second", "third", "first");
        }
    }

    @Test
    void servesASessionAgainThatBecameReadyWhileInService() throws Exception {
        try (var scheduler = cpu(2, now::incrementAndGet)) {
            var entered = new CyclicBarrier(2);
            var leave = new CyclicBarrier(2);
            var services = new AtomicInteger();
            var seat = seat(scheduler, () -> {
                services.incrementAndGet();
                meet(entered);
                meet(leave);
            });
            seat.ready(now.get());
            meet(entered);
            seat.ready(now.get());
            seat.ready(now.get());
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
        try (var scheduler = cpu(4, System::nanoTime)) {
            var seat = seat(scheduler, () -> {
                most.accumulateAndGet(inService.incrementAndGet(), Math::max);
                served.countDown();
                inService.decrementAndGet();
            });
            while (served.getCount() > 0) {
                seat.ready(System.nanoTime());
            }
            seat.close();
            assertThat(TraceReplay.of(scheduler.trace()).parting()).isEmpty();
        }
        assertThat(most).hasValue(1);
    }

    @Test
    void waitsAtCloseForTheServiceUnderWayAndServesNoMore() throws Exception {
        try (var scheduler = cpu(1, now::incrementAndGet)) {
            var entered = new CyclicBarrier(2);
            var gate = new CountDownLatch(1);
            var ended = new AtomicInteger();
            var seat = seat(scheduler, () -> {
                meet(entered);
                await(gate);
                ended.incrementAndGet();
            });
            seat.ready(now.get());
            meet(entered);
            var closer = Thread.ofVirtual().start(seat::close);
            seat.ready(now.get());
            gate.countDown();
            closer.join();

            assertThat(ended).hasValue(1);
            seat.ready(now.get());
            assertThat(scheduler.waiting()).isZero();
        }
    }

    @Test
    void keepsAllWorkersWhenServicesFail() throws Exception {
        try (var scheduler = cpu(2, System::nanoTime)) {
            var served = new CountDownLatch(8);
            for (int number = 0; number < 8; number++) {
                seat(scheduler, () -> {
                            served.countDown();
                            throw new IllegalStateException("on purpose");
                        })
                        .ready(System.nanoTime());
            }
            assertThat(served.await(5, SECONDS)).isTrue();
            var together = new CyclicBarrier(2);
            var both = new CountDownLatch(2);
            for (int number = 0; number < 2; number++) {
                seat(scheduler, () -> {
                            meet(together);
                            both.countDown();
                        })
                        .ready(System.nanoTime());
            }
            assertThat(both.await(5, SECONDS)).isTrue();
        }
    }

    @Test
    @Timeout(30)
    void leavesAWorkerBehindThatHangs() throws Exception {
        var gate = new CountDownLatch(1);
        var serving = new CountDownLatch(1);
        var scheduler = cpu(1, System::nanoTime);
        seat(scheduler, () -> {
                    serving.countDown();
                    await(gate);
                })
                .ready(System.nanoTime());
        serving.await();

        scheduler.close();

        assertThat(gate.getCount()).isOne();
        gate.countDown();
    }

    @Test
    void answersAFrameThatCannotBeServedInTime() throws Exception {
        try (var scheduler = cpu(1, now::get)) {
            var gate = new CountDownLatch(1);
            var serving = new CountDownLatch(1);
            var dropped = new CompletableFuture<Drop>();
            var holder = seat(scheduler, () -> {
                serving.countDown();
                await(gate);
            });
            var late = scheduler.seat("hair", new LiveService() {
                @Override
                public void serve() {
                    dropped.completeExceptionally(new AssertionError("served"));
                }

                @Override
                public void drop(Drop reason) {
                    dropped.complete(reason);
                }
            });
            holder.ready(now.get());
            serving.await();
            late.ready(now.get());
            now.addAndGet(Duration.ofSeconds(1).toNanos());

            assertThat(dropped.get(10, SECONDS)).isEqualTo(Drop.EXPIRED);
            late.close();
            gate.countDown();
        }
    }

    @Test
    void servesOthersWhileAServiceHangs() throws Exception {
        var gate = new CountDownLatch(1);
        try (var scheduler = cpu(1, now::get)) {
            var serving = new CountDownLatch(1);
            var served = new CountDownLatch(1);
            var hung = seat(scheduler, () -> {
                serving.countDown();
                await(gate);
            });
            var other = scheduler.seat("hair", new LiveService() {
                @Override
                public void serve() {
                    served.countDown();
                }

                @Override
                public void drop(Drop reason) {}
            });
            hung.ready(now.get());
            serving.await();
            now.addAndGet(Duration.ofSeconds(6).toNanos());
            other.ready(now.get());

            assertThat(served.await(10, SECONDS)).isTrue();
            assertThat(scheduler.snapshot().device().writtenOff()).isOne();
            assertThat(scheduler.admits("nails")).isFalse();
            gate.countDown();
            hung.close();
        }
    }

    @Test
    void givesTurnsTheDeviceOneAtATime() throws Exception {
        var inStep = new AtomicInteger();
        var most = new AtomicInteger();
        try (var scheduler = cpu(1, System::nanoTime)) {
            var threads = new ArrayList<Thread>();
            for (var workClass : List.of(WorkClass.CAPTURE, WorkClass.BATCH, WorkClass.BATCH)) {
                threads.add(Thread.ofPlatform().start(() -> {
                    try (var turn = scheduler.turn(workClass, "nails", Duration.ofSeconds(5))) {
                        for (int step = 0; step < 200; step++) {
                            turn.next();
                            most.accumulateAndGet(inStep.incrementAndGet(), Math::max);
                            inStep.decrementAndGet();
                        }
                    }
                }));
            }
            for (var thread : threads) {
                thread.join();
            }
            assertThat(TraceReplay.of(scheduler.trace()).parting()).isEmpty();
            assertThat(scheduler.snapshot().engines().getFirst().services())
                    .containsEntry(WorkClass.CAPTURE, 200L)
                    .containsEntry(WorkClass.BATCH, 400L);
        }
        assertThat(most).hasValue(1);
    }

    @Test
    void freesTheSlotOfATurnThatAnotherThreadCloses() throws Exception {
        try (var scheduler = cpu(1, now::incrementAndGet)) {
            var stuck = scheduler.turn(WorkClass.CAPTURE, "nails", Duration.ofSeconds(5));
            stuck.next();
            var served = new CountDownLatch(1);
            var seat = seat(scheduler, served::countDown);
            seat.ready(now.get());
            assertThat(scheduler.waiting()).isOne();
            stuck.close();

            assertThat(served.await(5, SECONDS)).isTrue();
            stuck.next();
            assertThat(scheduler.snapshot().device().busy()).isZero();
        }
    }

    @Test
    void holdsUpNoTurnWhenItEnds() throws Exception {
        var scheduler = cpu(1, now::incrementAndGet);
        var first = scheduler.turn(WorkClass.BATCH, "nails", Duration.ofSeconds(5));
        first.next();
        var second = scheduler.turn(WorkClass.BATCH, "nails", Duration.ofSeconds(5));
        var waiter = Thread.ofPlatform().start(second::next);
        while (scheduler.snapshot().waiting().batches() == 0) {
            Thread.onSpinWait();
        }
        scheduler.close();

        assertThat(waiter.join(Duration.ofSeconds(10))).isTrue();
        first.next();
        first.close();
        second.close();
    }

    private static DeviceScheduler cpu(int slots, LongSupplier clock) {
        return new DeviceScheduler(new DeviceShape(slots, 1), SchedulerSettings.standard(), clock);
    }

    private static Seat seat(DeviceScheduler scheduler, Runnable serve) {
        return scheduler.seat("nails", new LiveService() {
            @Override
            public void serve() {
                serve.run();
            }

            @Override
            public void drop(Drop reason) {}
        });
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
