package dev.tryon.server;

import dev.tryon.store.Filter;
import dev.tryon.store.Job;
import dev.tryon.store.Position;
import dev.tryon.store.Store;
import dev.tryon.store.Task;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

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
final class Jobs {
    private static final String RUNNING = Words.of(Job.Status.RUNNING);
    private static final String QUEUED = Words.of(Job.Status.QUEUED);
    private static final Duration RETRY = Duration.ofSeconds(30);
    private static final int AT_A_TIME = 200;

    private final ServerSettings.Jobs settings;
    private final Clocks clocks;
    private final Ids ids;
    private final Store store;
    private final JobNews news;

    Jobs(ServerSettings.Jobs settings, Clocks clocks, Ids ids, Store store, JobNews news) {
        this.settings = settings;
        this.clocks = clocks;
        this.ids = ids;
        this.store = store;
        this.news = news;
    }

    /**
     * What is asked for, checked already.
     *
     * @param id that the job gets; the same order under the same id is one job
     * @param inputs uploads of the owner's by what they are for
     * @param look every option spelt out, as {@link ChosenLook#toJson} writes it
     */
    record Order(UUID id, String owner, JobKind kind, String engine, Map<String, UUID> inputs, JsonObject look) {}

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
        news.ordered();
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
        while (true) {
            var seen = news.number();
            var job = find(id);
            var left = end - System.nanoTime();
            if (job.map(found -> found.standing().isOver()).orElse(true) || left <= 0) {
                return job;
            }
            news.await(seen, Duration.ofNanos(left));
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
        news.changed();
        return job.isPresent();
    }
}
