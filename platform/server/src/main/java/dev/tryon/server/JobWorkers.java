package dev.tryon.server;

import com.github.kagkarlsson.scheduler.task.FailureHandler.ExponentialBackoffFailureHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * This node's share in doing the jobs: one lane for captures, which people wait for, and one for what takes longer.
 *
 * <p>Threads: {@link #start} and {@link #close} once each.
 */
final class JobWorkers implements AutoCloseable {
    private static final double BACKOFF = 2;
    /** What keeping a result and releasing a task may take after the engines have let go. */
    private static final Duration TO_WIND_UP = Duration.ofSeconds(2);

    private final JobHands hands;
    private final List<JobLane> lanes;

    JobWorkers(
            ServerSettings.Jobs settings, JobWork.Services services, Ids ids, JobHands hands, BooleanSupplier paused) {
        this.hands = hands;
        var task = task(new JobWork(settings, services, hands), settings.retryAfter());
        BooleanSupplier open = () -> hands.areFree() && !paused.getAsBoolean();
        var patience = settings.drainWithin().plus(TO_WIND_UP);
        var tasks = services.store().tasks();
        var urgent = new TaskQueue(tasks, List.of(JobKind.CAPTURE), ids, open);
        var longer = new TaskQueue(tasks, List.of(JobKind.SCAN, JobKind.VIDEO), ids, open);
        this.lanes = List.of(
                new JobLane("capture", settings.captureWorkers(), urgent, task, services.clocks(), settings, patience),
                new JobLane("long", settings.workers(), longer, task, services.clocks(), settings, patience));
    }

    /** A dead worker's task is taken up again at once, and counts as failed: work that kills its workers must end. */
    private static Task<Void> task(JobWork work, Duration retryAfter) {
        return Tasks.custom(TaskQueue.NAME, Void.class)
                .onFailure(new ExponentialBackoffFailureHandler<>(retryAfter, BACKOFF))
                .onDeadExecution((complete, operations) -> operations.reschedule(complete, complete.getTimeDone()))
                .execute(work);
    }

    /** Begins to take tasks. */
    void start() {
        lanes.forEach(JobLane::start);
    }

    /** Looks for tasks now rather than in a while. */
    void look() {
        lanes.forEach(JobLane::triggerCheckForDueExecutions);
    }

    /** Takes no more, and hands back at once what is not done soon; the lanes end side by side. */
    @Override
    public void close() {
        hands.drain();
        var ends =
                lanes.stream().map(lane -> Thread.ofVirtual().start(lane::stop)).toList();
        try {
            for (var end : ends) {
                end.join();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
