package dev.tryon.server;

import dev.tryon.store.Job;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Tells how a job comes along while it does (server-sent events): {@code status} whenever it stands differently, {@code
 * progress} whenever more of it is done, each with the job as data; the stream ends with the job.
 *
 * <p>A comment now and then keeps the connection open, and finds out that the client is gone. Streams are bounded, in
 * all and for each person.
 */
final class JobEvents {
    private static final String MEDIA_TYPE = "text/event-stream";
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(10);
    /** Streams of one person at a time: several pages, each with a few jobs. */
    private static final int EACH = 16;

    private static final Duration RETRY = Duration.ofSeconds(5);
    /** Longer than any job takes; a client that still waits comes back by itself. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private final Jobs jobs;
    private final InstantSource clock;
    private final Places streams;

    JobEvents(Jobs jobs, InstantSource clock, int streams) {
        this.jobs = jobs;
        this.clock = clock;
        this.streams = new Places(streams, EACH);
    }

    /** Returns the stream of a job. */
    Reply of(Job job) {
        var place =
                streams.take(job.owner()).orElseThrow(() -> Problem.busy(RETRY).refusal());
        return Reply.streamed(
                200,
                MEDIA_TYPE,
                OptionalLong.empty(),
                Map.of("Cache-Control", "no-store", "X-Accel-Buffering", "no"),
                place.during(out -> {
                    try (var watch = jobs.news().watch(job.id())) {
                        follow(job, watch, out);
                    }
                }));
    }

    private void follow(Job first, JobNews.Watch watch, OutputStream out) throws IOException {
        var end = System.nanoTime() + LONGEST.toNanos();
        var spoken = System.nanoTime();
        var told = Optional.<Job>empty();
        while (System.nanoTime() < end && !jobs.isClosed()) {
            var found = jobs.find(first.id(), first.owner());
            if (found.isEmpty()) {
                return;
            }
            var job = found.get();
            var event = event(told, job);
            if (event.isPresent()) {
                var id = job.version();
                send(
                        out,
                        "id: %d\nevent: %s\ndata: %s\n\n".formatted(id, event.get(), JobJson.of(job, clock.instant())));
                spoken = System.nanoTime();
                told = found;
            } else if (System.nanoTime() - spoken > KEEP_ALIVE.toNanos()) {
                send(out, ": \n\n");
                spoken = System.nanoTime();
            }
            if (job.standing().isOver()) {
                return;
            }
            watch.await(KEEP_ALIVE);
        }
    }

    private static Optional<String> event(Optional<Job> told, Job job) {
        if (told.isEmpty() || told.get().standing() != job.standing()) {
            return Optional.of("status");
        }
        return told.get().progress() == job.progress() ? Optional.empty() : Optional.of("progress");
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
