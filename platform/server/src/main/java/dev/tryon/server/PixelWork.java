package dev.tryon.server;

import dev.tryon.compute.Turn;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
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
    private boolean done;
    private boolean left;

    /**
     * Begins it.
     *
     * @param name of the thread
     * @param work what to do in the turn, which is not begun; what it gives is closed, if it can be, should it be left behind
     * @param free called once, when the thread ends or is left behind
     */
    PixelWork(String name, Turn turn, HungThreads hung, Callable<R> work, Runnable free) {
        this.turn = turn;
        this.hung = hung;
        this.free = free;
        this.task = new FutureTask<>(() -> perform(work));
        Thread.ofPlatform().name(name).daemon().start(task);
    }

    private R perform(Callable<R> work) throws Exception {
        try {
            var made = work.call();
            if (end() && made instanceof AutoCloseable unwanted) {
                unwanted.close();
            }
            return made;
        } finally {
            end();
        }
    }

    /** Returns whether nobody waits any more. */
    private synchronized boolean end() {
        if (!done) {
            done = true;
            if (left) {
                hung.cameBack();
            } else {
                turn.close();
                free.run();
            }
        }
        return left;
    }

    /** Leaves the thread behind. @return false if it is done after all */
    synchronized boolean leave() {
        if (!done && !left) {
            left = true;
            hung.oneMore();
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
