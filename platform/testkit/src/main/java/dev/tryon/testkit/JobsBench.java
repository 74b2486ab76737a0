package dev.tryon.testkit;

import dev.tryon.store.DatabaseSettings;
import dev.tryon.store.FileSettings;
import dev.tryon.store.Store;
import dev.tryon.vision.FrameCodec;
import dev.tryon.vision.VideoCodec;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * {@code bench jobs}: two real servers on one PostgreSQL: how long a client waits for a small capture, how many are made a
 * second, and how long it takes until one server has finished a film that the other was killed over.
 */
final class JobsBench {
    private static final String ADMIN = "the administrators' token of a benchmark";
    private static final int WARM_UP = 10;
    private static final int CAPTURES = 50;
    private static final int CLIENTS = 8;
    private static final int FILM_FRAMES = 120;
    private static final int TRIES = 5;

    private JobsBench() {}

    /** Measures all of it; takes about two minutes. */
    static List<BenchRow> run() {
        try {
            var folder = Files.createTempDirectory("tryon-jobs").toRealPath();
            try {
                return run(folder);
            } finally {
                delete(folder);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static List<BenchRow> run(Path folder) throws IOException {
        var pictures = HandFilm.pictures(92);
        var shared = Files.createDirectory(folder.resolve("shared"));
        var rows = new ArrayList<BenchRow>();
        // Its PostgreSQL is this process's, so that no server takes it along when it is killed.
        try (var _ = Store.open(
                shared,
                new DatabaseSettings("", "", "", 40),
                FileSettings.local(shared),
                new Store.Limits("bench", 1 << 30, 1 << 30),
                InstantSource.system())) {
            var one = start(folder, shared, "one");
            try {
                rows.addAll(captures("one server", one, one, pictures));
                var two = start(folder, shared, "two");
                try {
                    rows.addAll(captures("two servers", one, two, pictures));
                    var film = film(pictures);
                    var taken = takeover(one, two, film);
                    for (int number = 1; number < TRIES && taken.isEmpty(); number++) {
                        one = start(folder, shared, "one");
                        taken = takeover(one, two, film);
                    }
                    rows.addAll(taken);
                } finally {
                    two.stop();
                }
            } finally {
                one.stop();
            }
        }
        return List.copyOf(rows);
    }

    private static CrashServer start(Path folder, Path shared, String name) throws IOException {
        var port = Files.readAllLines(shared.resolve("postgres/cluster/tryon.conf")).stream()
                .filter(line -> line.startsWith("port = "))
                .findFirst()
                .orElseThrow()
                .substring("port = ".length());
        var password = Files.readString(shared.resolve("postgres/password")).strip();
        return CrashServer.start(
                Files.createDirectories(folder.resolve(name)), shared, """
                store:
                  url: "postgresql://127.0.0.1:%s/postgres"
                  user: tryon
                  password: "%s"
                node:
                  name: %s
                auth:
                  admin-token: "%s"
                limits:
                  page: 1000000/PT1S
                  page-uploads: 1000000/PT1S
                  address: 1000000/PT1S
                """.formatted(port, password, name, ADMIN));
    }

    private static List<BenchRow> captures(String subject, CrashServer one, CrashServer two, List<byte[]> pictures) {
        var token = one.guest();
        var order = order("capture", "person", one.upload(token, "picture", pictures.getFirst()));
        for (int number = 0; number < WARM_UP; number++) {
            one.order(token, order);
            two.order(token, order);
        }
        var millis = new Percentiles();
        for (int number = 0; number < CAPTURES; number++) {
            var begun = System.nanoTime();
            done(one.order(token, order));
            millis.add((System.nanoTime() - begun) / 1e6);
        }
        var begun = System.nanoTime();
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<?>>();
            for (int client = 0; client < CLIENTS; client++) {
                var server = client % 2 == 0 ? one : two;
                running.add(clients.submit(() -> {
                    for (int number = 0; number < CAPTURES / 2; number++) {
                        done(server.order(token, order));
                    }
                }));
            }
            for (var client : running) {
                client.get();
            }
        } catch (InterruptedException | ExecutionException failure) {
            throw new IllegalStateException("a client failed", failure);
        }
        var perSecond = CLIENTS * (CAPTURES / 2) / ((System.nanoTime() - begun) / 1e9);
        return List.of(
                new BenchRow(
                        "capture, waited for",
                        subject,
                        Map.of("p50Millis", millis.at(0.5), "p99Millis", millis.at(0.99))),
                new BenchRow("captures of " + CLIENTS + " clients", subject, Map.of("perSecond", perSecond)));
    }

    private static void done(JsonObject job) {
        if (!job.getString("status", "").equals("succeeded")) {
            throw new IllegalStateException("a capture did not succeed: " + job);
        }
    }

    /** @return nothing if the film was in the hands of the server that lives on */
    private static List<BenchRow> takeover(CrashServer one, CrashServer two, byte[] film) {
        var token = one.guest();
        var upload = one.upload(token, "film", "video", film);
        var id = one.submit(token, order("video", "video", upload)).getString("id");
        while (two.get(token, "/jobs/" + id).getJsonNumber("progress").doubleValue() == 0) {
            pause();
        }
        one.kill();
        var killed = System.nanoTime();
        while (!two.get(token, "/jobs/" + id).getString("status").equals("succeeded")) {
            pause();
        }
        var seconds = (System.nanoTime() - killed) / 1e9;
        var attempts = two.get(ADMIN, "/admin/jobs?status=succeeded&limit=1")
                .getJsonArray("items")
                .getJsonObject(0);
        if (!attempts.getString("id").equals(id) || attempts.getInt("attempts") < 2) {
            return List.of();
        }
        var results = two.get(token, "/results").getJsonArray("items").size();
        return List.of(new BenchRow(
                "film finished after SIGKILL",
                "two servers",
                Map.of("seconds", seconds, "attempts", (double) attempts.getInt("attempts"), "results", (double)
                        results)));
    }

    private static String order(String kind, String input, Optional<String> upload) {
        return """
                {"kind":"%s","engine":"nails","inputs":{"%s":"%s"}}""".formatted(kind, input, upload.orElseThrow());
    }

    private static byte[] film(List<byte[]> pictures) {
        try (var pictureCodec = new FrameCodec();
                var codec = new VideoCodec();
                var writer = codec.writer(HandFilm.WIDTH, HandFilm.HEIGHT, 25, 90)) {
            for (int number = 0; number < FILM_FRAMES; number++) {
                try (var frame = pictureCodec.decodeUpload(ByteBuffer.wrap(pictures.get(number % pictures.size())))) {
                    writer.write(frame, Duration.ofMillis(40L * number));
                }
            }
            var buffer = writer.finish();
            var bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            return bytes;
        }
    }

    private static void pause() {
        LockSupport.parkNanos(10_000_000);
    }

    private static void delete(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
