package dev.tryon.testkit;

import dev.tryon.server.Arguments;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * {@code bench crash}: kills a real server while clients upload to it, again and again, and counts what is lost, doubled or
 * left over.
 *
 * <p>Each upload has a key of its own and is sent again with that key until it is acknowledged, as a client does whose
 * connection broke. At the end an orderly stop leaves a folder of files to be counted.
 */
final class CrashBench {
    private static final int CLIENTS = 8;
    private static final long SEED = 20;

    private CrashBench() {}

    static List<BenchRow> run(Arguments arguments) {
        int rounds = arguments.option("rounds").map(Integer::parseInt).orElse(20);
        int writes = arguments.option("writes").map(Integer::parseInt).orElse(1000);
        try {
            var folder = Files.createTempDirectory("tryon-crash");
            try {
                return List.of(run(folder, rounds, writes));
            } finally {
                delete(folder);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static BenchRow run(Path folder, int rounds, int writes) throws IOException {
        var random = new Random(SEED);
        var acknowledged = new ConcurrentHashMap<Integer, String>();
        var doubled = new AtomicInteger();
        var server = new AtomicReference<>(CrashServer.start(folder));
        var token = server.get().guest();
        int total = rounds * writes;
        var wanted = new ConcurrentLinkedQueue<Integer>();
        for (int number = 0; number < total; number++) {
            wanted.add(number);
        }
        var began = System.nanoTime();
        long restartNanos = 0;
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<?>>();
            for (int client = 0; client < CLIENTS; client++) {
                running.add(clients.submit(() -> {
                    for (var number = wanted.poll(); number != null; number = wanted.poll()) {
                        var id = upload(server, token, number);
                        var before = acknowledged.putIfAbsent(number, id);
                        if (before != null && !before.equals(id)) {
                            doubled.incrementAndGet();
                        }
                    }
                }));
            }
            for (int round = 0; round < rounds; round++) {
                int enough = round * writes + 1 + random.nextInt(writes - 1);
                waitUntil(() -> acknowledged.size() >= enough);
                var killed = System.nanoTime();
                server.get().kill();
                server.set(CrashServer.start(folder));
                restartNanos += System.nanoTime() - killed;
            }
            for (var client : running) {
                client.get();
            }
        } catch (InterruptedException | ExecutionException failure) {
            throw new IllegalStateException("a client failed", failure);
        }
        var seconds = (System.nanoTime() - began) / 1e9;
        return count(folder, server.get(), token, acknowledged, rounds, doubled.get(), seconds, restartNanos / 1e9);
    }

    private static BenchRow count(
            Path folder,
            CrashServer server,
            String token,
            Map<Integer, String> acknowledged,
            int rounds,
            int doubled,
            double seconds,
            double restartSeconds)
            throws IOException {
        int lost = 0;
        for (var upload : acknowledged.entrySet()) {
            if (!server.holds(token, upload.getValue(), CrashServer.picture(upload.getKey()))) {
                lost++;
            }
        }
        var listed = server.list(token);
        server.stop();
        var files = files(folder);
        var metrics = new LinkedHashMap<String, Double>();
        metrics.put("kills", (double) rounds);
        metrics.put("acknowledged", (double) acknowledged.size());
        metrics.put("lost", (double) lost);
        metrics.put("doubled", (double) (doubled + listed.size() - acknowledged.size()));
        metrics.put("orphanFiles", (double) (files - listed.size()));
        metrics.put("seconds", seconds);
        metrics.put("restartSeconds", restartSeconds / rounds);
        return new BenchRow("uploads under SIGKILL", "tryon", metrics);
    }

    /** Sends an upload until it is acknowledged, to whatever server runs. */
    private static String upload(AtomicReference<CrashServer> server, String token, int number) {
        while (true) {
            var id = server.get().upload(token, "upload-" + number, CrashServer.picture(number));
            if (id.isPresent()) {
                return id.get();
            }
            pause();
        }
    }

    private static void waitUntil(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            pause();
        }
    }

    private static void pause() {
        LockSupport.parkNanos(1_000_000);
    }

    private static long files(Path folder) throws IOException {
        try (var all = Files.walk(folder.resolve("data/files"))) {
            return all.filter(Files::isRegularFile).count();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
