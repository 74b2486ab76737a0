package dev.tryon.server;

import com.github.kagkarlsson.scheduler.PollingStrategyConfig;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.TaskResolver;
import com.github.kagkarlsson.scheduler.Waiter;
import com.github.kagkarlsson.scheduler.event.SchedulerListeners;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.Task;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;

/**
 * One of a node's queues with its workers: db-scheduler over our tasks instead of a table of its own. It takes tasks, gives
 * signs of life for those it has, finds those whose worker gives none any more, and tries again what failed.
 *
 * <p>Its threads only wait, so they are virtual; pixels are worked on elsewhere. Pauses are measured by the machine's own
 * clock, signs of life by the one that is given.
 */
final class JobLane extends Scheduler {
    /** Missed signs of life after which a worker is taken for dead. */
    private static final int MISSED = 4;
    /** As many tasks are taken as there are workers free, and more as soon as half of them are. */
    private static final PollingStrategyConfig AS_MANY_AS_FREE =
            new PollingStrategyConfig(PollingStrategyConfig.Type.LOCK_AND_FETCH, 0.5, 1.0);
    /** There is but one kind of task, which every node knows: nothing is ever left over from an older version. */
    private static final Duration NEVER = Duration.ofDays(365);

    /**
     * Makes one, which {@link #start} starts.
     *
     * @param name in the log
     * @param workers tasks at a time
     * @param patience how long {@link #stop} waits for what is under way
     */
    JobLane(
            String name,
            int workers,
            TaskQueue queue,
            Task<Void> work,
            Clocks clocks,
            ServerSettings.Jobs settings,
            Duration patience) {
        this(name, workers, queue, work, clocks, settings, patience, threads(name));
    }

    private JobLane(
            String name,
            int workers,
            TaskQueue queue,
            Task<Void> work,
            Clocks clocks,
            ServerSettings.Jobs settings,
            Duration patience,
            ThreadFactory threads) {
        super(
                clocks::now,
                queue,
                queue,
                new TaskResolver(SchedulerListeners.NOOP, clocks::now, List.of(work)),
                workers,
                Executors.newFixedThreadPool(workers, threads),
                new SchedulerName.Fixed(name),
                new Waiter(settings.lookEvery()),
                settings.heartbeat(),
                MISSED,
                List.of(),
                List.of(),
                AS_MANY_AS_FREE,
                NEVER,
                patience,
                LogLevel.OFF,
                false,
                List.of(),
                Executors.newSingleThreadExecutor(threads),
                // One for signs of life, one for finding the dead: neither waits for the other.
                Executors.newScheduledThreadPool(2, threads));
    }

    private static ThreadFactory threads(String name) {
        return Thread.ofVirtual().name("jobs-" + name + "-", 0).factory();
    }
}
