package dev.tryon.server;

import dev.tryon.spi.Progress;
import dev.tryon.store.Job;
import dev.tryon.store.Store;
import dev.tryon.store.Upload;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Finds for a job what it needs on this node: its engine, its look, what it works on, and who does it. Thread-safe. */
final class Assignments {
    private static final Duration RETRY = Duration.ofSeconds(30);

    private final Engines engines;
    private final LookReader looks;
    private final Store store;
    private final Map<JobKind, JobRunner> runners;

    Assignments(Engines engines, LookReader looks, Store store, Map<JobKind, JobRunner> runners) {
        this.engines = engines;
        this.looks = looks;
        this.store = store;
        this.runners = Map.copyOf(runners);
    }

    /**
     * Returns what does a job; it is called on a platform thread.
     *
     * @throws Refusal if something is not there any more, or the engine is not ready
     */
    Function<Progress, JobOutput> prepare(Job job) {
        var kind = JobKind.of(job);
        var runner = runners.get(kind);
        var engine = engines.ready()
                .filter(ready -> ready.id().equals(job.engine()) && kind.suits(ready.engine()))
                .findFirst();
        if (runner == null || engine.isEmpty()) {
            throw Problem.busy(RETRY).refusal();
        }
        var fields = JsonFields.of(job.look());
        var look = looks.read(fields, engine.get().info(), job.owner());
        fields.check();
        var assignment =
                new JobRunner.Assignment(engine.get().engine(), look.orElseThrow(), input(job, kind), quality(job));
        return progress -> runner.run(assignment, progress);
    }

    private static Tiers.Quality quality(Job job) {
        return Words.of(Tiers.Quality.class, job.quality())
                .orElseThrow(() -> new IllegalStateException("no quality is called " + job.quality()));
    }

    private Upload input(Job job, JobKind kind) {
        var id = job.inputs().get(kind.input());
        var upload = id == null ? Optional.<Upload>empty() : store.uploads().find(id, job.owner());
        return upload.orElseThrow(() -> Problem.invalid(
                        List.of(new Problem.Violation("/inputs/" + kind.input(), "is not an upload of yours any more")))
                .refusal());
    }
}
