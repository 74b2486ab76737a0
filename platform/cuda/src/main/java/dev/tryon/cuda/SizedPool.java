package dev.tryon.cuda;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * Memory of one kind, in sizes that are powers of two, used again and again and bounded in all. Thread-safe.
 *
 * @param <M> a piece of memory
 */
final class SizedPool<M> implements AutoCloseable {
    private static final int LEAST_BYTES = 1 << 16;

    private final IntFunction<M> allocate;
    private final Consumer<M> free;
    private final long mostBytes;
    private final Map<Integer, Deque<M>> idle = new TreeMap<>();
    private long bytes;
    private long lent;
    private boolean closed;

    /**
     * Holds nothing yet.
     *
     * @param mostBytes of all pieces together, lent or idle
     */
    SizedPool(IntFunction<M> allocate, Consumer<M> free, long mostBytes) {
        this.allocate = allocate;
        this.free = free;
        this.mostBytes = mostBytes;
    }

    /** A piece that is lent; closing it, once or more often, gives it back, when nothing uses it any more. */
    static final class Loan<M> implements AutoCloseable {
        private final M memory;
        private final Runnable giveBack;
        private final AtomicBoolean returned = new AtomicBoolean();

        Loan(M memory, Runnable giveBack) {
            this.memory = memory;
            this.giveBack = giveBack;
        }

        M memory() {
            return memory;
        }

        @Override
        public void close() {
            if (returned.compareAndSet(false, true)) {
                giveBack.run();
            }
        }
    }

    /**
     * Lends a piece of at least so many bytes.
     *
     * @return empty if that would exceed the bound even if nothing idle were kept
     * @throws CudaFailure if there is none and none can be allocated
     */
    Optional<Loan<M>> lend(int needed) {
        if (needed > mostBytes) {
            return Optional.empty();
        }
        var size = Math.max(LEAST_BYTES, Math.toIntExact(Long.highestOneBit(2L * needed - 1)));
        synchronized (this) {
            if (closed) {
                throw new IllegalStateException("the device is closed");
            }
            var held = idle.getOrDefault(size, new ArrayDeque<>()).poll();
            if (held != null) {
                return Optional.of(loan(size, held));
            }
            if (bytes + size > mostBytes) {
                freeIdle(); // of other sizes: what is needed now goes before what was needed once
            }
            if (bytes + size > mostBytes) {
                return Optional.empty();
            }
            var fresh = allocate.apply(size);
            bytes += size;
            return Optional.of(loan(size, fresh));
        }
    }

    private Loan<M> loan(int size, M memory) {
        lent++;
        return new Loan<>(memory, () -> takeBack(size, memory));
    }

    private synchronized void takeBack(int size, M memory) {
        lent--;
        if (closed) {
            bytes -= size;
            free.accept(memory);
        } else {
            idle.computeIfAbsent(size, _ -> new ArrayDeque<>()).push(memory);
        }
    }

    /** Returns how many pieces are lent now. */
    synchronized long lent() {
        return lent;
    }

    /** Returns the bytes of all pieces, lent or idle. */
    synchronized long bytes() {
        return bytes;
    }

    /** Frees what is idle; what is lent is freed as it comes back. */
    @Override
    public synchronized void close() {
        closed = true;
        freeIdle();
    }

    private void freeIdle() {
        idle.forEach((size, held) -> held.forEach(memory -> {
            bytes -= size;
            free.accept(memory);
        }));
        idle.clear();
    }
}
