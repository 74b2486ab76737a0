package dev.tryon.server;

import dev.tryon.store.Job;
import io.helidon.metrics.api.Counter;
import io.helidon.metrics.api.Gauge;
import io.helidon.metrics.api.Meter;
import io.helidon.metrics.api.MeterRegistry;
import io.helidon.metrics.api.Metrics;
import io.helidon.metrics.api.Tag;
import io.helidon.metrics.api.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;

/**
 * The figures of the jobs of this node, and of the queue that all nodes share, for Prometheus. They go with the server that
 * made them. Thread-safe.
 */
final class JobMetrics implements AutoCloseable {
    private final MeterRegistry registry = Metrics.globalRegistry();
    private final Queue<Meter> meters = new ConcurrentLinkedQueue<>();
    /** Held, since the library below refers weakly to what it reads. */
    private final Queue<Object> read = new ConcurrentLinkedQueue<>();

    private final Map<JobKind, AtomicInteger> running = new EnumMap<>(JobKind.class);

    JobMetrics() {
        for (var kind : JobKind.values()) {
            var count = new AtomicInteger();
            running.put(kind, count);
            gauge("tryon_jobs_running", "jobs that this node works on, by kind", kindTag(kind), count::get);
        }
    }

    /** Shows how many jobs of a kind wait, on all nodes together. */
    void waiting(JobKind kind, DoubleSupplier count) {
        gauge("tryon_jobs_queued", "jobs that wait, on all nodes together, by kind", kindTag(kind), count);
    }

    /** Shows how many engines have not come back although they were asked to stop. */
    void hung(DoubleSupplier count) {
        gauge("tryon_jobs_hung", "engines that did not stop when they were asked to", List.of(), count);
    }

    /** This node has begun to work on a job. */
    void began(JobKind kind) {
        count(kind).incrementAndGet();
    }

    /** This node works on a job no more. */
    void ended(JobKind kind) {
        count(kind).decrementAndGet();
    }

    private AtomicInteger count(JobKind kind) {
        return Objects.requireNonNull(running.get(kind), "every kind is counted");
    }

    /** A job came to its end on this node. */
    void finished(Job job) {
        var tags = List.of(Tag.create("kind", job.kind()), Tag.create("status", job.status()));
        keep(registry.getOrCreate(Counter.builder("tryon_jobs_finished")
                        .description("jobs that came to their end, by kind and status")
                        .tags(tags)))
                .increment();
        if (job.startedAt().isPresent() && job.finishedAt().isPresent()) {
            keep(registry.getOrCreate(Timer.builder("tryon_job_duration")
                            .description("time of a job's last attempt, by kind")
                            .tags(List.of(Tag.create("kind", job.kind())))))
                    .record(Duration.between(
                            job.startedAt().get(), job.finishedAt().get()));
        }
    }

    /** A job failed and will be tried again. */
    void retried(JobKind kind) {
        keep(registry.getOrCreate(Counter.builder("tryon_jobs_retried")
                        .description("attempts that failed and were followed by another, by kind")
                        .tags(kindTag(kind))))
                .increment();
    }

    private static List<Tag> kindTag(JobKind kind) {
        return List.of(Tag.create("kind", Words.of(kind)));
    }

    private void gauge(String name, String description, List<Tag> tags, DoubleSupplier value) {
        read.add(value);
        keep(registry.getOrCreate(Gauge.builder(name, value, DoubleSupplier::getAsDouble)
                .description(description)
                .tags(tags)));
    }

    private <M extends Meter> M keep(M meter) {
        if (!meters.contains(meter)) {
            meters.add(meter);
        }
        return meter;
    }

    @Override
    public void close() {
        meters.forEach(registry::remove);
    }
}
