package dev.tryon.server;

import dev.tryon.compute.DeviceScheduler;
import dev.tryon.store.Filter;
import dev.tryon.store.Job;
import dev.tryon.store.Position;
import dev.tryon.store.Store;
import dev.tryon.store.StoreException;
import dev.tryon.store.Task;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Work that outlives the request that asked for it: ordered here, done by whichever node has a hand free, watched and
 * called off from any.
 *
 * <p>Model. A {@link Job} is what people see, its {@link Task} is what the queue runs. The job is written first, then its
 * task, then the order is acknowledged; a sweep gives a task to a job that a crash left without one. The id of a job's
 * result is chosen with the order, so that a second attempt finds what the first has made and nothing is doubled. Each
 * attempt has a number, and only the latest may change the job: a node that was taken for dead and comes back finds that
 * its word no longer counts.
 *
 * <p>Thread-safe; calls wait for the database, so they belong on virtual threads.
 */
final class Jobs implements AutoCloseable {
    private static final String RUNNING = Words.of(Job.Status.RUNNING);
    private static final String QUEUED = Words.of(Job.Status.QUEUED);
    private static final Duration RETRY = Duration.ofSeconds(30);
    private static final int AT_A_TIME = 200;
    private static final Duration SWEEP_EVERY = Duration.ofSeconds(10);
    /** A job without a task that is younger may be one that is being ordered just now. */
    private static final Duration ORDERING = Duration.ofSeconds(10);

    private static final String PAUSED = "jobs-paused";
    private static final Duration FOR_GOOD = Duration.ofDays(36_500);

    private final ServerSettings.Jobs settings;
    private final Clocks clocks;
    private final Ids ids;
    private final Store store;
    private final JobNews news = new JobNews();
    private final JobMetrics metrics;
    private final JobWorkers workers;
    private final Sweeper sweeper;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Makes it, and lets this node's workers begin. */
    Jobs(
            ServerSettings.Jobs settings,
            Clocks clocks,
            Ids ids,
            Store store,
            ResultKeeper results,
            Assignments assignments,
            DeviceScheduler device,
            JobMetrics metrics) {
        this.settings = settings;
        this.clocks = clocks;
        this.ids = ids;
        this.store = store;
        this.metrics = metrics;
        var hands = new JobHands(clocks, device, settings.drainWithin());
        metrics.hung(hands::hung);
        for (var kind : JobKind.values()) {
            var waiting = new Recent<>(() -> waiting(store, kind), Recent.WHILE, clocks.monotonic());
            metrics.waiting(kind, waiting::get);
        }
        this.workers = new JobWorkers(
                settings,
                new JobWork.Services(store, results, assignments, clocks, news, metrics),
                ids,
                hands,
                this::isPaused);
        workers.start();
        this.sweeper = new Sweeper(this::sweep, SWEEP_EVERY);
    }

    private static double waiting(Store store, JobKind kind) {
        try {
            return store.tasks().totals(Filter.all().status(Words.of(kind))).entries();
        } catch (StoreException _) {
            return Double.NaN;
        }
    }

    /**
     * What is asked for, checked already.
     *
     * @param id that the job gets; the same order under the same id is one job
     * @param inputs uploads of the owner's by what they are for
     * @param look every option spelt out, as {@link ChosenLook#toJson} writes it
     * @param quality that its owner is entitled to
     */
    record Order(
            UUID id,
            String owner,
            JobKind kind,
            String engine,
            Map<String, UUID> inputs,
            JsonObject look,
            Tiers.Quality quality) {}

