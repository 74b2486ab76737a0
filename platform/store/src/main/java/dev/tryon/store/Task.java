package dev.tryon.store;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * That a job is to be done: what the queue runs, while the {@link Job} is what people see.
 *
 * @param job that is to be done; at most one task has it
 * @param owner the subject whose job it is
 * @param kind of the job: kinds wait in queues of their own
 * @param worker the node that has taken it; empty while it waits
 * @param failures how often in a row it failed
 * @param dueAt when it may be taken; once it is taken, when its worker last gave a sign of life
 */
public record Task(
        UUID job,
        String owner,
        String kind,
        Optional<String> worker,
        int failures,
        Instant createdAt,
        Instant dueAt,
        long version)
        implements Entry<Task> {
    /** The status of tasks that a worker has; those that wait have their kind. */
    public static final String TAKEN = "taken";

    /** Returns the task of a job that waits for its turn. */
    public static Task waiting(Job job, Instant now) {
        return new Task(job.id(), job.owner(), job.kind(), Optional.empty(), 0, now, now, 0);
    }

    /** Returns the next version of this task, in a worker's hands. */
    public Task taken(String byWorker, Instant now) {
        return new Task(job, owner, kind, Optional.of(byWorker), failures, createdAt, now, version + 1);
    }

    /** Returns the next version of this task, waiting until it is due. */
    public Task released(int newFailures, Instant due) {
        return new Task(job, owner, kind, Optional.empty(), newFailures, createdAt, due, version + 1);
    }

    @Override
    public String key() {
        return job.toString();
    }

    @Override
    public String status() {
        return worker.isPresent() ? TAKEN : kind;
    }

    @Override
    public Task withVersion(long newVersion) {
        return new Task(job, owner, kind, worker, failures, createdAt, dueAt, newVersion);
    }
}
