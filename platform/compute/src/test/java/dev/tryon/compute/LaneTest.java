package dev.tryon.compute;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tryon.compute.HeldNetwork.Joining;
import dev.tryon.compute.NetworkSnapshot.Keep;
import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.Tensor;
import dev.tryon.spi.TryOnException;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The lane before a device of the tests' own, which doubles numbers and holds when it is told to. */
@Timeout(20)
class LaneTest implements Lane.Runner {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<List<Float>> runs = Collections.synchronizedList(new ArrayList<>());
    private final ScriptedDevice device = new ScriptedDevice(1 << 20, 8);
    private final HeldNetwork network = network("doubles", new Joining.Rows(List.of(1)));
    private final HeldNetwork lonely = network("alone", new Joining.Alone("it mixes"));
    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch gate = new CountDownLatch(1);
    private final AtomicInteger largest = new AtomicInteger(Integer.MAX_VALUE);
    private Lane lane = lane(LaneShape.upTo(8, Duration.ZERO));

    /** What the device does with what the lane gives it. */
    @Override
    public List<Tensor> run(HeldNetwork called, Inputs inputs) {
        var seen = floats(inputs.tensors().getFirst());
        runs.add(seen);
        if (seen.contains(-100f)) {
            held.countDown();
            await(gate);
        }
        if (seen.contains(-1f)) {
            throw new TryOnException(ErrorCode.MODEL_ERROR, "no", "it was told to");
        }
        if (seen.contains(-2f)) {
            throw new NoClassDefFoundError("on purpose");
        }
        var output = Tensor.allocate(inputs.tensors().getFirst().shape());
        for (int index = 0; index < seen.size(); index++) {
            output.values().put(index, 2 * seen.get(index));
        }
        return List.of(output);
    }

    @Override
    public int largestBatch(HeldNetwork called) {
        return largest.get();
    }

    @AfterEach
    void close() {
        gate.countDown();
        lane.close();
        threads.close();
        assertThat(device.open()).isZero();
    }

    @Test
    void joinsWhatWaitsForTheSameNetworkAndGivesEachItsOwn() throws Exception {
        hold();
        var first = call(network, 1);
        var other = call(lonely, 7);
        var second = call(network, 2, 3);
        var third = call(network, 4);
        var again = call(lonely, 8);
        gate.countDown();

        assertThat(first.get()).containsExactly(2f);
        assertThat(second.get()).containsExactly(4f, 6f);
        assertThat(third.get()).containsExactly(8f);
        assertThat(other.get()).containsExactly(14f);
        assertThat(again.get()).containsExactly(16f);
        assertThat(runs.subList(1, 4)).containsExactly(List.of(1f, 2f, 3f, 4f), List.of(7f), List.of(8f));
        assertThat(network.costs().joined()).containsEntry(3, 1L);
    }

    @Test
    void fillsUpWithZerosAndLeavesNothingOfAnybodyElse() throws Exception {
        hold();
        var calls = List.of(call(network, 9, 9, 9, 9), call(network, 8, 8, 8, 8));
        gate.countDown();
        for (var call : calls) {
            call.get();
        }

        assertThat(call(network, 1, 2, 3, 4, 5).get()).containsExactly(2f, 4f, 6f, 8f, 10f);
        assertThat(runs.getLast()).containsExactly(1f, 2f, 3f, 4f, 5f, 0f);
    }

    @Test
    void doesNotJoinSamplesOfDifferentShapes() throws Exception {
        hold();
        var narrow = call(network, 1);
        var wide = threads.submit(() -> floats(lane.run(network, wide(2, 3)).getFirst()));
        waitFor(2);
        gate.countDown();

        assertThat(narrow.get()).containsExactly(2f);
        assertThat(wide.get()).containsExactly(4f, 6f);
        assertThat(runs).hasSize(3);
    }

    @Test
    void takesNoMoreThanTheDeviceCanAtPresent() throws Exception {
        largest.set(2);
        hold();
        var calls = List.of(call(network, 1), call(network, 2), call(network, 3), call(network, 4));
        gate.countDown();
        for (var call : calls) {
            call.get();
        }

        assertThat(runs.subList(1, 3)).containsExactly(List.of(1f, 2f), List.of(3f, 4f));
    }

    @Test
    void letsAFailureMeetItsOwnCallerOnly() throws Exception {
        hold();
        var good = call(network, 1);
        var bad = call(network, -1);
        var worse = call(network, -2);
        var fine = call(network, 5);
        gate.countDown();

        assertThat(good.get()).containsExactly(2f);
        assertThat(fine.get()).containsExactly(10f);
        assertModelError(bad);
        assertModelError(worse);
        assertThat(call(network, 6).get()).containsExactly(12f);
    }

