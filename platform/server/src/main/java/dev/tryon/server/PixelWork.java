package dev.tryon.server;

import dev.tryon.compute.Turn;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One piece of work on pixels apart from live frames: a platform thread of its own, since natives would pin a virtual one, and
 * a turn on the device.
 *
 * <p>A thread that does not come to its end can be left behind: its turn and its place go to others at once, and what it
 * makes after all is closed. Thread-safe.
 *
 * @param <R> what is made
 */
final class PixelWork<R> {
    private final Turn turn;
    private final HungThreads hung;
    private final Runnable free;
    private final FutureTask<R> task;
    private boolean begun;
    private boolean done;
    private boolean left;

    /** When it begins. */
    enum Beginning {
        /** At once; it asks for the device itself. */
        AT_ONCE,
        /** With the device's first grant; without one it is never begun, and ends as {@link CancellationException}. */
        GRANTED
    }

    /**
     * Starts its thread.
     *
     * @param name of the thread
     * @param work what to do; what it gives is closed, if it can be, should it be left behind
     * @param free called once, when the thread ends or is left behind
     */
    PixelWork(String name, Turn turn, HungThreads hung, Beginning beginning, Callable<R> work, Runnable free) {
        this.turn = turn;
        this.hung = hung;
        this.free = free;
        this.task = new FutureTask<>(() -> perform(beginning, work));
        Thread.ofPlatform().name(name).daemon().start(task);
    }

    private R perform(Beginning beginning, Callable<R> work) throws Exception {
        try {
            if ((beginning == Beginning.GRANTED && !turn.next()) || !begin()) {
                throw new CancellationException("the device was not granted in time");
            }
            var made = work.call();
            if (end() && made instanceof AutoCloseable unwanted) {
                unwanted.close();
            }
            return made;
        } finally {
            end();
        }
    }

    private synchronized boolean begin() {
        begun = !left;
        return begun;
    }

    /** Returns whether it came further than to wait for the device. */
    synchronized boolean hasBegun() {
        return begun;
    }

    /** Returns whether nobody waits any more. */
    private synchronized boolean end() {
        if (!done) {
            done = true;
            if (!left) {
                turn.close();
                free.run();
            } else if (begun) {
                hung.cameBack();
            }
        }
        return left;
    }

    /** Leaves the thread behind; what only waits for the device ends by itself and does not count as hung. @return false if it is done after all */
    synchronized boolean leave() {
        if (!done && !left) {
            left = true;
            if (begun) {
                hung.oneMore();
            }
            turn.close();
            free.run();
        }
        return left;
    }

    /**
     * Waits for what is made.
     *
     * @return empty if it takes longer
     * @throws ExecutionException with what the work threw
     */
    Optional<R> await(Duration patience) throws ExecutionException, InterruptedException {
        try {
            return Optional.of(task.get(Math.max(0, patience.toNanos()), TimeUnit.NANOSECONDS));
        } catch (TimeoutException _) {
            return Optional.empty();
        }
    }
}
