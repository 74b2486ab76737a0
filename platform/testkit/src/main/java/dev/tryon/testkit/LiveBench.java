package dev.tryon.testkit;

import dev.tryon.server.Arguments;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A real server, in a process of its own, and real sockets under people who hold a rendered hand before the camera.
 *
 * <p>Every person sends as often as the server promises to serve, with a phase of its own. A frame promised is missed if its
 * answer does not come within 200 ms, seen from the client, whatever the reason. The clients run on the same cores as the
 * server. Further rows tell what an idle session holds, what becomes of people who ignore the advice, where the time of a
 * frame goes and, with {@code --minutes}, whether memory stays flat.
 */
final class LiveBench {
    private static final int QUALITY = 75;
    private static final int WARM_UP_SECONDS = 30;
    /** Rates settle within this time after people have come or gone. */
    private static final int SETTLE_SECONDS = 6;

    private static final int IDLE_SESSIONS = 200;

    private final HttpClient http;
    private final MeasuredServer server;
    private final List<byte[]> pictures;
    private final String token;
    private final List<BenchRow> rows = new ArrayList<>();

    private LiveBench(HttpClient http, MeasuredServer server, List<byte[]> pictures)
            throws IOException, InterruptedException {
        this.http = http;
        this.server = server;
        this.pictures = pictures;
        this.token = LiveClient.guest(http, server.address());
    }

    /** Who comes. */
    record Crowd(int sessions, String output, LiveClient.Manners manners) {
        String name() {
            return switch (manners) {
                case PROMISED -> sessions + " sessions, " + output;
                case CAMERA -> sessions + " sessions that ignore the advice, " + output;
            };
        }
    }

