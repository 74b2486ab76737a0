package dev.tryon.testkit;

import dev.tryon.cuda.CudaDevice;
import dev.tryon.cuda.CudaDriver;
import dev.tryon.cuda.Kernels;
import dev.tryon.spi.Crop;
import dev.tryon.spi.Frame;
import dev.tryon.spi.Tensor;
import dev.tryon.vision.Blending;
import dev.tryon.vision.Sampling;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * The platform's own kernels beside their twins on the CPU, and beside the least time that a device's memory allows.
 *
 * <p>Floors, in bytes over the memory's bandwidth on paper: sampling reads every frame pixel that a crop covers once and
 * writes the batch; blending reads two pictures and the mask and writes one picture. {@code call} is what a caller waits:
 * copies through the bus included. Without a device the twins are timed alone, and a row says so.
 */
final class CudaBench {
    private static final int ROUNDS = 200;
    private static final int WARM_UP_ROUNDS = 60;
    private static final int SIDE = 96;
    private static final long SEED = 20260101;

    private CudaBench() {}

    /** Something to be timed: its twin on the CPU, the whole call on a device, the kernel alone, the bytes it must move. */
    private record Work(
            String scenario, Runnable twin, LongSupplier moved, OnDevice call, OnDevice kernel, OnDevice differences) {}

    @FunctionalInterface
    private interface OnDevice {
        long run(Kernels kernels);
    }

    /** Measures; takes a few seconds. */
    static List<BenchRow> run() {
        var works = List.of(
                sampling(640, 480, 5, 100),
                sampling(640, 480, 20, 100),
                sampling(1280, 720, 10, 250),
                blending(640, 480),
                blending(1280, 720));
        var rows = new ArrayList<BenchRow>();
        works.forEach(work -> rows.add(new BenchRow(work.scenario(), "CPU twin", millis(() -> nanos(work.twin())))));
        var driver = CudaDriver.open();
        driver.absence()
                .ifPresent(reason -> rows.add(new BenchRow("no device: " + reason, "gpu", Map.of("devices", 0.0))));
        for (var device : driver.devices()) {
            try (var opened = driver.open(device)) {
                opened.kernels()
                        .ifPresentOrElse(
                                kernels -> works.forEach(work -> rows.add(row(work, device, kernels))),
                                () -> rows.add(new BenchRow(
                                        "its driver does not take the kernels",
                                        device.name(),
                                        Map.of("devices", 1.0))));
            }
        }
        return List.copyOf(rows);
    }

    private static BenchRow row(Work work, CudaDevice device, Kernels kernels) {
        var metrics = new LinkedHashMap<String, Double>();
        millis(() -> nanos(() -> work.call().run(kernels)))
                .forEach((name, value) -> metrics.put("call." + name, value));
        millis(() -> work.kernel().run(kernels)).forEach((name, value) -> metrics.put("kernel." + name, value));
        if (device.bandwidthBytesPerSecond() > 0) {
            metrics.put("floorMillis", 1e3 * work.moved().getAsLong() / device.bandwidthBytesPerSecond());
        }
        metrics.put("differences", (double) work.differences().run(kernels));
        return new BenchRow(work.scenario(), "gpu(" + device.index() + ") " + device.name(), metrics);
    }

    private static Map<String, Double> millis(LongSupplier nanos) {
        var times = new long[ROUNDS];
        for (var round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
            var taken = nanos.getAsLong();
            if (round >= 0) {
                times[round] = taken;
            }
        }
        return CodecBench.percentiles(times);
    }

    private static long nanos(Runnable work) {
        var begin = System.nanoTime();
        work.run();
        return System.nanoTime() - begin;
    }

    private static Work sampling(int width, int height, int count, double side) {
        var random = new Random(SEED);
        var frame = noise(width, height, random);
        var crops = IntStream.range(0, count)
                .mapToObj(_ -> Crop.square(
                        random.nextDouble(side / 2, width - side / 2),
                        random.nextDouble(side / 2, height - side / 2),
                        side))
                .toList();
        var batch = Tensor.allocate(count, Frame.CHANNELS, SIDE, SIDE);
        return new Work(
                "%d crops of %.0f px from %dx%d to %dx%d".formatted(count, side, width, height, SIDE, SIDE),
                () -> {
                    for (var index = 0; index < count; index++) {
                        Sampling.fill(frame, crops.get(index), batch, index);
                    }
                },
                () -> Math.min((long) (count * side * side), (long) width * height) * Frame.CHANNELS
                        + batch.bytes().capacity(),
                kernels -> {
                    kernels.sample(frame, crops, SIDE, SIDE).close();
                    return 0;
                },
                kernels -> kernels.timeSample(frame, crops, SIDE, SIDE),
                kernels -> {
                    try (var sampled = kernels.sample(frame, crops, SIDE, SIDE)) {
                        return differences(batch.bytes(), sampled.read().bytes());
                    }
                });
    }

    private static Work blending(int width, int height) {
        var random = new Random(SEED);
        var onto = noise(width, height, random);
        var above = noise(width, height, random);
        var mask = ByteBuffer.allocateDirect(width * height);
        for (var at = 0; at < mask.capacity(); at++) {
            mask.put(at, (byte) (1 + random.nextInt(255)));
        }
        return new Work(
                "blend %dx%d".formatted(width, height),
                () -> Blending.mix(onto, above, mask),
                () -> 10L * width * height,
                kernels -> {
                    kernels.blend(onto, above, mask);
                    return 0;
                },
                kernels -> kernels.timeBlend(onto, above, mask),
                kernels -> {
                    var expected = noise(width, height, new Random(SEED + 1));
                    var answer = noise(width, height, new Random(SEED + 1));
                    Blending.mix(expected, above, mask);
                    kernels.blend(answer, above, mask);
                    return differences(expected.pixels(), answer.pixels());
                });
    }

    private static long differences(ByteBuffer expected, ByteBuffer answer) {
        return IntStream.range(0, expected.capacity())
                .filter(at -> expected.get(at) != answer.get(at))
                .count();
    }

    private static Frame noise(int width, int height, Random random) {
        var frame = Frame.allocate(width, height);
        for (var at = 0; at < frame.pixels().capacity(); at++) {
            frame.pixels().put(at, (byte) random.nextInt());
        }
        return frame;
    }
}
