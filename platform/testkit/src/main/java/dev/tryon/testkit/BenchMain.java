package dev.tryon.testkit;

import dev.tryon.server.Arguments;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code tryon bench NAME}: measures, prints a table, and writes JSON where {@code --json FILE} says so. */
public final class BenchMain {
    private static final Set<String> OPTIONS = Set.of(
            "json",
            "shared",
            "sessions",
            "seconds",
            "minutes",
            "output",
            "overload",
            "pictures",
            "skip",
            "only",
            "sheet",
            "labels",
            "workers",
            "rounds",
            "writes",
            "replay");

    private BenchMain() {}

    /** Something that can be measured. */
    @FunctionalInterface
    private interface Bench {
        List<BenchRow> run(Arguments arguments);
    }

    /** Runs one benchmark. */
    public static void main(String[] line) throws IOException {
        try {
            run(List.of(line));
        } catch (Arguments.UsageException failure) {
            System.err.println("tryon: " + failure.getMessage());
            System.exit(2);
        }
        // Native libraries leave threads of their own behind.
        System.exit(0);
    }

    private static void run(List<String> line) throws IOException {
        var arguments = Arguments.parse(line, OPTIONS);
        var benches = benches();
        var name = arguments.onlyWord("benchmark: " + String.join(", ", benches.keySet()));
        if (name.equals("list")) {
            benches.keySet().forEach(System.out::println);
            return;
        }
        var bench = benches.get(name);
        if (bench == null) {
            throw new Arguments.UsageException("there is no benchmark " + name + ", but " + benches.keySet());
        }
        var rows = bench.run(arguments);
        BenchReport.print(rows, System.out);
        if (arguments.option("json").isPresent()) {
            var command = "./tryon bench " + String.join(" ", line);
            BenchReport.write(Path.of(arguments.required("json")), name, command, Instant.now(), rows);
        }
    }

    private static Map<String, Bench> benches() {
        var benches = new LinkedHashMap<String, Bench>();
        benches.put("codec", _ -> CodecBench.run());
        benches.put("crash", CrashBench::run);
        benches.put("import", ImportBench::run);
        benches.put("cuda", _ -> CudaBench.run());
        benches.put("fabric", FabricBench::run);
        benches.put("jobs", _ -> JobsBench.run());
        benches.put("live", LiveBench::run);
        benches.put("nails-accuracy", NailsAccuracyBench::run);
        benches.put("networks", _ -> NetworksBench.run());
        benches.put("scale", ScaleBench::run);
        benches.put("scheduler", SchedulerBench::run);
        benches.put("store", _ -> StoreBench.run());
        return benches;
    }
}
