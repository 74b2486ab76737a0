package dev.tryon.server;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.ExecutionHandler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.TryOnException;
import dev.tryon.store.Job;
import dev.tryon.store.NewFile;
import dev.tryon.store.OwnerErasedException;
import dev.tryon.store.Store;
import dev.tryon.store.TakenException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does one task: begins an attempt at its job, lets the engine work, keeps the result, and says how it ended.
 *
 * <p>Model. Whatever is done here may be cut off at any moment and begun again elsewhere. An attempt changes the job only
 * while it is the latest. The result is kept under the id that came with the order, so an attempt that finds it kept has
 * only to say so. What fails through no fault of the owner's is thrown, and the queue tries again; anything else ends the
 * job.
 *
 * <p>Thread-safe; runs on a virtual thread, engines work elsewhere.
 */
final class JobWork implements ExecutionHandler<Void> {
    private static final Logger LOG = LoggerFactory.getLogger(JobWork.class);
    private static final Duration UNTIL_FREE = Duration.ofSeconds(45);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);
    private static final CompletionHandler<Void> REMOVE = (_, operations) -> operations.remove();

    private final ServerSettings.Jobs settings;
    private final Services services;
    private final JobHands hands;

    /** What it works with. */
    record Services(
            Store store,
            ResultKeeper results,
            Assignments assignments,
            Clocks clocks,
            JobNews news,
            JobMetrics metrics) {}

    JobWork(ServerSettings.Jobs settings, Services services, JobHands hands) {
        this.settings = settings;
        this.services = services;
        this.hands = hands;
    }

    @Override
    public CompletionHandler<Void> execute(TaskInstance<Void> instance, ExecutionContext context) {
        var id = UUID.fromString(instance.getId());
        var execution = context.getExecution();
        var now = services.clocks().now();
        var begun = services.store().jobs().update(id.toString(), job -> isOver(job) ? job : job.begun(now));
        if (begun.isEmpty()) {
            return REMOVE;
        }
        var attempt = begun.get();
        if (isOver(attempt)) {
            forgetUnwanted(attempt);
            return REMOVE;
        }
        services.news().changed(id);
        services.metrics().began(JobKind.of(attempt));
        try (var progress = new JobProgress(attempt, services.store().jobs(), services.news())) {
            return attempt(attempt, execution, progress);
        } catch (RuntimeException | Error failure) {
            return again(attempt, execution, failure);
        } finally {
            services.metrics().ended(JobKind.of(attempt));
        }
    }

    private static boolean isOver(Job job) {
        return job.standing().isOver();
    }

    private CompletionHandler<Void> attempt(Job attempt, Execution execution, JobProgress progress) {
        var kept = services.store().results().find(attempt.result(), attempt.owner());
        if (kept.isPresent()) {
            finish(attempt, job -> job.succeeded(services.clocks().now()));
            return REMOVE;
        }
        if (execution.consecutiveFailures >= settings.attempts()) {
            // It did not fail, its workers died of it, again and again.
            throw new TryOnException(
                    ErrorCode.PROCESSING_FAILED, LiveError.message(ErrorCode.PROCESSING_FAILED), "its workers died");
        }
        var kind = JobKind.of(attempt);
        try {
            var work = services.assignments().prepare(attempt);
            return switch (hands.perform(attempt, work, progress, settings.within(kind))) {
                case JobHands.Ended.Done(JobOutput.Made made) -> {
                    keep(attempt, made);
                    yield REMOVE;
                }
                case JobHands.Ended.Done(JobOutput.Unusable(var code, var suggestion)) -> {
                    fail(attempt, Problem.rejected(code, suggestion));
                    yield REMOVE;
                }
                case JobHands.Ended.Stopped(var why) -> stopped(attempt, why);
                case JobHands.Ended.Hung() -> {
                    // Trying again would most likely leave one more thread behind, on this node or on another.
                    LOG.error("job {}: engine {} hangs", attempt.id(), attempt.engine());
                    fail(attempt, Problem.of(overdue(attempt)));
                    yield REMOVE;
                }
            };
        } catch (ExecutionException failure) {
            throw unwrapped(failure);
        }
    }

    private static TryOnException unwrapped(ExecutionException failure) {
        return failure.getCause() instanceof TryOnException expected
                ? expected
                : new TryOnException(
                        ErrorCode.PROCESSING_FAILED,
                        LiveError.message(ErrorCode.PROCESSING_FAILED),
                        "the engine failed",
                        failure.getCause());
    }

    private CompletionHandler<Void> stopped(Job attempt, JobHands.Reason why) {
        return switch (why) {
            case UNWANTED -> REMOVE;
            case DRAINING -> {
                change(attempt, Job::queuedAgain);
                yield (complete, operations) -> operations.reschedule(complete, complete.getTimeDone());
            }
            case OVERDUE -> throw overdue(attempt);
        };
    }

    private TryOnException overdue(Job attempt) {
        return new TryOnException(
                ErrorCode.PROCESSING_TIMEOUT,
                LiveError.message(ErrorCode.PROCESSING_TIMEOUT),
                "not done within " + settings.within(JobKind.of(attempt)));
    }

    private void keep(Job attempt, JobOutput.Made made) {
        var facts = new ResultKeeper.Facts(
                attempt.result(),
                attempt.owner(),
                attempt.engine(),
                attempt.kind(),
                attempt.look(),
                made.confidence(),
                Optional.empty(),
                Optional.of(attempt.id()),
                made.metadata());
        keepPatiently(facts, made.files());
        finish(attempt, job -> job.succeeded(services.clocks().now()));
    }

    /** An attempt that was cut off while it kept its result stands in the way until it is taken for dead. */
    private void keepPatiently(ResultKeeper.Facts facts, List<NewFile> files) {
        var deadline = System.nanoTime() + UNTIL_FREE.toNanos();
        while (true) {
            try {
                services.results().keep(facts, files);
                return;
            } catch (TakenException taken) {
                if (System.nanoTime() > deadline) {
                    throw taken;
                }
                LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            }
        }
    }

    private void fail(Job attempt, Problem problem) {
        var why = problem.toJson();
        finish(attempt, job -> job.failed(why, services.clocks().now()));
    }

    /** Ends the attempt after something went wrong: the job too, if trying again is of no use. */
    private CompletionHandler<Void> again(Job attempt, Execution execution, Throwable failure) {
        var problem = problem(failure);
        if (!mayPass(failure)) {
            fail(attempt, problem);
            return REMOVE;
        }
        LOG.error("job {} failed for the {}. time", attempt.id(), execution.consecutiveFailures + 1, failure);
        if (execution.consecutiveFailures + 1 >= settings.attempts()) {
            fail(attempt, problem);
            return REMOVE;
        }
        services.metrics().retried(JobKind.of(attempt));
        change(attempt, Job::queuedAgain);
        throw new AgainException(failure);
    }

    /** What the queue is told so that it tries again after a while. */
    private static final class AgainException extends RuntimeException {
        private static final long serialVersionUID = 1;

        AgainException(Throwable cause) {
            super(cause);
        }
    }

    private static boolean mayPass(Throwable failure) {
        return switch (failure) {
            case TryOnException expected -> expected.code().category() != ErrorCode.Category.USER;
            case Refusal refusal -> refusal.problem().retryAfter().isPresent();
            case OwnerErasedException _ -> false;
            default -> true;
        };
    }

    private static Problem problem(Throwable failure) {
        return switch (failure) {
            case TryOnException expected -> Problem.of(expected);
            case Refusal refusal -> refusal.problem();
            default -> Problem.of(ProblemType.INTERNAL_ERROR);
        };
    }

    /** Ends the job; if somebody has called it off meanwhile, what was made of it goes. */
    private void finish(Job attempt, UnaryOperator<Job> ending) {
        var ended = change(attempt, ending);
        if (ended.isEmpty() || ended.get().standing() == Job.Status.CANCELED) {
            services.store().results().remove(attempt.result(), attempt.owner());
        } else if (ended.get().attempts() == attempt.attempts()) {
            services.metrics().finished(ended.get());
        }
    }

    private Optional<Job> change(Job attempt, UnaryOperator<Job> change) {
        var before = attempt.attempts();
        var changed = services.store()
                .jobs()
                .update(attempt.key(), job -> job.attempts() == before && !isOver(job) ? change.apply(job) : job);
        services.news().changed(attempt.id());
        return changed;
    }

    /** A node may have died between keeping a result and finding out that nobody wanted it. */
    private void forgetUnwanted(Job over) {
        if (over.standing() == Job.Status.CANCELED) {
            services.store().results().remove(over.result(), over.owner());
        }
    }
}
