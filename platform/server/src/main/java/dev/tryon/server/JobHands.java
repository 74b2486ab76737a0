package dev.tryon.server;

import dev.tryon.compute.DeviceScheduler;
import dev.tryon.spi.Progress;
import dev.tryon.store.Job;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/**
 * The threads that engines work on for jobs: one an attempt, for a job takes seconds, in turns on the device, which live
 * frames and all other work share by one rule. A thread whose engine hangs is left behind without costing the next job its
 * own.
 *
 * <p>Thread-safe.
 */
final class JobHands {
    /** Somebody waits for a capture. */
    private static final Duration CAPTURE_DUE = Duration.ofSeconds(2);

    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private final Clocks clocks;
    private final DeviceScheduler device;
    private final Duration letGoWithin;
    private final HungThreads hung = new HungThreads();
    private volatile boolean draining;

    /** Makes one. @param letGoWithin how long an engine that is asked to stop may take */
    JobHands(Clocks clocks, DeviceScheduler device, Duration letGoWithin) {
        this.clocks = clocks;
        this.device = device;
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
     * @param work what to do, which closes whatever it opens; each report of its progress is the end of a step
     * @param within how long it may take
     * @throws ExecutionException with what the engine threw
     */
    Ended perform(Job attempt, Function<Progress, JobOutput> work, JobProgress progress, Duration within)
            throws ExecutionException {
        var kind = JobKind.of(attempt);
        var due = kind == JobKind.CAPTURE ? CAPTURE_DUE : within;
        var turn = device.turn(kind.workClass(), attempt.engine(), due);
        var deadline = clocks.nanos() + within.toNanos();
        var piece = new PixelWork<>(
                "job-pixels",
                turn,
                hung,
                PixelWork.Beginning.AT_ONCE,
                () -> work.apply(new JobTurn(progress, turn)),
                () -> {});
        while (true) {
            try {
                var output = wait(piece, LOOK_EVERY);
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
                // Whoever waits for the device finds out now.
                turn.close();
                return letGo(piece, reason.get());
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

    private Ended letGo(PixelWork<JobOutput> piece, Reason why) {
        try {
            var output = wait(piece, letGoWithin);
            if (output.isPresent() && why != Reason.UNWANTED) {
                return new Ended.Done(output.get());
            }
            if (output.isEmpty() && piece.leave() && why == Reason.OVERDUE) {
                return new Ended.Hung();
            }
        } catch (ExecutionException _) {
            // That is how it says that it has stopped.
        }
        return new Ended.Stopped(why);
    }

    private static Optional<JobOutput> wait(PixelWork<JobOutput> piece, Duration patience) throws ExecutionException {
        try {
            return piece.await(patience);
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
        return hung.count();
    }

    /** Returns whether more work can be taken. */
    boolean areFree() {
        return !draining && !hung.areTooMany();
    }
}
