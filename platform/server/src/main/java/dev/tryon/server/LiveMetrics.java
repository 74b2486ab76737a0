package dev.tryon.server;

import io.helidon.metrics.api.Counter;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/**
 * The figures of all sessions together, for Prometheus.
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
    private final Map<List<String>, Counter> counters = new ConcurrentHashMap<>();
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
        meters.add(registry.getOrCreate(
                Gauge.builder(name, value, DoubleSupplier::getAsDouble).description(description)));
    }

    void frameReceived() {
        counter("tryon_frames_received", "frames that came", "", "").increment();
    }

    void frameServed() {
        counter("tryon_frames_served", "frames answered with a picture or an overlay", "", "")
                .increment();
    }

    void frameSkipped(SkipReason reason) {
        counter("tryon_frames_skipped", "frames not served, by reason", "reason", Words.of(reason))
                .increment();
    }

    void frameFailed(String code) {
        counter("tryon_frames_failed", "frames answered with an error, by code", "code", code)
                .increment();
    }

    void connectionClosed(CloseReason reason) {
        counter("tryon_connections_closed", "connections that the server closed, by reason", "reason", Words.of(reason))
                .increment();
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

    private Counter counter(String name, String description, String tag, String value) {
        return counters.computeIfAbsent(List.of(name, tag, value), _ -> {
            var builder = Counter.builder(name).description(description);
            if (!tag.isEmpty()) {
                builder.addTag(Tag.create(tag, value));
            }
            var counter = registry.getOrCreate(builder);
            meters.add(counter);
            return counter;
        });
    }

    @Override
    public void close() {
        meters.forEach(registry::remove);
    }
}