    static List<BenchRow> run(Arguments arguments) {
        var sessions = Arrays.stream(arguments.option("sessions").orElse("1,4").split(",", -1))
                .map(Integer::parseInt)
                .toList();
        var outputs = arguments.option("output").map(List::of).orElse(List.of("overlay"));
        int seconds = arguments.number("seconds", 20);
        int unruly = arguments.number("overload", sessions.getLast());
        int minutes = arguments.number("minutes", 0);
        try {
            var folder = Files.createTempDirectory("tryon-live");
            var pictures = arguments
                    .option("pictures")
                    .map(photographs -> HandFilm.ofPhotographs(Path.of(photographs), QUALITY))
                    .orElseGet(() -> HandFilm.pictures(QUALITY));
            try (var server = MeasuredServer.start(folder, settings(folder, arguments.number("workers", 0)));
                    var http = HttpClient.newHttpClient()) {
                var bench = new LiveBench(http, server, pictures);
                bench.warmUp();
                for (var output : outputs) {
                    for (int count : sessions) {
                        bench.measure(new Crowd(count, output, LiveClient.Manners.PROMISED), seconds);
                    }
                }
                if (unruly > 0) {
                    bench.measure(new Crowd(unruly, outputs.getFirst(), LiveClient.Manners.CAMERA), seconds);
                }
                bench.rows.addAll(StageTimes.of(server.figures(http)));
                bench.idle();
                if (minutes > 0) {
                    bench.endure(
                            new Crowd(sessions.getLast(), outputs.getFirst(), LiveClient.Manners.PROMISED), minutes);
                }
                return bench.rows;
            }
        } catch (IOException failure) {
            throw new IllegalStateException("the benchmark broke off", failure);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    private static String settings(Path folder, int workers) {
        return """
                server:
                  port: 0
                  host: 127.0.0.1
                store:
                  url: "memory:"
                data-dir: %s
                live:
                  workers: %d
                sessions:
                  max: 1000
                  max-per-owner: 1000
                limits:
                  page: 1000000/PT1S
                  address: 1000000/PT1S
                """.formatted(folder.resolve("data"), workers);
    }

    private void warmUp() throws IOException, InterruptedException {
        try (var people = come(new Crowd(2, "overlay", LiveClient.Manners.PROMISED))) {
            people.stream(pictures, WARM_UP_SECONDS);
            people.await();
        }
    }

    private LivePeople come(Crowd crowd) throws IOException, InterruptedException {
        return LivePeople.come(http, server.address(), token, crowd);
    }

    private void measure(Crowd crowd, int seconds) throws IOException, InterruptedException {
        try (var people = come(crowd)) {
            people.stream(pictures, SETTLE_SECONDS + seconds);
            TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
            people.begin();
            var before = LiveCosts.of(server.figures(http));
            var begun = System.nanoTime();
            people.await();
            var lasted = (System.nanoTime() - begun) / 1e9;
            var costs = LiveCosts.of(server.figures(http)).since(before);
            var metrics = new TreeMap<>(people.metrics(lasted));
            metrics.putAll(costs.metrics(lasted));
            // Of nobody there is no mean.
            metrics.values().removeIf(figure -> !Double.isFinite(figure));
            rows.add(new BenchRow(crowd.name(), "ours", metrics));
        }
    }

    /** Sessions that have been shown a picture, and are still connected. */
    private void idle() throws IOException, InterruptedException {
        // What is made once, or kept to be used again, is made before.
        come(new Crowd(IDLE_SESSIONS, "overlay", LiveClient.Manners.PROMISED)).close();
        untilNobodyIsLeft();
        var before = server.memory();
        var crowd = new Crowd(IDLE_SESSIONS, "overlay", LiveClient.Manners.PROMISED);
        try (var people = come(crowd)) {
            var connected = server.memory();
            people.stream(pictures, SETTLE_SECONDS);
            people.await();
            TimeUnit.SECONDS.sleep(1);
            var shown = server.memory();
            rows.add(new BenchRow(
                    people.size() + " idle sessions",
                    "ours",
                    Map.of(
                            "heapKilobytes", kilobytes(connected.heapBytes() - before.heapBytes(), people),
                            "heapKilobytesOnceShown", kilobytes(shown.heapBytes() - before.heapBytes(), people),
                            "directKilobytesOnceShown", kilobytes(shown.directBytes() - before.directBytes(), people),
                            "framesInUse", (double) shown.framesInUse())));
        }
    }

    private void untilNobodyIsLeft() throws IOException, InterruptedException {
        var left = server.figures(http);
        while (left.entrySet().stream()
                .anyMatch(figure -> figure.getKey().startsWith("tryon_sessions{") && figure.getValue() > 0)) {
            TimeUnit.MILLISECONDS.sleep(200);
            left = server.figures(http);
        }
    }

    private static double kilobytes(long bytes, LivePeople people) {
        return bytes / 1000.0 / Math.max(1, people.size());
    }

    /** Whether memory stays flat: looks at the beginning, in the middle and at the end. */
    private void endure(Crowd crowd, int minutes) throws IOException, InterruptedException {
        try (var people = come(crowd)) {
            people.stream(pictures, SETTLE_SECONDS + (int) TimeUnit.MINUTES.toSeconds(minutes));
            TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
            long half = TimeUnit.MINUTES.toSeconds(minutes) / 2;
            rows.add(memory(crowd, 0));
            TimeUnit.SECONDS.sleep(half);
            rows.add(memory(crowd, half / 60.0));
            people.await();
            rows.add(memory(crowd, minutes));
        }
    }

    private BenchRow memory(Crowd crowd, double minute) throws IOException {
        var memory = server.memory();
        var metrics = new TreeMap<String, Double>();
        metrics.put("heapMebibytes", memory.heapBytes() / (double) (1 << 20));
        metrics.put("residentMebibytes", memory.residentBytes() / (double) (1 << 20));
        metrics.put("directMebibytes", memory.directBytes() / (double) (1 << 20));
        metrics.put("framesInUse", (double) memory.framesInUse());
        return new BenchRow("%s, after %.1f minutes".formatted(crowd.name(), minute), "ours", metrics);
    }
}
