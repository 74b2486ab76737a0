package dev.tryon.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.Network;
import dev.tryon.spi.Tensor;
import dev.tryon.spi.TryOnException;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** TorchScript behind a lane: the CPU, opened as if it took batches. */
@Timeout(60)
class JoinedCallsTest {
    private static final int CALLERS = 8;

    private final TorchDevice device = TorchDevice.cpu(
            TorchDevice.start(),
            new DeviceInfo("cpu", DeviceInfo.Kind.CUDA, "the CPU", 2, 16, Optional.empty(), Optional.empty()));
    private final Compute compute = new Compute(
            List.of(device),
            new ComputeSettings(
                    new DeviceChoice.Auto(), 16, Duration.ZERO, Set.of(), 0, Duration.ZERO, Duration.ofSeconds(30)),
            System::nanoTime);

    @AfterEach
    void nothingNativeIsLeft() {
        compute.close();
        assertThat(device.open()).isZero();
    }

    @Test
    void givesEveryCallerWhatItWouldHaveGotAlone() throws Exception {
        var network = load("rows", ScriptArchive.rows());
        var random = new Random(7);
        var calls = new ArrayList<Callable<Void>>();
        for (int number = 0; number < 400; number++) {
            var input = Tensor.allocate(1 + random.nextInt(5), 3);
            for (int index = 0; index < input.values().capacity(); index++) {
                input.values().put(index, random.nextInt(1_000));
            }
            calls.add(() -> {
                assertRows(input, network.run(input));
                return null;
            });
        }
        // The lane is kept busy until all have called at once: then it must join.
        var gate = new CountDownLatch(1);
        try (var threads = Executors.newFixedThreadPool(CALLERS)) {
            var answers = calls.stream()
                    .map(call -> threads.submit(() -> {
                        gate.await();
                        return call.call();
                    }))
                    .toList();
            gate.countDown();
            for (var answer : answers) {
                answer.get();
            }
        }

        var figures = figures("rows");
        assertThat(figures.joining()).isEqualTo("joined");
        assertThat(figures.batches().entrySet().stream()
                        .mapToLong(each -> each.getKey() * each.getValue())
                        .sum())
                .isEqualTo(400);
        assertThat(figures.batches().lastKey()).isGreaterThan(1);
        assertThat(figures.costs()).isNotEmpty().allMatch(cost -> cost.sampleShape()
                .equals("3"));
    }

    @Test
    void runsANetworkAloneWhoseSamplesSeeEachOther() throws Exception {
        load("mixing", ScriptArchive.mixing());
        load("affine", ScriptArchive.affine());
        load("constant", ScriptArchive.constant());

        assertThat(figures("mixing").joining()).isEqualTo("a sample's outputs depend on what is beside it");
        assertThat(figures("affine").joining()).isEqualTo("output 1 has no row for each sample");
        assertThat(figures("constant").joining()).isEqualTo("its outputs do not depend on its inputs");
        var mixing = load("mixing", ScriptArchive.mixing());
        try (var threads = Executors.newFixedThreadPool(CALLERS)) {
            var calls = new ArrayList<Callable<Float>>();
            for (int number = 0; number < 100; number++) {
                var input = Tensor.allocate(2, 3);
                input.values().put(0, new float[] {number, 0, 0, 0, 0, 0});
                calls.add(() -> mixing.run(input).getFirst().values().get(0));
            }
            var answers = threads.invokeAll(calls);
            for (int number = 0; number < answers.size(); number++) {
                assertThat(answers.get(number).get()).isEqualTo(number / 2f);
            }
        }
        assertThat(figures("mixing").batches()).containsOnlyKeys(1);
    }

    @Test
    void tellsOneCallerOfItsInputThatDoesNotFitAndServesTheOthers() {
        var network = load("rows", ScriptArchive.rows());

        assertThatThrownBy(() -> network.run(Tensor.allocate(2)))
                .isInstanceOfSatisfying(TryOnException.class, failure -> assertThat(failure.code())
                        .isEqualTo(ErrorCode.MODEL_ERROR));
        var input = Tensor.allocate(1, 3);
        assertRows(input, network.run(input));
        assertThat(figures("rows").failures()).isOne();
    }

    private static void assertRows(Tensor input, List<Tensor> outputs) {
        assertThat(outputs.getFirst().shape()).isEqualTo(input.shape());
        assertThat(outputs.get(1).shape()).containsExactly(input.size(0), 1);
        for (int row = 0; row < input.size(0); row++) {
            float sum = 0;
            for (int column = 0; column < 3; column++) {
                float value = input.values().get(3 * row + column);
                sum += value;
                assertThat(outputs.getFirst().values().get(3 * row + column)).isEqualTo(2 * value + 1);
            }
            assertThat(outputs.get(1).values().get(row)).isEqualTo(sum);
        }
    }

    private Network load(String name, byte[] archive) {
        return compute.load(name, () -> new ByteArrayInputStream(archive), Tensor.allocate(2, 3));
    }

    private NetworkSnapshot figures(String name) {
        return compute.snapshot().networks().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
