package dev.tryon.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.EngineException;
import dev.tryon.spi.EngineContext;
import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.Network;
import dev.tryon.spi.Tensor;
import dev.tryon.spi.TryOnException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ComputeTest {
    private static final Compute COMPUTE = Compute.open();

    @AfterAll
    static void close() {
        COMPUTE.close();
    }

    /** {@code float32[n] -> (2x + 1, sum of x)}, written by hand as an archive. */
    private static Network affine() {
        return COMPUTE.load("affine", () -> new ByteArrayInputStream(ScriptArchive.affine()), Tensor.allocate(4));
    }

    @Test
    void runsANetworkAndSpreadsItsTuple() {
        var input = tensor(1, 2, 3.5f);

        var outputs = affine().run(input);

        assertThat(outputs).hasSize(2);
        assertThat(outputs.get(0).shape()).containsExactly(3);
        assertThat(outputs.get(0).values().get(0)).isEqualTo(3f);
        assertThat(outputs.get(0).values().get(2)).isEqualTo(8f);
        assertThat(outputs.get(1).values().get(0)).isEqualTo(6.5f);
    }

    @Test
    void runsSeveralFramesAtATime() throws Exception {
        var network = affine();
        try (var threads = Executors.newFixedThreadPool(4)) {
            var calls = IntStream.range(0, 200)
                    .<Callable<Float>>mapToObj(number -> () ->
                            network.run(tensor(number)).getFirst().values().get(0))
                    .toList();
            var answers = threads.invokeAll(calls);
            for (int number = 0; number < answers.size(); number++) {
                assertThat(answers.get(number).get()).isEqualTo(2f * number + 1);
            }
        }
    }

    @Test
    void refusesWhatIsNoNetwork() {
        assertRefused(() -> new ByteArrayInputStream(new byte[] {1, 2, 3}));
        assertRefused(() -> {
            throw new IOException("gone");
        });
    }

    @Test
    void reportsANetworkThatFailsOnItsInput() {
        var network = affine();

        assertThatThrownBy(() -> network.run(tensor(1), tensor(2)))
                .isInstanceOfSatisfying(TryOnException.class, failure -> {
                    assertThat(failure.code()).isEqualTo(ErrorCode.MODEL_ERROR);
                    assertThat(failure.userMessage()).doesNotContain("torch");
                });
    }

    @Test
    void sharesANetworkAmongThoseWhoLoadTheSameArchive() {
        try (var compute = Compute.open()) {
            var first = compute.load("first", () -> new ByteArrayInputStream(ScriptArchive.rows()));
            var second = compute.load("second", () -> new ByteArrayInputStream(ScriptArchive.rows()));
            assertThat(compute.snapshot().networks()).singleElement().satisfies(network -> {
                assertThat(network.name()).isEqualTo("first");
                assertThat(network.device()).isEqualTo("cpu");
                assertThat(network.loads()).isOne();
                assertThat(network.bytes()).isPositive();
            });

            first.close();
            first.close();
            assertThat(second.run(Tensor.allocate(1, 2))).hasSize(2);
            assertThatThrownBy(() -> first.run(Tensor.allocate(1, 2)))
                    .isInstanceOfSatisfying(TryOnException.class, failure -> assertThat(failure.code())
                            .isEqualTo(ErrorCode.MODEL_ERROR));
            second.close();

            assertThat(compute.snapshot().networks()).isEmpty();
            assertThat(compute.nativesOpen()).isZero();
        }
    }

    @Test
    void holdsOnToNothingNativeBetweenRuns() {
        var device = TorchDevice.cpu(TorchDevice.start(), COMPUTE.device());
        try (var network = device.load("rows", ScriptArchive.rows())) {
            var input = new Inputs.Numbers(List.of(Tensor.allocate(2, 3)));
            network.run(input);
            int held = network.held();
            for (int run = 0; run < 100; run++) {
                network.run(input);
                assertThatThrownBy(() -> network.run(new Inputs.Numbers(List.of())))
                        .isInstanceOf(TryOnException.class);
            }
            assertThat(network.held()).isEqualTo(held);
            assertThat(device.open()).isOne();
        }
        assertThat(device.open()).isZero();
    }

    @Test
    void saysWhyItRunsOnTheCpu() {
        var device = COMPUTE.device();

        assertThat(device.kind()).isEqualTo(DeviceInfo.Kind.CPU);
        assertThat(device.maxBatch()).isOne();
        assertThat(device.fallback()).hasValueSatisfying(why -> assertThat(why).isNotBlank());
        assertThat(device.slots()).isPositive();
    }

    /** Where the library's words come from: c10's allocators, cuDNN and cuBLAS as PyTorch quotes them. */
    @Test
    void knowsTheWordsOfALibraryThatIsOutOfMemory() {
        assertThat(TorchDevice.outOfMemory(new EngineException(
                        "CUDA out of memory. Tried to allocate 20.00 MiB. GPU 0 has a total capacity of 7.79 GiB")))
                .isTrue();
        assertThat(TorchDevice.outOfMemory(new IllegalStateException(
                        "run failed", new EngineException("cuDNN error: CUDNN_STATUS_ALLOC_FAILED"))))
                .isTrue();
        assertThat(TorchDevice.outOfMemory(new EngineException("[enforce fail at alloc_cpu.cpp:119] err == 0. "
                        + "DefaultCPUAllocator: can't allocate memory: you tried to allocate 8589934592 bytes.")))
                .isTrue();
        assertThat(TorchDevice.outOfMemory(new EngineException("Expected 2 arguments, got 1")))
                .isFalse();
    }

    private static void assertRefused(EngineContext.Source source) {
        assertThatThrownBy(() -> COMPUTE.load("broken", source))
                .isInstanceOfSatisfying(TryOnException.class, failure -> assertThat(failure.code())
                        .isEqualTo(ErrorCode.MODEL_ERROR));
    }

    private static Tensor tensor(float... numbers) {
        var tensor = Tensor.allocate(numbers.length);
        tensor.values().put(0, numbers);
        return tensor;
    }
}
