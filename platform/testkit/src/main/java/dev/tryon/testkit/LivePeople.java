package dev.tryon.testkit;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Many people before their cameras. For one thread. */
final class LivePeople implements AutoCloseable {
    private static final String ENGINE = "nails";

    private final List<LiveClient> clients = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final int refused;

    private LivePeople(List<LiveClient> clients, int refused) {
        this.clients.addAll(clients);
        this.refused = refused;
    }

    /** Lets them come one after the other; who is refused stays away. */
    static LivePeople come(HttpClient http, URI server, String token, LiveBench.Crowd crowd)
            throws IOException, InterruptedException {
        var session =
                "{\"engine\":\"%s\",\"look\":{\"options\":{}},\"output\":\"%s\"}".formatted(ENGINE, crowd.output());
        var clients = new ArrayList<LiveClient>();
        for (int number = 0; number < crowd.sessions(); number++) {
            LiveClient.connect(http, server, token, session, crowd.manners(), new Random(number))
                    .ifPresent(clients::add);
        }
        return new LivePeople(clients, crowd.sessions() - clients.size());
    }

    /** Returns how many have come. */
    int size() {
        return clients.size();
    }

    /** Lets them send for a while; returns at once. */
    void stream(List<byte[]> pictures, int seconds) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        for (var client : clients) {
            threads.add(
                    Thread.startVirtualThread(() -> client.stream(pictures, HandFilm.WIDTH, HandFilm.HEIGHT, until)));
        }
    }

    /** Counts from now on. */
    void begin() {
        clients.forEach(client -> client.tally().begin());
    }

    /** Waits until they have sent all. */
    void await() throws InterruptedException {
        for (var thread : threads) {
            thread.join();
        }
        threads.clear();
    }

    /** Returns what they have seen since they began. @param seconds that this took */
    Map<String, Double> metrics(double seconds) {
        var results = clients.stream().map(client -> client.tally().result()).toList();
        var server = new Percentiles();
        var roundTrip = new Percentiles();
        results.forEach(result -> {
            server.addAll(result.serverMillis());
            roundTrip.addAll(result.roundTripMillis());
        });
        var metrics = new TreeMap<String, Double>();
        metrics.put("sessionsRefused", (double) refused);
        metrics.put("p50AgeMillis", server.at(0.5));
        metrics.put("p95AgeMillis", server.at(0.95));
        metrics.put("p50RoundTripMillis", roundTrip.at(0.5));
        metrics.put("p95RoundTripMillis", roundTrip.at(0.95));
        double answered = results.stream().mapToLong(LiveTally.Result::answered).sum();
        double promised = results.stream().mapToLong(LiveTally.Result::promised).sum();
        double inTime = results.stream().mapToLong(LiveTally.Result::inTime).sum();
        double sent = results.stream().mapToLong(LiveTally.Result::sent).sum();
        metrics.put(
                "promisedFps",
                mean(
                        results.stream()
                                .mapToDouble(LiveTally.Result::promisedFrames)
                                .sum(),
                        seconds));
        metrics.put("servedFps", mean(answered, seconds));
        metrics.put("framesPerSecond", answered / seconds);
        metrics.put("missedShare", Math.max(0, 1 - inTime / promised));
        metrics.put(
                "jain",
                jain(results.stream().mapToDouble(LiveTally.Result::answered).toArray()));
        metrics.put(
                "slowestFps",
                results.stream().mapToLong(LiveTally.Result::answered).min().orElse(0) / seconds);
        metrics.put(
                "bytesPerAnswer",
                results.stream().mapToLong(LiveTally.Result::answerBytes).sum() / answered);
        metrics.put(
                "bytesPerFrameSent",
                results.stream().mapToLong(LiveTally.Result::sentBytes).sum() / sent);
        results.forEach(result -> result.unserved()
                .forEach((why, count) -> metrics.merge("unserved." + why, (double) count, Double::sum)));
        return metrics;
    }

    private double mean(double frames, double seconds) {
        return frames / seconds / Math.max(1, clients.size());
    }

    /** Jain's index: 1 if all have the same, 1/n if one has all (Jain, Chiu and Hawe, 1984). */
    private static double jain(double[] shares) {
        double sum = 0;
        double squares = 0;
        for (var share : shares) {
            sum += share;
            squares += share * share;
        }
        return squares == 0 ? 1 : sum * sum / (shares.length * squares);
    }

    @Override
    public void close() {
        clients.forEach(LiveClient::close);
    }
}
