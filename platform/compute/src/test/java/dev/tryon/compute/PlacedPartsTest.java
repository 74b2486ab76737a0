package dev.tryon.compute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tryon.spi.Crop;
import dev.tryon.spi.Frame;
import dev.tryon.spi.Network;
import dev.tryon.spi.Tensor;
import java.io.ByteArrayInputStream;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Parts of frames that lie on the device before they are run: here the CPU, at the addresses that PyTorch tells. */
@Timeout(60)
class PlacedPartsTest {
    private static final int WIDTH = 5;
    private static final int HEIGHT = 4;

    private final PlacingDevice device = new PlacingDevice();
    private final Compute compute = new Compute(
            List.of(device),
            new ComputeSettings(
                    new DeviceChoice.Auto(), 16, Duration.ZERO, Set.of(), 0, Duration.ZERO, Duration.ofSeconds(30)),
            System::nanoTime);

    /** The CPU's networks, with parts of frames put into memory ahead of a run. */
    private static final class PlacingDevice implements Device {
        private final TorchDevice cpu = TorchDevice.cpu(
                TorchDevice.start(),
                new DeviceInfo("cpu", DeviceInfo.Kind.CUDA, "the CPU", 2, 16, Optional.empty(), Optional.empty()));
        final AtomicInteger placed = new AtomicInteger();
        final AtomicInteger copied = new AtomicInteger();
        final AtomicInteger open = new AtomicInteger();
        volatile boolean refuses;

        @Override
        public Optional<Placed> place(Inputs.Parts parts) {
            if (refuses) {
                return Optional.empty();
            }
            placed.incrementAndGet();
            open.incrementAndGet();
            var sampled = new Sampled(parts.tensors().getFirst(), 0, parts.samples(), copied);
            return Optional.of(new Placed() {
                @Override
                public Inputs.OnDevice inputs() {
                    return new Inputs.OnDevice(List.of(sampled), parts.width(), parts.height(), parts.samples());
                }

                @Override
                public void close() {
                    open.decrementAndGet();
                }
            });
        }

        @Override
        public DeviceInfo info() {
            return cpu.info();
        }

        @Override
        public Resident load(String name, byte[] archive) {
            return cpu.load(name, archive);
        }

        @Override
        public void trim() {
            cpu.trim();
        }

        @Override
        public Staging stage(int bytes) {
            return cpu.stage(bytes);
        }

        @Override
        public int open() {
            return cpu.open() + open.get();
        }

        @Override
        public void close() {
            cpu.close();
        }
    }

    private record Sampled(Tensor all, int first, int samples, AtomicInteger copied) implements Inputs.OnDevice.Block {
        @Override
        public Sampled part(int from, int count) {
            return new Sampled(all, first + from, count, copied);
        }

        @Override
        @SuppressWarnings("restricted") // the tests' process grants it
        public void copyTo(long address) {
            copied.addAndGet(samples);
            var part =
                    MemorySegment.ofBuffer(StagedBatch.rows(all, first, samples).bytes());
            MemorySegment.ofAddress(address).reinterpret(part.byteSize()).copyFrom(part);
        }
    }

    @AfterEach
    void nothingNativeIsLeft() {
        compute.close();
        assertThat(device.open()).isZero();
    }

    private Network load() {
        return compute.load(
                "rows", () -> new ByteArrayInputStream(ScriptArchive.rows()), Tensor.allocate(2, 3, HEIGHT, WIDTH));
    }

    private static Frame noise(Random random) {
        var frame = Frame.allocate(40, 30);
        for (var at = 0; at < frame.pixels().capacity(); at++) {
            frame.pixels().put(at, (byte) random.nextInt());
        }
        return frame;
    }

    private static List<Crop> crops(Random random) {
        return IntStream.range(0, 1 + random.nextInt(4))
                .mapToObj(_ -> Crop.square(random.nextDouble(40), random.nextDouble(30), random.nextDouble(2, 20)))
                .toList();
    }

    private static void assertRows(Frame frame, List<Crop> crops, List<Tensor> outputs) {
        var seen = new Inputs.Parts(frame, crops, WIDTH, HEIGHT).tensors().getFirst();
        assertThat(outputs.getFirst().shape()).isEqualTo(seen.shape());
        for (var at = 0; at < seen.values().capacity(); at++) {
            assertThat(outputs.getFirst().values().get(at))
                    .isEqualTo(2 * seen.values().get(at) + 1);
        }
    }

    @Test
    void givesEveryCallerWhatItWouldHaveGotAlone() throws Exception {
        var network = load();
        var random = new Random(9);
        var calls = new ArrayList<Callable<Void>>();
        for (var number = 0; number < 300; number++) {
            var frame = noise(random);
            var crops = crops(random);
            calls.add(() -> {
                assertRows(frame, crops, network.run(frame, crops, WIDTH, HEIGHT));
                return null;
            });
        }
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var answer : threads.invokeAll(calls)) {
                answer.get();
            }
        }

        assertThat(device.placed).hasValue(300);
        var batches = compute.snapshot().networks().getFirst().batches();
        assertThat(batches.lastKey()).isGreaterThan(1);
    }

    @Test
    void samplesOnTheCallersThreadWhereTheDeviceCannot() {
        var network = load();
        device.refuses = true;
        var random = new Random(2);
        var frame = noise(random);
        var crops = crops(random);

        assertRows(frame, crops, network.run(frame, crops, WIDTH, HEIGHT));

        assertThat(device.copied).hasValue(0);
    }

    @Test
    void dividesJoinedPartsWhereverABlockEnds() {
        var random = new Random(5);
        var whole = noise(random);
        var parts = IntStream.of(3, 1, 4)
                .mapToObj(count -> new Inputs.Parts(
                                whole,
                                IntStream.range(0, count)
                                        .mapToObj(_ -> Crop.square(random.nextDouble(40), random.nextDouble(30), 9))
                                        .toList(),
                                WIDTH,
                                HEIGHT)
                        .tensors()
                        .getFirst())
                .toList();
        var joined = Inputs.OnDevice.joined(
                parts.stream()
                        .map(tensor -> new Inputs.OnDevice(
                                List.of(new Sampled(tensor, 0, tensor.size(0), device.copied)),
                                WIDTH,
                                HEIGHT,
                                tensor.size(0)))
                        .toList(),
                10);
        var expected = StagedBatch.endToEnd(StagedBatch.endToEnd(parts.get(0), parts.get(1)), parts.get(2));

        assertThat(joined.samples()).isEqualTo(10);
        for (var split = 1; split < 10; split++) {
            var together = Tensor.allocate(10, 3, HEIGHT, WIDTH);
            joined.part(0, split).copyTo(address(together, 0));
            joined.part(split, 10 - split).copyTo(address(together, split));
            assertThat(StagedBatch.rows(together, 0, 8).values()).isEqualTo(expected.values());
            assertThat(joined.part(split, 10 - split).samples()).isEqualTo(10 - split);
        }
    }

    private static long address(Tensor tensor, int first) {
        return MemorySegment.ofBuffer(StagedBatch.rows(tensor, first, 1).bytes())
                .address();
    }
}