    /**
     * Takes an order; it is durable on return.
     *
     * @return the job; an earlier one of the same owner's with the same id as it stands by now
     * @throws Refusal if the owner, or everybody together, has as many unfinished jobs as there may be
     */
    Job submit(Order order) {
        var there = find(order.id(), order.owner());
        if (there.isPresent()) {
            return there.get();
        }
        requireRoom(order.owner());
        var now = clocks.now();
        var job = new Job(
                order.id(),
                order.owner(),
                Words.of(order.kind()),
                order.engine(),
                order.inputs(),
                order.look(),
                Words.of(order.quality()),
                Job.Status.QUEUED,
                0,
                0,
                ids.next(),
                Optional.empty(),
                now,
                Optional.empty(),
                Optional.empty(),
                now.plus(settings.lifetime()),
                0);
        if (!store.jobs().insert(job)) {
            return find(order.id(), order.owner())
                    .orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND).refusal());
        }
        store.tasks().insert(Task.waiting(job, now));
        workers.look();
        return job;
    }

    private void requireRoom(String owner) {
        var unfinished = Filter.all().status(QUEUED, RUNNING);
        if (store.jobs().totals(unfinished.owner(owner)).entries() >= settings.perOwner()
                || store.jobs().totals(unfinished).entries() >= settings.max()) {
            throw Problem.busy(RETRY).refusal();
        }
    }

    /** Returns a job of this owner's. */
    Optional<Job> find(UUID id, String owner) {
        return find(id).filter(job -> job.owner().equals(owner));
    }

    /** Returns a job, whoever's it is. */
    Optional<Job> find(UUID id) {
        return store.jobs().find(id.toString());
    }

    /** Lists jobs, newest first. */
    List<Job> list(Filter filter, Optional<Position> after, int limit) {
        return store.jobs().list(filter, after, limit);
    }

    /**
     * Waits until a job is over, but not for ever.
     *
     * @return the job as it stands then; empty if there is none
     */
    Optional<Job> await(UUID id, Duration patience) {
        var end = System.nanoTime() + patience.toNanos();
        try (var watch = news.watch(id)) {
            while (true) {
                var job = find(id);
                var left = end - System.nanoTime();
                if (job.map(found -> found.standing().isOver()).orElse(true) || left <= 0 || closed.get()) {
                    return job;
                }
                watch.await(Duration.ofNanos(left));
            }
        }
    }

    /**
     * Calls a job off; one that is over stays as it is. Whatever node works on it stops within about a second.
     *
     * @return whether there is such a job
     */
    boolean cancel(UUID id, String owner) {
        if (find(id, owner).isEmpty()) {
            return false;
        }
        cancel(id);
        return true;
    }

    /** Calls off all jobs of a subject, which is about to be erased. */
    void cancelAll(String owner) {
        var unfinished = Filter.of(owner).status(QUEUED, RUNNING);
        List<Job> some;
        do {
            some = store.jobs().list(unfinished, Optional.empty(), AT_A_TIME);
            some.forEach(job -> cancel(job.id()));
        } while (some.size() == AT_A_TIME);
    }

    /** Calls a job off, whoever's it is. @return whether there is such a job */
    boolean cancel(UUID id) {
        var now = clocks.now();
        var job = store.jobs().update(id.toString(), found -> found.standing().isOver() ? found : found.canceled(now));
        // A task in a worker's hands is for that worker to remove.
        store.tasks()
                .find(id.toString())
                .filter(task -> task.worker().isEmpty())
                .ifPresent(task -> store.tasks().remove(task.key()));
        job.filter(found -> found.standing() == Job.Status.CANCELED
                        && found.finishedAt().equals(Optional.of(now)))
                .ifPresent(metrics::finished);
        news.changed(id);
        return job.isPresent();
    }

    /**
     * Begins a job anew that has failed or was called off; any other stays as it is.
     *
     * @return the job as it stands then; empty if there is none
     */
    Optional<Job> retry(UUID id) {
        var job = store.jobs().update(id.toString(), found -> isRetried(found) ? found.queuedAgain() : found);
        job.filter(found -> found.standing() == Job.Status.QUEUED).ifPresent(this::queue);
        news.changed(id);
        return job;
    }

    private static boolean isRetried(Job job) {
        return job.standing() == Job.Status.FAILED || job.standing() == Job.Status.CANCELED;
    }

    private void queue(Job job) {
        store.tasks().insert(Task.waiting(job, clocks.now()));
        workers.look();
    }

    /** Lets no node take another job until {@link #resume}; what is under way is finished. */
    void pause() {
        store.marks().setIfAbsent(PAUSED, "", "paused", FOR_GOOD);
    }

    /** Lets all nodes take jobs again. */
    void resume() {
        store.marks().clear(PAUSED);
        workers.look();
    }

    /** Returns whether no node takes jobs. */
    boolean isPaused() {
        return store.marks().value(PAUSED).isPresent();
    }

    /** Returns what tells of changes. */
    JobNews news() {
        return news;
    }

    /** Returns whether this node has stopped: who waits for a job here waits in vain. */
    boolean isClosed() {
        return closed.get();
    }

    /** Gives a task to each job that a crash has left without one. @return how many those were */
    int sweep() {
        var unfinished = Filter.all().status(QUEUED, RUNNING);
        if (store.tasks().totals(Filter.all()).entries()
                >= store.jobs().totals(unfinished).entries()) {
            return 0;
        }
        int found = 0;
        var place = Optional.<Position>empty();
        List<Job> page;
        do {
            page = store.jobs().list(unfinished, place, AT_A_TIME);
            for (var job : page) {
                if (isLost(job)) {
                    queue(job);
                    found++;
                }
                place = Optional.of(Position.after(job));
            }
        } while (page.size() == AT_A_TIME);
        return found;
    }

    private boolean isLost(Job job) {
        return job.createdAt().plus(ORDERING).isBefore(clocks.now())
                && store.tasks().find(job.key()).isEmpty();
    }

    /** Hands back what this node has not finished, and lets nobody wait any longer; only the first call does anything. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        news.over();
        sweeper.close();
        workers.close();
        metrics.close();
    }
}
