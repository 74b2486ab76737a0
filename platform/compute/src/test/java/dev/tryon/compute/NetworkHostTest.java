package dev.tryon.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tryon.compute.NetworkSnapshot.Keep;
import dev.tryon.compute.NetworkSnapshot.State;
import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.Tensor;
import dev.tryon.spi.TryOnException;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class NetworkHostTest {
    private static final long TOTAL = 10_000;
    private static final Duration RESIDENCE = Duration.ofSeconds(10);
    private static final Duration QUARANTINE = Duration.ofSeconds(30);

    private final AtomicLong now = new AtomicLong();
    private final ScriptedDevice device = new ScriptedDevice(TOTAL, 16);
    private final NetworkHost host =
            new NetworkHost(device, new MemoryLedger(TOTAL, RESIDENCE, now::get), QUARANTINE, now::get);

    @AfterEach
    void nothingIsLeft() {
        host.close();
        assertThat(device.open()).isZero();
        assertThat(device.usedBytes).hasValue(0);
    }

    @Test
    void bringsANetworkBackThatHadToGo() {
        var first = admit("first", 6_000, Keep.EVICTABLE);
        now.addAndGet(RESIDENCE.toNanos());
        admit("second", 6_001, Keep.EVICTABLE);

        assertThat(state("first")).isEqualTo(State.EVICTED);
        assertThat(figures("first").evictions()).isOne();
        now.addAndGet(RESIDENCE.toNanos());
        assertThat(run(first, 3)).isEqualTo(6);
        assertThat(state("first")).isEqualTo(State.LOADED);
        assertThat(figures("first").loads()).isEqualTo(2);
        assertThat(state("second")).isEqualTo(State.EVICTED);
    }

    @Test
    void refusesWhatDoesNotFitBesideWhatMustStay() {
        var pinned = admit("pinned", 6_000, Keep.PINNED);
        now.addAndGet(RESIDENCE.toNanos());

        assertModelError(() -> admit("other", 6_001, Keep.EVICTABLE));
        assertThat(run(pinned, 1)).isEqualTo(2);
        assertThat(host.snapshot()).hasSize(1);
    }

    @Test
    void halvesABatchThatTheMemoryDoesNotSufficeForAndKeepsToItForAWhile() {
        var network = admit("network", 1_000, Keep.EVICTABLE);
        device.failing.set(1);
        int before = device.runs.get();

        var output = host.run(network, numbers(1, 2, 3, 4, 5)).getFirst();

        assertThat(output.shape()).containsExactly(5, 1);
        assertThat(floats(output)).containsExactly(2, 4, 6, 8, 10);
        assertThat(device.runs.get() - before).isEqualTo(3);
        assertThat(host.largestBatch(network)).isEqualTo(2);
        assertThat(figures("network").outOfMemory()).isOne();
        assertThat(figures("network").largestBatch()).isEqualTo(2);
        now.addAndGet(QUARANTINE.toNanos());
        assertThat(host.largestBatch(network)).isGreaterThanOrEqualTo(16);
    }

    @Test
    void sendsOneOtherAwayBeforeItTriesAgain() {
        admit("idle", 1_000, Keep.EVICTABLE);
        admit("pinned", 1_000, Keep.PINNED);
        var network = admit("network", 1_000, Keep.EVICTABLE);
        now.addAndGet(RESIDENCE.toNanos());
        device.failing.set(1);

        assertThat(run(network, 4)).isEqualTo(8);
        assertThat(state("idle")).isEqualTo(State.EVICTED);
        assertThat(state("pinned")).isEqualTo(State.LOADED);
    }

    @Test
    void keepsANetworkAwayThatRunsOutTwiceAndTakesItBackAfterAWhile() {
        var network = admit("network", 1_000, Keep.EVICTABLE);
        var other = admit("other", 1_000, Keep.EVICTABLE);
        device.failing.set(2);

        assertModelError(() -> run(network, 1));
        assertThat(state("network")).isEqualTo(State.QUARANTINED);
        int runs = device.runs.get();
        assertModelError(() -> run(network, 1));
        assertThat(device.runs).hasValue(runs);
        assertThat(run(other, 2)).isEqualTo(4);

        now.addAndGet(QUARANTINE.toNanos());
        assertThat(run(network, 1)).isEqualTo(2);
        assertThat(state("network")).isEqualTo(State.LOADED);
        assertThat(figures("network").failures()).isEqualTo(2);
    }

    @Test
    void triesALoadOnceMoreThatTheMemoryDidNotSufficeFor() {
        admit("idle", 1_000, Keep.EVICTABLE);
        now.addAndGet(RESIDENCE.toNanos());
        var network = admit("network", 1_000, Keep.EVICTABLE);
        now.addAndGet(RESIDENCE.toNanos());
        device.failing.set(2);
        assertModelError(() -> run(network, 1));
        now.addAndGet(QUARANTINE.toNanos());
        device.failing.set(1);

        assertThat(run(network, 1)).isEqualTo(2);
    }

    @Test
    void letsARunEndBeforeANetworkGoes() throws Exception {
        var network = admit("network", 1_000, Keep.EVICTABLE);
        var running = new CountDownLatch(1);
        var gate = new CountDownLatch(1);
        device.before = () -> {
            running.countDown();
            await(gate);
        };
        try (var threads = Executors.newSingleThreadExecutor()) {
            var answer = threads.submit(() -> run(network, 5));
            running.await();
            host.dismiss(network);
            assertThat(device.open()).isOne();
            assertModelError(() -> run(network, 1));
            gate.countDown();

            assertThat(answer.get()).isEqualTo(10);
        }
        assertThat(device.open()).isZero();
    }

    @Test
    void takesANetworkInAgainWhileARunOfItsFormerSelfGoesOn() throws Exception {
        var former = admit("network", 1_000, Keep.EVICTABLE);
        var running = new CountDownLatch(1);
        var gate = new CountDownLatch(1);
        device.before = () -> {
            running.countDown();
            await(gate);
        };
        try (var threads = Executors.newSingleThreadExecutor()) {
            var answer = threads.submit(() -> run(former, 5));
            running.await();
            host.dismiss(former);
            device.before = () -> {};
            var again = admit("network", 1_000, Keep.EVICTABLE);
            gate.countDown();

            assertThat(answer.get()).isEqualTo(10);
            assertThat(run(again, 4)).isEqualTo(8);
        }
        assertThat(device.open()).isOne();
        assertThat(host.snapshot()).singleElement().satisfies(network -> assertThat(network.bytes())
                .isPositive());
    }

    @Test
    void refusesAnArchiveThatHasChangedSinceItWasTested() {
        var archives = new ArrayList<>(List.of(new byte[1_000], new byte[1_000], new byte[999]));
        var network = new HeldNetwork(
                "network",
                () -> new ByteArrayInputStream(archives.removeFirst()),
                archives.removeFirst(),
                Keep.EVICTABLE);
        host.admit(network, 1_000, numbers(1));
        device.failing.set(2);
        assertModelError(() -> run(network, 1));
        now.addAndGet(QUARANTINE.toNanos());

        assertModelError(() -> run(network, 1));
    }

    /** Whatever runs out of memory and when: an answer is right or a typed failure, and the device holds what the ledger says. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void answersRightOrTypedWhateverRunsOut(long seed) {
        var random = new Random(seed);
        var networks = new ArrayList<HeldNetwork>();
        for (int number = 0; number < 6; number++) {
            now.addAndGet(RESIDENCE.toNanos());
            networks.add(admit(
                    "network " + number, 1_500 + random.nextInt(2_000), number == 0 ? Keep.PINNED : Keep.EVICTABLE));
        }
        int right = 0;
        for (int step = 0; step < 3_000; step++) {
            now.addAndGet(random.nextLong(3_000_000_000L));
            if (random.nextInt(10) == 0) {
                device.failing.set(random.nextInt(3));
            }
            var network = networks.get(random.nextInt(networks.size()));
            var values = new float[1 + random.nextInt(16)];
            for (int index = 0; index < values.length; index++) {
                values[index] = random.nextInt(100);
            }
            try {
                var doubled = floats(host.run(network, numbers(values)).getFirst());
                for (int index = 0; index < values.length; index++) {
                    assertThat(doubled[index]).isEqualTo(2 * values[index]);
                }
                right++;
            } catch (TryOnException failure) {
                assertThat(failure.code()).isEqualTo(ErrorCode.MODEL_ERROR);
            }
            long loaded =
                    host.snapshot().stream().filter(each -> each.bytes() > 0).count();
            assertThat(device.open()).isEqualTo((int) loaded);
            assertThat(host.snapshot().stream()
                            .mapToLong(NetworkSnapshot::bytes)
                            .sum())
                    .isLessThanOrEqualTo(TOTAL)
                    .isGreaterThanOrEqualTo(device.usedBytes.get());
        }
        assertThat(right).isGreaterThan(300);
    }

    private HeldNetwork admit(String name, int bytes, Keep keep) {
        var archive = new byte[bytes];
        archive[0] = (byte) name.hashCode();
        archive[1] = (byte) (name.hashCode() >> 8);
        var network = new HeldNetwork(name, () -> new ByteArrayInputStream(archive), archive, keep);
        host.admit(network, bytes, numbers(1));
        return network;
    }

    private float run(HeldNetwork network, float value) {
        return host.run(network, numbers(value)).getFirst().values().get(0);
    }

    private State state(String name) {
        return figures(name).state();
    }

    private NetworkSnapshot figures(String name) {
        return host.snapshot().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Inputs.Numbers numbers(float... values) {
        var tensor = Tensor.allocate(values.length, 1);
        tensor.values().put(0, values);
        return new Inputs.Numbers(List.of(tensor));
    }

    private static float[] floats(Tensor tensor) {
        var values = new float[tensor.values().capacity()];
        tensor.values().get(0, values);
        return values;
    }

    private static void assertModelError(Runnable call) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(TryOnException.class, failure -> assertThat(failure.code())
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
