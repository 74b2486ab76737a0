package dev.tryon.server;

import io.helidon.metrics.api.Counter;
import io.helidon.metrics.api.FunctionalCounter;
import io.helidon.metrics.api.Gauge;
import io.helidon.metrics.api.Meter;
import io.helidon.metrics.api.MeterRegistry;
import io.helidon.metrics.api.Metrics;
import io.helidon.metrics.api.Tag;
import io.helidon.metrics.api.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * The figures of the server, those of all sessions together among them, for Prometheus.
 *
 * <p>The library below has one registry a process, whatever it says; so the meters go with the server that made them.
 * Thread-safe.
 */
final class LiveMetrics implements AutoCloseable {
    private static final Duration[] BUCKETS =
            List.of(1, 2, 5, 10, 15, 20, 25, 30, 40, 50, 75, 100, 150, 250, 500, 1000).stream()
                    .map(Duration::ofMillis)
                    .toArray(Duration[]::new);

    private final MeterRegistry registry = Metrics.globalRegistry();
    private final Queue<Meter> meters = new ConcurrentLinkedQueue<>();
    private final Map<List<Object>, Counter> counters = new ConcurrentHashMap<>();
    private final Map<List<Object>, Timer> timers = new ConcurrentHashMap<>();
    private final Timer queue = stage("queue");
    private final Timer decode = stage("decode");
    private final Timer engine = stage("engine");
    private final Timer encode = stage("encode");
    private final Timer total = stage("total");

    /** Returns where the figures are, for the endpoint that shows them. */
    MeterRegistry registry() {
        return registry;
    }

    /** Shows a figure that is read when asked for. */
    void gauge(String name, String description, DoubleSupplier value) {
        gauge(name, description, Map.of(), value);
    }

    /** Shows a figure that is read when asked for. @param tags few, of few values each */
    void gauge(String name, String description, Map<String, String> tags, DoubleSupplier value) {
        meters.add(registry.getOrCreate(Gauge.builder(name, value, DoubleSupplier::getAsDouble)
                .description(description)
                .tags(tags(tags))));
    }

    /** Shows a figure that only grows, and is read when asked for. @param tags few, of few values each */
    void counter(String name, String description, Map<String, String> tags, LongSupplier value) {
        meters.add(registry.getOrCreate(FunctionalCounter.builder(name, value, LongSupplier::getAsLong)
                .description(description)
                .tags(tags(tags))));
    }

    void frameReceived() {
        count("tryon_frames_received", "frames that came", Map.of());
    }

    void frameServed() {
        count("tryon_frames_served", "frames answered with a picture or an overlay", Map.of());
    }

    void frameSkipped(SkipReason reason) {
        count("tryon_frames_skipped", "frames not served, by reason", Map.of("reason", Words.of(reason)));
    }

    void frameFailed(String code) {
        count("tryon_frames_failed", "frames answered with an error, by code", Map.of("code", code));
    }

    void connectionClosed(CloseReason reason) {
        count(
                "tryon_connections_closed",
                "connections that the server closed, by reason",
                Map.of("reason", Words.of(reason)));
    }

    /** Notes where the time of a served frame went. @param ageNanos from received to written */
    void timed(StageNanos stages, long ageNanos) {
        queue.record(stages.queue(), TimeUnit.NANOSECONDS);
        decode.record(stages.decode(), TimeUnit.NANOSECONDS);
        engine.record(stages.engine(), TimeUnit.NANOSECONDS);
        encode.record(stages.encode(), TimeUnit.NANOSECONDS);
        total.record(ageNanos, TimeUnit.NANOSECONDS);
    }

    private Timer stage(String name) {
        var timer = registry.getOrCreate(Timer.builder("tryon_frame_stage")
                .description("time of a served frame by stage; total is from received to written")
                .addTag(Tag.create("stage", name))
                .percentiles(0.5, 0.95, 0.99)
                .buckets(BUCKETS));
        meters.add(timer);
        return timer;
    }

    /** Counts one. @param tags few, of few values each: every combination is kept */
    void count(String name, String description, Map<String, String> tags) {
        count(name, description, tags, 1);
    }

    /** Counts several. @param tags few, of few values each: every combination is kept */
    void count(String name, String description, Map<String, String> tags, long amount) {
        counters.computeIfAbsent(List.of(name, sorted(tags)), _ -> {
                    var counter = registry.getOrCreate(
                            Counter.builder(name).description(description).tags(tags(tags)));
                    meters.add(counter);
                    return counter;
                })
                .increment(amount);
    }

    /** Notes a time. @param tags few, of few values each: every combination is kept */
    void time(String name, String description, Map<String, String> tags, Duration time) {
        timers.computeIfAbsent(List.of(name, sorted(tags)), _ -> {
                    var timer = registry.getOrCreate(Timer.builder(name)
                            .description(description)
                            .tags(tags(tags))
                            .percentiles(0.5, 0.95, 0.99)
                            .buckets(BUCKETS));
                    meters.add(timer);
                    return timer;
                })
                .record(time);
    }

    private static Map<String, String> sorted(Map<String, String> tags) {
        return new TreeMap<>(tags);
    }

    private static List<Tag> tags(Map<String, String> tags) {
        return sorted(tags).entrySet().stream()
                .map(tag -> Tag.create(tag.getKey(), tag.getValue()))
                .toList();
    }

    @Override
    public void close() {
        meters.forEach(registry::remove);
    }
}
