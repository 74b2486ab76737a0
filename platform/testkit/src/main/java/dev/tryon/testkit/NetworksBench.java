package dev.tryon.testkit;

import dev.tryon.compute.Compute;
import dev.tryon.compute.ComputeSettings;
import dev.tryon.compute.DeviceChoice;
import dev.tryon.spi.Blender;
import dev.tryon.spi.EngineContext;
import dev.tryon.spi.Network;
import dev.tryon.spi.Published;
import dev.tryon.spi.Tensor;
import dev.tryon.spi.TryOnEngine;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/**
 * What the engines' own networks cost by batch, and what joining calls does: samples one after another beside the same
 * samples in one run, and callers that run networks themselves beside callers who go through a lane.
 *
 * <p>On the CPU, where a lane has one core and each caller could have another: it tells the cost curve and the lane's own
 * price, not what a GPU gains.
 */
final class NetworksBench {
    private static final ComputeSettings SETTINGS = new ComputeSettings(
            new DeviceChoice.Cpu(), 16, Duration.ZERO, Set.of(), 0, Duration.ZERO, Duration.ofSeconds(30));
    private static final int[] BATCHES = {1, 2, 4, 8, 16};
    private static final int[] CALLERS = {1, 4, 16};
    private static final int ROUNDS = 20;
    private static final int WARM_UP_ROUNDS = 4;
    private static final int CALLS = 160;
    private static final long SEED = 20260407;

    private NetworksBench() {}

    /** A network of one input as an engine asks for it. */
    private record Wanted(String name, EngineContext.Source source, Tensor example) {}

    /** Notes what an engine asks for, and lends it. */
    private record Recorder(Compute compute, List<Wanted> wanted) implements EngineContext {
        @Override
        public Network network(String name, Source source, Tensor... examples) {
            if (examples.length == 1) {
                wanted.add(new Wanted(name, source, examples[0]));
            }
            return compute.load(name, source, examples);
        }

        @Override
        public Published published(String name) {
            return new Published.Missing("the bench takes only what engines bring");
        }

        @Override
        public Blender blender() {
            return compute.blender();
        }

        @Override
        public Map<String, String> settings() {
            return Map.of();
        }

        @Override
        public InstantSource clock() {
            return InstantSource.system();
        }
    }

    /** Measures every network of one input that an engine brings; takes about two minutes. */
    static List<BenchRow> run() {
        var rows = new ArrayList<BenchRow>();
        try (var direct = Compute.open(SETTINGS, System::nanoTime);
                var laned = Compute.openLaneOnCpu(SETTINGS, System::nanoTime)) {
            var wanted = new ArrayList<Wanted>();
            for (var engine : ServiceLoader.load(TryOnEngine.class)) {
                engine.start(new Recorder(direct, wanted));
                engine.stop();
            }
            for (var each : wanted) {
                rows.addAll(curve(each, direct));
                rows.addAll(callers(each, direct, laned));
            }
        }
        return List.copyOf(rows);
    }

    private static List<BenchRow> curve(Wanted wanted, Compute compute) {
        var rows = new ArrayList<BenchRow>();
        try (var network = compute.load(wanted.name(), wanted.source(), wanted.example())) {
            for (int batch : BATCHES) {
                var together = noise(wanted, batch);
                var single = noise(wanted, 1);
                var ofOne = new Times();
                var ofMany = new Times();
                for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
                    ofOne.add(round, () -> {
                        for (int sample = 0; sample < batch; sample++) {
                            network.run(single);
                        }
                    });
                    ofMany.add(round, () -> network.run(together));
                }
                var scenario = wanted.name() + ", " + batch + (batch == 1 ? " sample" : " samples");
                rows.add(new BenchRow(scenario, "one by one", ofOne.perSample(batch)));
                rows.add(new BenchRow(scenario, "one run", ofMany.perSample(batch)));
            }
        }
        return rows;
    }

    /** Time that passes, and time of a core that the calling thread takes: what else the machine does is in the first alone. */
    private static final class Times {
        private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        private final Percentiles millis = new Percentiles();
        private final Percentiles coreMillis = new Percentiles();

        void add(int round, Runnable work) {
            long core = threads.getCurrentThreadCpuTime();
            long begin = System.nanoTime();
            work.run();
            if (round >= 0) {
                millis.add((System.nanoTime() - begin) / 1e6);
                coreMillis.add((threads.getCurrentThreadCpuTime() - core) / 1e6);
            }
        }

        Map<String, Double> perSample(int batch) {
            return Map.of(
                    "p50Millis", millis.at(0.5),
                    "p50MillisPerSample", millis.at(0.5) / batch,
                    "p50CoreMillisPerSample", coreMillis.at(0.5) / batch);
        }
    }

    private static List<BenchRow> callers(Wanted wanted, Compute direct, Compute laned) {
        var rows = new ArrayList<BenchRow>();
        try (var own = direct.load(wanted.name(), wanted.source(), wanted.example());
                var joined = laned.load(wanted.name(), wanted.source(), wanted.example())) {
            for (int callers : CALLERS) {
                var scenario = wanted.name() + ", " + callers + (callers == 1 ? " caller" : " callers");
                long before = runs(laned);
                rows.add(new BenchRow(scenario, "own thread", calls(wanted, own, callers)));
                var metrics = new LinkedHashMap<>(calls(wanted, joined, callers));
                metrics.put("callsPerRun", (double) CALLS / (runs(laned) - before));
                rows.add(new BenchRow(scenario, "lane", metrics));
            }
        }
        return rows;
    }

    private static long runs(Compute laned) {
        return laned.snapshot().networks().stream()
                .flatMap(network -> network.batches().values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }

    private static Map<String, Double> calls(Wanted wanted, Network network, int callers) {
        var input = noise(wanted, 1);
        var millis = new Percentiles();
        long begin = System.nanoTime();
        try (var threads = Executors.newFixedThreadPool(callers)) {
            Callable<Double> call = () -> {
                long called = System.nanoTime();
                network.run(input);
                return (System.nanoTime() - called) / 1e6;
            };
            for (var answer : threads.invokeAll(Collections.nCopies(CALLS, call))) {
                millis.add(answer.get());
            }
        } catch (InterruptedException | ExecutionException failure) {
            throw new IllegalStateException("a call failed", failure);
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        return Map.of("p50Millis", millis.at(0.5), "p95Millis", millis.at(0.95), "callsPerSecond", CALLS / seconds);
    }

    private static Tensor noise(Wanted wanted, int samples) {
        var shape = wanted.example().shape();
        shape[0] = samples;
        var tensor = Tensor.allocate(shape);
        var random = new Random(SEED);
        for (int index = 0; index < tensor.values().capacity(); index++) {
            tensor.values().put(index, random.nextFloat());
        }
        return tensor;
    }
}
