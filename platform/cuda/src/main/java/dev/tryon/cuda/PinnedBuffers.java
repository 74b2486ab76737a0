package dev.tryon.cuda;

import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Page-locked memory of the host to copy through, used again and again: from such memory a device copies by itself and at
 * the full speed of its bus.
 *
 * <p>All of it together is bounded, since what is page-locked is lost to the rest of the machine. What is asked for beyond
 * the bound, or refused by the driver, is ordinary memory, which works the same and is slower. What is lent is counted.
 * Thread-safe.
 */
public final class PinnedBuffers implements AutoCloseable {
    private static final int ALIGNMENT_BYTES = 64;

    private final SizedPool<Driver.HostMemory> pool;
    private final AtomicLong ordinary = new AtomicLong();
    private final AtomicLong unpinned = new AtomicLong();

    PinnedBuffers(Driver.Context context, long mostBytes) {
        this.pool =
                new SizedPool<>(context::allocateHost, memory -> memory.free().run(), mostBytes);
    }

    /** Memory that is lent; closing it, once or more often, gives it back, when no copy from or to it is under way. */
    public static final class Loan implements AutoCloseable {
        private final ByteBuffer bytes;
        private final SizedPool.Loan<?> memory;

        private Loan(ByteBuffer bytes, int size, SizedPool.Loan<?> memory) {
            this.bytes = bytes.slice(0, size).order(ByteOrder.nativeOrder());
            this.memory = memory;
        }

        /** Returns a direct buffer in native order of the size that was asked for, its content undefined. */
        public ByteBuffer bytes() {
            return bytes;
        }

        @Override
        public void close() {
            memory.close();
        }
    }

    /** Lends memory. @param bytes at least 1 */
    public Loan lend(int bytes) {
        return pinned(bytes)
                .map(memory -> new Loan(memory.memory().bytes(), bytes, memory))
                .orElseGet(() -> ordinary(bytes));
    }

    private Optional<SizedPool.Loan<Driver.HostMemory>> pinned(int bytes) {
        try {
            return pool.lend(bytes);
        } catch (CudaFailure _) {
            // The machine has no more to page-lock: counted as unpinned, which an operator can see.
            return Optional.empty();
        }
    }

    private Loan ordinary(int bytes) {
        unpinned.incrementAndGet();
        ordinary.incrementAndGet();
        var arena = Arena.ofShared();
        var memory = new SizedPool.Loan<>(arena.allocate(bytes, ALIGNMENT_BYTES).asByteBuffer(), () -> {
            ordinary.decrementAndGet();
            arena.close();
        });
        return new Loan(memory.memory(), bytes, memory);
    }

    /** Returns how many buffers are lent now. */
    public long lent() {
        return pool.lent() + ordinary.get();
    }

    /** Returns how many loans so far were of ordinary memory. */
    public long unpinned() {
        return unpinned.get();
    }

    /** Returns the bytes that are page-locked, lent or idle. */
    public long pinnedBytes() {
        return pool.bytes();
    }

    /** Frees what is idle; what is lent is freed as it comes back. */
    @Override
    public void close() {
        pool.close();
    }
}
