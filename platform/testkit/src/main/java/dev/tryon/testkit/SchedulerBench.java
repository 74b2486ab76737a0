package dev.tryon.testkit;

import dev.tryon.compute.CostGuess;
import dev.tryon.compute.DeviceShape;
import dev.tryon.compute.SchedulerSettings;
import dev.tryon.compute.TraceEntry;
import dev.tryon.compute.TraceLines;
import dev.tryon.compute.TraceReplay;
import dev.tryon.server.Arguments;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The scheduler that serves people, beside the rules that one would think of first, on simulated devices in virtual time.
 *
 * <p>Costs are assumed: milliseconds for a group of b frames are 2 + 0.3b for nails, 3 + 0.6b for hair and 5 + 1.2b for
 * garments, on one slot; a frame is good if it is served 110 ms after it was received at most, 200 ms on the CPU. Only the time of a decision is
 * real. {@code --replay FILE} repeats the trace of a server instead, as its admin endpoint gives it.
 */
final class SchedulerBench {
    private static final Duration BUDGET = Duration.ofMillis(110);
    private static final Duration CPU_BUDGET = Duration.ofMillis(200);
    private static final DeviceShape GPU = new DeviceShape(1, 32);
    private static final DeviceShape CPU = new DeviceShape(2, 1);
    private static final CostGuess NAILS = new CostGuess(2_000_000, 300_000);
    private static final CostGuess HAIR = new CostGuess(3_000_000, 600_000);
    private static final CostGuess GARMENTS = new CostGuess(5_000_000, 1_200_000);
    private static final CostGuess SLOW_HAIR = new CostGuess(9_000_000, 1_800_000);
    private static final Map<String, CostGuess> MIXED = Map.of("nails", NAILS, "hair", HAIR, "garments", GARMENTS);
    private static final double NOISE = 0.1;
    private static final long SEED = 20_261_121;

    private SchedulerBench() {}

    static List<BenchRow> run(Arguments arguments) {
        var trace = arguments.option("replay");
        return trace.isPresent() ? List.of(replay(Path.of(trace.get()))) : simulate(arguments);
    }

    /** Repeats a trace that a server has told. */
    private static BenchRow replay(Path file) {
        try (var lines = Files.lines(file)) {
            var replay = TraceReplay.of(
                    lines.filter(line -> !line.isBlank()).map(TraceLines::read).toList());
            replay.parting()
                    .ifPresent(parting -> System.err.printf(
                            "traced   %s%nrepeated %s%n",
                            TraceLines.write(parting.traced()), TraceLines.write(parting.repeated())));
            return new BenchRow("trace repeated", "ours", figures(replay));
        } catch (IOException | UncheckedIOException | IllegalArgumentException failure) {
            throw new Arguments.UsageException(file + " cannot be repeated: " + failure.getMessage());
        }
    }

    private static Map<String, Double> figures(TraceReplay replay) {
        var groups = replay.decisions().stream()
                .filter(decision -> decision.kind() == TraceEntry.Kind.SERVE)
                .mapToInt(group -> group.numbers().size())
                .summaryStatistics();
        var skipped = replay.decisions().stream()
                .filter(decision ->
                        decision.kind() == TraceEntry.Kind.EXPIRE || decision.kind() == TraceEntry.Kind.REFUSE)
                .mapToInt(frames -> frames.numbers().size())
                .sum();
        return Map.of(
                "decisions", (double) replay.decisions().size(),
                "partings", replay.parting().isPresent() ? 1.0 : 0.0,
                "groups", (double) groups.getCount(),
                "framesServed", (double) groups.getSum(),
                "framesSkipped", (double) skipped);
    }

