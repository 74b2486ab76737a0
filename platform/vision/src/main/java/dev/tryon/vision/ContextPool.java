package dev.tryon.vision;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

/**
 * Native codec contexts, each lent to one call at a time.
 *
 * <p>Contexts belong to calls and not to threads: a thread that ends would take one with it, and virtual threads end all
 * the time. As many are lent as calls run; of the idle ones the longest unused is closed when there are too many.
 *
 * <p>Thread-safe. Contexts are opened and closed outside the lock.
 *
 * @param <K> what a context is made for
 * @param <C> the context; closed by whoever ends its use
 */
final class ContextPool<K, C extends AutoCloseable> implements AutoCloseable {
    private final Function<K, C> open;
    private final int mostIdle;
    private final Deque<Idle<K, C>> idle = new ArrayDeque<>();
    private boolean closed;

    private record Idle<K, C>(K key, C context) {}

    /** What is done with a context. */
    @FunctionalInterface
    interface Use<C, R> {
        R with(C context);
    }

    ContextPool(int mostIdle, Function<K, C> open) {
        this.mostIdle = mostIdle;
        this.open = open;
    }

    /**
     * Lends a context for one call. One whose use threw is closed: what state it is in, nobody knows.
     *
     * @throws IllegalStateException if the pool is closed
     */
    <R> R use(K key, Use<C, R> use) {
        var context = take(key);
        try {
            var result = use.with(context);
            giveBack(key, context);
            return result;
        } catch (RuntimeException | Error e) {
            close(context);
            throw e;
        }
    }

    private C take(K key) {
        synchronized (this) {
            if (closed) {
                throw new IllegalStateException("the codec is closed");
            }
            for (Iterator<Idle<K, C>> newestFirst = idle.descendingIterator(); newestFirst.hasNext(); ) {
                var candidate = newestFirst.next();
                if (candidate.key().equals(key)) {
                    newestFirst.remove();
                    return candidate.context();
                }
            }
        }
        return open.apply(key);
    }

    private void giveBack(K key, C context) {
        List<C> over = new ArrayList<>();
        synchronized (this) {
            idle.addLast(new Idle<>(key, context));
            while (idle.size() > (closed ? 0 : mostIdle)) {
                over.add(idle.removeFirst().context());
            }
        }
        over.forEach(ContextPool::close);
    }

    @Override
    public void close() {
        List<C> over;
        synchronized (this) {
            closed = true;
            over = idle.stream().map(Idle::context).toList();
            idle.clear();
        }
        over.forEach(ContextPool::close);
    }

    private static void close(AutoCloseable context) {
        try {
            context.close();
        } catch (Exception e) {
            throw new IllegalStateException("a native context failed to close", e);
        }
    }
}