    @Test
    void repeatsCallByCallWhatMakesOtherRowsThanItDidWhenItWasTested() throws Exception {
        network.joining(new Joining.Rows(List.of(2)));
        hold();
        var one = call(network, 1);
        var other = call(network, 2);
        gate.countDown();

        assertModelError(one);
        assertModelError(other);
        assertThat(runs).hasSize(4);
    }

    @Test
    void gathersWhileTheDeviceIsIdleUntilABatchIsFull() throws Exception {
        lane.close();
        lane = lane(new LaneShape(List.of(1, 2, 3), Duration.ofHours(1), 16));
        var calls = List.of(call(network, 1), call(network, 2), call(network, 3));
        for (var call : calls) {
            call.get();
        }

        assertThat(runs).hasSize(1);
        assertThat(runs.getFirst()).containsExactlyInAnyOrder(1f, 2f, 3f);
        assertThat(call(lonely, 4).get()).containsExactly(8f);
    }

    @Test
    void doesOtherWorkOnItsOwnThread() {
        var thread = lane.perform(() -> Thread.currentThread().getName());

        assertThat(thread).isEqualTo("lane-test");
        assertThatThrownBy(() -> lane.perform(() -> {
                    throw new IllegalArgumentException("own");
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("own");
    }

    @Test
    void answersWhatWaitsWhenItEndsAndRefusesTheRest() throws Exception {
        hold();
        var waiting = call(network, 3);
        var closer = Thread.ofPlatform().start(lane::close);
        while (closer.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        assertThatThrownBy(() -> lane.run(network, numbers(4))).isInstanceOf(TryOnException.class);
        gate.countDown();

        assertThat(waiting.get()).containsExactly(6f);
        closer.join();
    }

    @Test
    void letsCallersWaitForAPlaceWhenTheQueueIsFull() throws Exception {
        lane.close();
        lane = lane(new LaneShape(List.of(1), Duration.ZERO, 2));
        hold();
        var first = call(network, 1);
        var second = call(network, 2);
        var answer = new ArrayList<Float>();
        var late = Thread.ofPlatform()
                .start(() -> answer.addAll(floats(lane.run(network, numbers(3)).getFirst())));
        while (late.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        assertThat(lane.waiting()).isEqualTo(2);
        gate.countDown();

        assertThat(first.get()).containsExactly(2f);
        assertThat(second.get()).containsExactly(4f);
        late.join();
        assertThat(answer).containsExactly(6f);
    }

    /** Keeps the device busy until the gate opens. */
    private void hold() throws InterruptedException {
        var _ = threads.submit(() -> lane.run(lonely, numbers(-100)));
        held.await();
    }

    /** Calls on another thread, and returns when the call waits or has been taken. */
    private Future<List<Float>> call(HeldNetwork called, float... values) {
        int before = lane.waiting();
        var answer =
                threads.submit(() -> floats(lane.run(called, numbers(values)).getFirst()));
        if (gate.getCount() > 0 && held.getCount() == 0) {
            waitFor(before + 1);
        }
        return answer;
    }

    private void waitFor(int waiting) {
        while (lane.waiting() < waiting) {
            Thread.onSpinWait();
        }
    }

    private Lane lane(LaneShape shape) {
        return new Lane("test", shape, this, new StagedBatch(device::stage), System::nanoTime);
    }

    private static HeldNetwork network(String name, Joining joining) {
        var network = new HeldNetwork(
                name, () -> new ByteArrayInputStream(new byte[0]), name.getBytes(UTF_8), Keep.EVICTABLE);
        network.joining(joining);
        return network;
    }

    private static Inputs.Numbers numbers(float... values) {
        var tensor = Tensor.allocate(values.length, 1);
        tensor.values().put(0, values);
        return new Inputs.Numbers(List.of(tensor));
    }

    private static Inputs.Numbers wide(float first, float second) {
        var tensor = Tensor.allocate(1, 2);
        tensor.values().put(0, new float[] {first, second});
        return new Inputs.Numbers(List.of(tensor));
    }

    private static List<Float> floats(Tensor tensor) {
        var values = new ArrayList<Float>();
        for (int index = 0; index < tensor.values().capacity(); index++) {
            values.add(tensor.values().get(index));
        }
        return values;
    }

    private static void assertModelError(Future<?> call) {
        assertThatThrownBy(call::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(TryOnException.class, failure -> assertThat(failure.code())
                        .isEqualTo(ErrorCode.MODEL_ERROR));
    }

    private static void await(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
