package dev.tryon.server;

import com.github.kagkarlsson.scheduler.ScheduledExecutionsFilter;
import com.github.kagkarlsson.scheduler.TaskRepository;
import com.github.kagkarlsson.scheduler.TaskSummary;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.RescheduleUpdate;
import com.github.kagkarlsson.scheduler.task.SchedulableInstance;
import com.github.kagkarlsson.scheduler.task.ScheduledTaskInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import dev.tryon.store.Records;
import dev.tryon.store.StoreException;
import dev.tryon.store.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The tasks of some kinds of jobs, as the queue library sees them: it has a database of its own in mind, this lets it use
 * ours, whichever that is.
 *
 * <p>Taking a task puts a name into it that is used only once; whoever does not bring that name can neither keep the task
 * alive nor release nor remove it. So a worker that was taken for dead disturbs nothing when it comes back. Of several
 * nodes that take the same task at the same time one succeeds, because a version is replaced only once. Kinds are looked
 * through in turn: no number of later kinds holds up an earlier one.
 *
 * <p>Thread-safe.
 */
@SuppressWarnings("deprecation") // the interface has deprecated calls, which must be there nevertheless
final class TaskQueue implements TaskRepository {
    /** What the library calls all our tasks; the kinds are our own affair. */
    static final String NAME = "job";

    private static final int CANDIDATES = 8;
    private static final int AT_A_TIME = 200;

    private final Records<Task> tasks;
    private final List<JobKind> kinds;
    private final Ids ids;
    private final BooleanSupplier open;

    /**
     * Makes one.
     *
     * @param kinds that are taken, the most urgent first
     * @param open whether tasks are given out just now
     */
    TaskQueue(Records<Task> tasks, List<JobKind> kinds, Ids ids, BooleanSupplier open) {
        this.tasks = tasks;
        this.kinds = List.copyOf(kinds);
        this.ids = ids;
        this.open = open;
    }

    @Override
    public List<Execution> lockAndGetDue(Instant now, int limit) {
        var taken = new ArrayList<Execution>();
        if (!open.getAsBoolean()) {
            return taken;
        }
        for (var kind : kinds) {
            // A few more than wanted: other nodes take some of them.
            for (var task :
                    taken.size() < limit ? tasks.due(Words.of(kind), now, limit + CANDIDATES) : List.<Task>of()) {
                var mine = task.taken(ids.secret(), now);
                if (taken.size() < limit && tasks.replace(mine)) {
                    taken.add(execution(mine));
                }
            }
        }
        return taken;
    }

    @Override
    public List<Execution> lockAndFetchGeneric(Instant now, int limit) {
        return lockAndGetDue(now, limit);
    }

    @Override
    public void verifySupportsLockAndFetch() {
        // That is what it does.
    }

    @Override
    public void remove(Execution execution) {
        var there = held(execution);
        // A sign of life may come in between.
        while (there.isPresent() && !tasks.remove(there.get())) {
            there = held(execution);
        }
    }

    private Optional<Task> held(Execution execution) {
        return tasks.find(execution.getId()).filter(task -> isHolder(execution, task));
    }

    @Override
    public boolean reschedule(
            Execution execution, Instant next, Instant lastSuccess, Instant lastFailure, int consecutiveFailures) {
        return change(execution, task -> task.released(consecutiveFailures, next));
    }

    @Override
    public boolean reschedule(
            Execution execution,
            Instant next,
            Object data,
            Instant lastSuccess,
            Instant lastFailure,
            int consecutiveFailures) {
        return reschedule(execution, next, lastSuccess, lastFailure, consecutiveFailures);
    }

    @Override
    public void unpickPickedBatch(List<Execution> executions) {
        executions.forEach(
                execution -> change(execution, task -> task.released(task.failures(), execution.executionTime)));
    }

    @Override
    public List<Execution> getDeadExecutions(Instant olderThan) {
        return tasks.due(Task.TAKEN, olderThan, AT_A_TIME).stream()
                .map(TaskQueue::execution)
                .toList();
    }

    @Override
    public boolean updateHeartbeat(Execution execution, Instant now) {
        return change(execution, task -> task.taken(execution.pickedBy, now));
    }

    @Override
    public boolean updateHeartbeatWithRetry(Execution execution, Instant now, int tries) {
        for (int number = 1; ; number++) {
            try {
                return updateHeartbeat(execution, now);
            } catch (StoreException failure) {
                if (number >= tries) {
                    throw failure;
                }
            }
        }
    }

    @Override
    public Optional<Execution> getExecution(String name, String id) {
        return tasks.find(id).map(TaskQueue::execution);
    }

    /** @return whether it is still there and held by whoever holds the execution */
    private boolean change(Execution execution, UnaryOperator<Task> change) {
        return tasks.update(execution.getId(), task -> isHolder(execution, task) ? change.apply(task) : task)
                .filter(task -> task.version() > execution.version)
                .isPresent();
    }

    private static boolean isHolder(Execution execution, Task task) {
        return task.worker().filter(execution.pickedBy::equals).isPresent();
    }

    private static Execution execution(Task task) {
        var taken = task.worker().isPresent();
        return new Execution(
                task.dueAt(),
                new TaskInstance<Void>(NAME, task.key()),
                taken,
                task.worker().orElse(""),
                task.createdAt(),
                task.createdAt(),
                task.failures(),
                task.dueAt(),
                task.version());
    }

    // What follows the library asks for only where somebody orders work through it, which nobody does.

    @Override
    public boolean createIfNotExists(SchedulableInstance<?> instance) {
        throw orderedElsewhere();
    }

    @Override
    public boolean createIfNotExists(ScheduledTaskInstance instance) {
        throw orderedElsewhere();
    }

    @Override
    public void createBatch(List<ScheduledTaskInstance> instances) {
        throw orderedElsewhere();
    }

    @Override
    public Instant replace(Execution execution, ScheduledTaskInstance instance) {
        throw orderedElsewhere();
    }

    @Override
    public Instant replace(Execution execution, SchedulableInstance<?> instance) {
        throw orderedElsewhere();
    }

    @Override
    public boolean reschedule(Execution execution, RescheduleUpdate update) {
        throw orderedElsewhere();
    }

    @Override
    public List<Execution> getDue(Instant now, int limit) {
        throw orderedElsewhere();
    }

    @Override
    public Optional<Execution> pick(Execution execution, Instant now) {
        throw orderedElsewhere();
    }

    @Override
    public void getScheduledExecutions(ScheduledExecutionsFilter filter, Consumer<Execution> consumer) {
        throw orderedElsewhere();
    }

    @Override
    public void getScheduledExecutions(ScheduledExecutionsFilter filter, String name, Consumer<Execution> consumer) {
        throw orderedElsewhere();
    }

    @Override
    public List<TaskSummary> getScheduledExecutionsSummaryByTask() {
        throw orderedElsewhere();
    }

    @Override
    public List<Execution> getExecutionsFailingLongerThan(Duration interval) {
        throw orderedElsewhere();
    }

    @Override
    public int removeExecutions(String name) {
        throw orderedElsewhere();
    }

    private static UnsupportedOperationException orderedElsewhere() {
        return new UnsupportedOperationException("jobs are ordered, listed and called off through Jobs");
    }
}
