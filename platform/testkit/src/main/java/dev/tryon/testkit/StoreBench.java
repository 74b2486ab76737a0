package dev.tryon.testkit;

import dev.tryon.store.Custody;
import dev.tryon.store.DatabaseSettings;
import dev.tryon.store.FileSettings;
import dev.tryon.store.Filter;
import dev.tryon.store.NewFile;
import dev.tryon.store.Session;
import dev.tryon.store.Store;
import dev.tryon.store.Upload;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The store over each of its databases: entries and holdings one after the other on one thread, starts, and doing nothing.
 *
 * <p>PostgreSQL is the embedded one. MongoDB is the server that TRYON_TEST_MONGODB names, and is left out without one.
 */
final class StoreBench {
    private static final int ROUNDS = 500;
    private static final int WARM_UP_ROUNDS = 100;
    private static final int FILE_BYTES = 30_000;
    private static final Duration IDLE = Duration.ofSeconds(10);

    private StoreBench() {}

    /** Measures every database there is; takes about a minute. */
    static List<BenchRow> run() {
        var rows = new ArrayList<BenchRow>();
        rows.addAll(measure("embedded PostgreSQL", new DatabaseSettings("", "", "", 10)));
        var url = System.getenv("TRYON_TEST_MONGODB");
        if (url == null) {
            System.err.println("tryon: no MongoDB is measured: TRYON_TEST_MONGODB names none");
        } else {
            rows.addAll(measure("server of TRYON_TEST_MONGODB", new DatabaseSettings(url, "", "", 10)));
        }
        return List.copyOf(rows);
    }

    private static List<BenchRow> measure(String subject, DatabaseSettings settings) {
        var rows = new ArrayList<BenchRow>();
        var folder = folder();
        try {
            var begin = System.nanoTime();
            open(folder, settings).close();
            rows.add(new BenchRow("open and close, new folder", subject, Map.of("millis", millisSince(begin))));
            begin = System.nanoTime();
            try (var store = open(folder, settings)) {
                rows.add(new BenchRow("open, existing folder", subject, Map.of("millis", millisSince(begin))));
                rows.add(idle(subject, folder));
                rows.addAll(entries(subject, store));
                rows.addAll(holdings(subject, store));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } finally {
            delete(folder);
        }
        return rows;
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory("tryon-bench-store").toRealPath();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Store open(Path folder, DatabaseSettings settings) {
        var limits = new Store.Limits("bench", 1L << 40, 1L << 40);
        return Store.open(folder, settings, FileSettings.local(folder), limits, InstantSource.system());
    }

    private static List<BenchRow> entries(String subject, Store store) {
        var owner = UUID.randomUUID().toString();
        var sessions = store.sessions();
        var keys = new ArrayList<String>();
        return List.of(
                times("insert an entry", subject, () -> {
                    var session = session(owner);
                    keys.add(session.key());
                    sessions.insert(session);
                }),
                times("find an entry", subject, () -> sessions.find(keys.getLast())),
                times(
                        "update an entry",
                        subject,
                        () -> sessions.update(
                                keys.getLast(),
                                found -> found.changed(
                                        Session.Status.ACTIVE,
                                        found.look(),
                                        found.statistics(),
                                        Instant.now(),
                                        found.expiresAt()))),
                times(
                        "list the newest 20 of an owner",
                        subject,
                        () -> sessions.list(Filter.of(owner), Optional.empty(), 20)),
                times("remove an entry", subject, () -> sessions.remove(keys.removeLast())));
    }

    private static List<BenchRow> holdings(String subject, Store store) {
        var owner = UUID.randomUUID().toString();
        var content = ByteBuffer.allocate(FILE_BYTES);
        var kept = new ArrayList<Upload>();
        return List.of(
                times("keep a holding of 30 kB", subject, () -> {
                    var custody = Custody.draft(UUID.randomUUID(), owner, Instant.now(), Duration.ofHours(1));
                    var draft = new Upload(custody, "reference", "image/jpeg", 640, 480, Optional.empty());
                    kept.add(store.uploads().keep(draft, List.of(new NewFile(Upload.CONTENT, "image/jpeg", content))));
                }),
                times("read a holding of 30 kB", subject, () -> store.uploads()
                        .read(kept.getLast().files().getFirst())),
                times("remove a holding of 30 kB", subject, () -> store.uploads()
                        .remove(kept.removeLast().id(), owner)));
    }

    private static Session session(String owner) {
        var now = Instant.now();
        return new Session(
                UUID.randomUUID(),
                owner,
                "nails",
                "bench",
                Session.Status.INITIALIZING,
                JsonObject.EMPTY_JSON_OBJECT,
                JsonObject.EMPTY_JSON_OBJECT,
                now,
                now,
                now.plusSeconds(60),
                0);
    }

    private static BenchRow times(String scenario, String subject, Runnable action) {
        for (var round = 0; round < WARM_UP_ROUNDS; round++) {
            action.run();
        }
        var millis = new Percentiles();
        var begin = System.nanoTime();
        for (var round = 0; round < ROUNDS; round++) {
            var start = System.nanoTime();
            action.run();
            millis.add(millisSince(start));
        }
        var seconds = (System.nanoTime() - begin) / 1e9;
        var metrics = Map.of("p50Millis", millis.at(0.5), "p99Millis", millis.at(0.99), "perSecond", ROUNDS / seconds);
        return new BenchRow(scenario, subject, metrics);
    }

    /** What this process and PostgreSQL's, which work below the folder, use while nobody asks anything. */
    private static BenchRow idle(String subject, Path folder) throws IOException {
        var processes = new ArrayList<>(List.of(ProcessHandle.current()));
        ProcessHandle.allProcesses().filter(process -> worksIn(process, folder)).forEach(processes::add);
        var before = cpuMillis(processes);
        LockSupport.parkNanos(IDLE.toNanos());
        var used = cpuMillis(processes) - before;
        var metrics = new TreeMap<String, Double>();
        metrics.put("cpuPercent", 100 * used / IDLE.toMillis());
        metrics.put("databaseProcesses", processes.size() - 1.0);
        double kibibytes = 0;
        for (var process : processes.subList(1, processes.size())) {
            for (var line : Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "smaps_rollup"))) {
                if (line.startsWith("Pss:")) {
                    kibibytes += Double.parseDouble(line.replaceAll("\\D", ""));
                }
            }
        }
        metrics.put("databaseMebibytes", kibibytes / 1024);
        return new BenchRow("idle for " + IDLE.toSeconds() + " s", subject, metrics);
    }

    private static boolean worksIn(ProcessHandle process, Path folder) {
        try {
            return Path.of("/proc", Long.toString(process.pid()), "cwd")
                    .toRealPath()
                    .startsWith(folder);
        } catch (IOException _) {
            return false; // it is gone, or another user's
        }
    }

    private static double cpuMillis(List<ProcessHandle> processes) {
        return processes.stream()
                .flatMap(process -> process.info().totalCpuDuration().stream())
                .mapToLong(Duration::toMillis)
                .sum();
    }

    private static double millisSince(long begin) {
        return (System.nanoTime() - begin) / (double) TimeUnit.MILLISECONDS.toNanos(1);
    }

    private static void delete(Path folder) {
        try (var all = Files.walk(folder)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
