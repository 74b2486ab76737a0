package dev.tryon.server;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that engines work on for jobs, apart from those that serve live frames: one platform thread an attempt, for a
 * job takes seconds, and a thread whose engine hangs is left behind without costing the next job its own.
 *
 * <p>Thread-safe.
 */
final class JobHands {
    /** Engines that may hang on this node before it takes no more jobs. */
    private static final int MOST_HUNG = 8;

    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private final Clocks clocks;
    private final Duration letGoWithin;
    private final AtomicInteger hung = new AtomicInteger();
    private volatile boolean draining;

    /** Makes one. @param letGoWithin how long an engine that is asked to stop may take */
    JobHands(Clocks clocks, Duration letGoWithin) {
        this.clocks = clocks;
        this.letGoWithin = letGoWithin;
    }

    /** How an attempt ended. */
    sealed interface Ended {
        /** The engine came to its end. */
        record Done(JobOutput output) implements Ended {}

        /** It was stopped. */
        record Stopped(Reason why) implements Ended {}

        /** It took too long and did not stop when it was asked to: its thread is left behind. */
        record Hung() implements Ended {}
    }

    /** Why an attempt is stopped. */
    enum Reason {
        /** Nobody waits for it any more. */
        UNWANTED,
        /** It took too long. */
        OVERDUE,
        /** The node stops. */
        DRAINING
    }

    /**
     * Lets an engine work, and waits.
     *
     * @param work what to do, which closes whatever it opens
     * @param within how long it may take
     * @throws ExecutionException with what the engine threw
     */
    Ended perform(Callable<JobOutput> work, JobProgress progress, Duration within) throws ExecutionException {
        var task = new FutureTask<>(work);
        var thread = Thread.ofPlatform().name("job-pixels").daemon().unstarted(task);
        thread.start();
        var deadline = clocks.nanos() + within.toNanos();
        while (true) {
            try {
                var output = wait(task, LOOK_EVERY);
                if (output.isPresent()) {
                    return new Ended.Done(output.get());
                }
            } catch (ExecutionException failure) {
                // An engine that finds out before us that it is to stop may say so by throwing.
                return new Ended.Stopped(reason(progress, deadline).orElseThrow(() -> failure));
            }
            var reason = reason(progress, deadline);
            if (reason.isPresent()) {
                progress.stop();
                return letGo(task, thread, reason.get());
            }
        }
    }

    private Optional<Reason> reason(JobProgress progress, long deadline) {
        if (progress.unwanted()) {
            return Optional.of(Reason.UNWANTED);
        }
        if (draining) {
            return Optional.of(Reason.DRAINING);
        }
        return clocks.nanos() - deadline > 0 ? Optional.of(Reason.OVERDUE) : Optional.empty();
    }

    private Ended letGo(FutureTask<JobOutput> task, Thread thread, Reason why) {
        try {
            var output = wait(task, letGoWithin);
            if (output.isPresent() && why != Reason.UNWANTED) {
                return new Ended.Done(output.get());
            }
            if (output.isEmpty()) {
                leaveBehind(thread);
                if (why == Reason.OVERDUE) {
                    return new Ended.Hung();
                }
            }
        } catch (ExecutionException _) {
            // That is how it says that it has stopped.
        }
        return new Ended.Stopped(why);
    }

    /** Whatever its engine ends with is nobody's any more. */
    private void leaveBehind(Thread thread) {
        hung.incrementAndGet();
        Thread.ofVirtual().start(() -> {
            try {
                thread.join();
                hung.decrementAndGet();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static Optional<JobOutput> wait(FutureTask<JobOutput> task, Duration patience) throws ExecutionException {
        try {
            return Optional.of(task.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException _) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while an engine worked", interrupted);
        }
    }

    /** Asks all engines to stop; what they have not finished is handed back. */
    void drain() {
        draining = true;
    }

    /** Returns how many engines have not come back although they were asked to stop. */
    int hung() {
        return hung.get();
    }

    /** Returns whether more work can be taken. */
    boolean areFree() {
        return !draining && hung.get() < MOST_HUNG;
    }
}