    private static List<BenchRow> simulate(Arguments arguments) {
        var rows = new ArrayList<BenchRow>();
        var seconds = Duration.ofSeconds(arguments.number("seconds", 60));
        for (int sessions : List.of(20, 40, 60, 80, 100, 150, 200)) {
            rows.addAll(compare(mixed(sessions, seconds)));
        }
        rows.addAll(compare(flashCrowd(seconds)));
        rows.addAll(compare(slowEngine(seconds)));
        rows.addAll(compare(busyWithOthers(seconds)));
        for (int sessions : List.of(1, 4, 8, 16, 32, 64, 100)) {
            rows.add(ours(cpu(sessions, seconds)));
        }
        return rows;
    }

    static SimulatedLoad mixed(int sessions, Duration measured) {
        return gpu(sessions + " sessions of mixed engines", MIXED, at(Duration.ZERO, sessions), 0.5, 1, measured);
    }

    static SimulatedLoad flashCrowd(Duration measured) {
        var arrivals = List.of(
                new SimulatedLoad.Arrival(Duration.ZERO, 20), new SimulatedLoad.Arrival(Duration.ofSeconds(5), 130));
        return gpu("from 20 to 150 sessions at once", MIXED, arrivals, 0.5, 1, measured);
    }

    static SimulatedLoad slowEngine(Duration measured) {
        var costs = new HashMap<>(MIXED);
        costs.put("hair", SLOW_HAIR);
        return gpu(
                "100 sessions, one engine three times slower than told",
                costs,
                at(Duration.ZERO, 100),
                0.5,
                1,
                measured);
    }

    static SimulatedLoad busyWithOthers(Duration measured) {
        return gpu("100 sessions, a capture a second, four films", MIXED, at(Duration.ZERO, 100), 1, 4, measured);
    }

    private static SimulatedLoad gpu(
            String name,
            Map<String, CostGuess> costs,
            List<SimulatedLoad.Arrival> arrivals,
            double captures,
            int films,
            Duration measured) {
        var from = Duration.ofSeconds(5);
        return new SimulatedLoad(
                name,
                GPU,
                BUDGET,
                MIXED,
                costs,
                NOISE,
                arrivals,
                SimulatedLoad.Clients.EVERY_FRAME,
                captures,
                films,
                from,
                from.plus(measured),
                SEED);
    }

    static SimulatedLoad cpu(int sessions, Duration measured) {
        var cost = Map.of("nails", new CostGuess(0, 16_000_000));
        // A client that follows advice is slow to hear of it.
        var from = Duration.ofSeconds(10);
        return new SimulatedLoad(
                sessions + " sessions as advised, two cores, 16 ms a frame",
                CPU,
                CPU_BUDGET,
                cost,
                cost,
                2 * NOISE,
                at(Duration.ZERO, sessions),
                SimulatedLoad.Clients.AS_ADVISED,
                0,
                0,
                from,
                from.plus(measured),
                SEED);
    }

    private static List<SimulatedLoad.Arrival> at(Duration moment, int sessions) {
        return List.of(new SimulatedLoad.Arrival(moment, sessions));
    }

    private static List<BenchRow> compare(SimulatedLoad load) {
        return List.of(
                ours(load),
                baseline(load, BaselinePolicy.Kind.FIRST_COME, "first come"),
                baseline(load, BaselinePolicy.Kind.EARLIEST_DEADLINE, "earliest deadline"),
                baseline(load, BaselinePolicy.Kind.MOST_VALUE, "value per ms"));
    }

    static BenchRow ours(SimulatedLoad load) {
        return row(load, "ours", new ProductionPolicy(load.shape(), settings(load), load.told()));
    }

    static BenchRow baseline(SimulatedLoad load, BaselinePolicy.Kind kind, String subject) {
        return row(load, subject, new BaselinePolicy(kind, load.shape(), load.budget(), load.costs()));
    }

    static SchedulerSettings settings(SimulatedLoad load) {
        return SchedulerSettings.standard().withFrameBudget(load.budget());
    }

    private static BenchRow row(SimulatedLoad load, String subject, SchedulingPolicy policy) {
        var metrics =
                SchedulingSimulation.run(load, policy).metrics(settings(load).batchShare());
        return new BenchRow(load.name(), subject, metrics);
    }
}
