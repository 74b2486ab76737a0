package dev.tryon.testkit;

import dev.tryon.server.Arguments;
import dev.tryon.server.Settings;
import dev.tryon.server.TryOnServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A real server and real sockets under people who hold a rendered hand before the camera.
 *
 * <p>Times are the server's own, from the frame received to its answer written; round trips have the client's share in
 * them, which runs on the same cores. Every session sends like a camera, at a fixed rate. The last rows tell where the
 * time of a frame goes.
 */
final class LiveBench {
    private static final int CAMERA_FRAMES_PER_SECOND = 30;
    private static final int IN_FLIGHT = 2;
    private static final int QUALITY = 75;
    private static final int WARM_UP_SECONDS = 5;
    private static final String LOOK = "{\"options\":{}}";

    private LiveBench() {}

    static List<BenchRow> run(Arguments arguments) {
        var sessions = Arrays.stream(arguments.option("sessions").orElse("1,4").split(",", -1))
                .map(Integer::parseInt)
                .toList();
        int seconds = arguments.number("seconds", 12);
        var rows = new ArrayList<BenchRow>();
        try {
            var data = Files.createTempDirectory("tryon-bench");
            var server = TryOnServer.start(
                    Settings.load(Optional.empty(), Map.of(), settings(data, arguments.number("workers", 0))));
            try (var http = HttpClient.newHttpClient()) {
                var address = URI.create("http://127.0.0.1:" + server.port());
                var pictures = arguments
                        .option("pictures")
                        .map(folder -> HandFilm.ofPhotographs(Path.of(folder), QUALITY))
                        .orElseGet(() -> HandFilm.pictures(QUALITY));
                scenario(http, address, pictures, "overlay", 1, WARM_UP_SECONDS);
                for (int count : sessions) {
                    for (var output : List.of("frame", "overlay")) {
                        rows.add(scenario(http, address, pictures, output, count, seconds));
                    }
                }
                rows.addAll(StageTimes.read(http, address));
            } finally {
                server.stop();
            }
        } catch (IOException | ExecutionException failure) {
            throw new IllegalStateException("the benchmark broke off", failure);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return rows;
    }

    private static Map<String, String> settings(Path data, int workers) {
        var settings = new TreeMap<String, String>();
        settings.put("server.port", "0");
        settings.put("server.host", "127.0.0.1");
        settings.put("data-dir", data.toString());
        settings.put("store.url", "memory:");
        settings.put("live.workers", Integer.toString(workers));
        settings.put("sessions.max", "1000");
        settings.put("sessions.max-per-owner", "1000");
        // A camera's rate, with room for its jitter: the limit itself is not what is measured.
        settings.put("live.frames-per-second", Integer.toString(2 * CAMERA_FRAMES_PER_SECOND));
        return settings;
    }

    private static BenchRow scenario(
            HttpClient http, URI server, List<byte[]> pictures, String output, int sessions, int seconds)
            throws IOException, InterruptedException, ExecutionException {
        var clients = new ArrayList<LiveClient>();
        for (int number = 0; number < sessions; number++) {
            clients.add(LiveClient.connect(http, server, "nails", LOOK, output, IN_FLIGHT));
        }
        long nanos = TimeUnit.SECONDS.toNanos(seconds);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var streams = clients.stream()
                    .<Callable<Boolean>>map(client -> () -> {
                        client.stream(pictures, HandFilm.WIDTH, HandFilm.HEIGHT, CAMERA_FRAMES_PER_SECOND, nanos);
                        return true;
                    })
                    .toList();
            for (var done : threads.invokeAll(streams)) {
                done.get();
            }
        }
        var metrics = new TreeMap<String, Double>();
        var first = clients.getFirst();
        metrics.put("p50Millis", first.serverMillis().at(0.5));
        metrics.put("p95Millis", first.serverMillis().at(0.95));
        metrics.put("roundTripP50Millis", first.roundTripMillis().at(0.5));
        metrics.put(
                "framesPerSecond",
                clients.stream().mapToLong(LiveClient::answers).sum() / (double) seconds);
        metrics.put("unserved", (double)
                clients.stream().mapToLong(LiveClient::unserved).sum());
        metrics.put("bytesPerAnswer", first.bytesPerAnswer());
        metrics.put("bytesPerFrameSent", first.bytesPerFrameSent());
        clients.forEach(LiveClient::close);
        return new BenchRow(sessions + " sessions, " + output, "ours", metrics);
    }
}
