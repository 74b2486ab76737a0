package dev.tryon.server;

import dev.tryon.compute.DeviceScheduler;
import dev.tryon.compute.Turn;
import dev.tryon.compute.WorkClass;
import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.Progress;
import dev.tryon.spi.TryOnException;
import dev.tryon.store.StoreException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work on pixels while a client waits, but not for ever: a few pieces at a time, each in a turn on the device as captures
 * have, or in many. What comes on top of a short queue is refused, and what the device is not granted to in time is never begun.
 *
 * <p>A thread that takes too long is left behind, and its place is given to others, so that an engine that hangs holds up
 * nobody else. Only once {@link HungThreads#MOST} threads hang, further work is refused until one comes back. Thread-safe.
 */
final class PixelThreads implements AutoCloseable {
    private static final int QUEUE = 16;
    private static final Duration RETRY = Duration.ofSeconds(1);
    /** Somebody looks at a page that does nothing meanwhile. */
    private static final Duration DUE = Duration.ofSeconds(1);

    /** How often the clock is looked at, which a test may set. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private static final Duration LAST_WORK = Duration.ofSeconds(10);
    private static final Logger LOG = LoggerFactory.getLogger(PixelThreads.class);

    private final String name;
    private final int count;
    private final Semaphore places;
    private final Duration within;
    private final DeviceScheduler device;
    private final LongSupplier nanoClock;
    private final HungThreads hung = new HungThreads();
    private volatile boolean closing;

    /** Somebody who waits for long work, until the time is up or these threads are closed. */
    private final class Waiting implements Progress {
        private volatile boolean over;

        @Override
        public void report(double done) {}

        @Override
        public boolean canceled() {
            return over || closing;
        }
    }

    /**
     * Makes them.
     *
     * @param name of the threads
     * @param count how many work at a time
     * @param within how long a client waits, for a place and for what is done there; of long work, for each of a place,
     *     the device and the work
     * @param nanoClock monotonic, in nanoseconds
     */
    PixelThreads(String name, int count, Duration within, DeviceScheduler device, LongSupplier nanoClock) {
        this.name = name;
        this.count = count;
        this.places = new Semaphore(count, true);
        this.within = within;
        this.device = device;
        this.nanoClock = nanoClock;
    }

    /**
     * Does some work and waits for it.
     *
     * @param engine that works, or a word for what does; times are learnt by it
     * @param work what to do; what it gives is closed, if it can be, should nobody wait for it any more
     * @throws Refusal if too much waits already, or neither a place nor the device becomes free in time
     * @throws TryOnException from the work, or because it takes too long
     * @throws StoreException from the work
     */
    <R> R call(String engine, Callable<R> work) {
        var deadline = nanoClock.getAsLong() + within.toNanos();
        return call(engine, WorkClass.CAPTURE, DUE, _ -> work, piece -> await(piece, deadline));
    }

    /**
     * Does longer work and waits for it, in turns as batch work has: the device goes to others after each report, and comes
     * back for the next step.
     *
     * @param work as for {@link #call}, given the progress to report to; it is canceled when it takes too long or these threads are closed
     * @throws Refusal as {@link #call}
     * @throws TryOnException as {@link #call}
     */
    <R> R inSteps(String engine, Function<Progress, R> work) {
        var waiting = new Waiting();
        try {
            return call(
                    engine,
                    WorkClass.BATCH,
                    within,
                    turn -> () -> work.apply(new JobTurn(waiting, turn)),
                    this::awaitFromItsBeginning);
        } finally {
            waiting.over = true;
        }
    }

    /** Waits for a piece of work, as long as it may take. */
    @FunctionalInterface
    private interface Patience<R> {
        /** Returns what is made. @return empty if the time is up */
        Optional<R> await(PixelWork<R> piece) throws ExecutionException, InterruptedException;
    }

    private <R> R call(
            String engine, WorkClass kind, Duration due, Function<Turn, Callable<R>> work, Patience<R> patience) {
        if (hung.areTooMany() || places.getQueueLength() >= QUEUE) {
            throw Problem.busy(RETRY).refusal();
        }
        try {
            if (!places.tryAcquire(within.toNanos(), TimeUnit.NANOSECONDS)) {
                throw Problem.busy(RETRY).refusal();
            }
            var turn = device.turn(kind, engine, due);
            var piece =
                    new PixelWork<>(name, turn, hung, PixelWork.Beginning.GRANTED, work.apply(turn), places::release);
            var made = patience.await(piece);
            if (made.isEmpty() && piece.leave()) {
                if (!piece.hasBegun()) {
                    throw Problem.busy(RETRY).refusal();
                }
                throw new TryOnException(
                        ErrorCode.PROCESSING_TIMEOUT,
                        LiveError.message(ErrorCode.PROCESSING_TIMEOUT),
                        "not done within " + within);
            }
            return made.isPresent() ? made.get() : piece.await(within).orElseThrow();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof CancellationException) {
                throw Problem.busy(RETRY).refusal();
            }
            if (failure.getCause() instanceof TryOnException expected) {
                throw expected;
            }
            if (failure.getCause() instanceof StoreException away) {
                throw away;
            }
            throw new TryOnException(
                    ErrorCode.PROCESSING_FAILED,
                    LiveError.message(ErrorCode.PROCESSING_FAILED),
                    "work on pixels failed",
                    failure.getCause());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw Problem.busy(RETRY).refusal();
        }
    }

    /** What works has its whole time, however long others let it wait before. */
    private <R> Optional<R> awaitFromItsBeginning(PixelWork<R> piece) throws ExecutionException, InterruptedException {
        var made = Optional.<R>empty();
        var begun = false;
        var deadline = nanoClock.getAsLong() + within.toNanos();
        for (var left = within.toNanos(); made.isEmpty() && left > 0; ) {
            made = piece.await(Duration.ofNanos(Math.min(left, LOOK_EVERY.toNanos())));
            if (!begun && piece.hasBegun()) {
                begun = true;
                deadline = nanoClock.getAsLong() + within.toNanos();
            }
            left = deadline - nanoClock.getAsLong();
        }
        return made;
    }

    private <R> Optional<R> await(PixelWork<R> piece, long deadline) throws ExecutionException, InterruptedException {
        var made = Optional.<R>empty();
        for (var left = deadline - nanoClock.getAsLong(); made.isEmpty() && left > 0; ) {
            made = piece.await(Duration.ofNanos(Math.min(left, LOOK_EVERY.toNanos())));
            left = deadline - nanoClock.getAsLong();
        }
        return made;
    }

    /** Ends, after the work under way: what it uses is closed next. */
    @Override
    public void close() {
        closing = true;
        try {
            if (!places.tryAcquire(count, LAST_WORK.toNanos(), TimeUnit.NANOSECONDS)) {
                LOG.warn("a request still works on pixels while the server stops");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
