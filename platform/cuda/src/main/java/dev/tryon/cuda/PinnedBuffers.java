package dev.tryon.cuda;

import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Page-locked memory of the host to copy through, used again and again: from such memory a device copies by itself and at
 * the full speed of its bus.
 *
 * <p>Sizes are rounded up to powers of two. All of it together is bounded, since what is page-locked is lost to the rest of
 * the machine; what is asked for beyond the bound, or refused by the driver, is ordinary memory, which works the same
 * and is slower. What is lent is counted. Thread-safe.
 */
public final class PinnedBuffers implements AutoCloseable {
    private static final int LEAST_BYTES = 1 << 16;

    private final Driver.Context context;
    private final long mostBytes;
    private final Map<Integer, Deque<Driver.HostMemory>> idle = new TreeMap<>();
    private final AtomicLong lent = new AtomicLong();
    private final AtomicLong unpinned = new AtomicLong();
    private long pinnedBytes;
    private boolean closed;

    PinnedBuffers(Driver.Context context, long mostBytes) {
        this.context = context;
        this.mostBytes = mostBytes;
    }

    /** Memory that is lent; closing it, once or more often, gives it back, when no copy from or to it is under way. */
    public static final class Loan implements AutoCloseable {
        private final ByteBuffer bytes;
        private final Runnable giveBack;
        private final AtomicBoolean returned = new AtomicBoolean();

        private Loan(ByteBuffer bytes, Runnable giveBack) {
            this.bytes = bytes;
            this.giveBack = giveBack;
        }

        /** Returns a direct buffer in native order of the size that was asked for, its content undefined. */
        public ByteBuffer bytes() {
            return bytes;
        }

        @Override
        public void close() {
            if (returned.compareAndSet(false, true)) {
                giveBack.run();
            }
        }
    }

    /** Lends memory. @param bytes at least 1 */
    public Loan lend(int bytes) {
        var room = Math.max(LEAST_BYTES, Math.toIntExact(Long.highestOneBit(2L * bytes - 1)));
        var memory = take(room);
        lent.incrementAndGet();
        return new Loan(memory.bytes().slice(0, bytes).order(ByteOrder.nativeOrder()), () -> {
            lent.decrementAndGet();
            memory.free().run();
        });
    }

    private Driver.HostMemory take(int room) {
        synchronized (this) {
            if (closed) {
                throw new IllegalStateException("the device is closed");
            }
            var held = idle.computeIfAbsent(room, size -> new ArrayDeque<>()).poll();
            if (held != null) {
                return lending(room, held);
            }
            if (pinnedBytes + room > mostBytes) {
                return ordinary(room);
            }
            pinnedBytes += room;
        }
        try {
            return lending(room, context.allocateHost(room));
        } catch (CudaFailure refused) {
            synchronized (this) {
                pinnedBytes -= room;
            }
            return ordinary(room);
        }
    }

    private Driver.HostMemory lending(int room, Driver.HostMemory memory) {
        return new Driver.HostMemory(memory.bytes(), () -> takeBack(room, memory));
    }

    private Driver.HostMemory ordinary(int room) {
        unpinned.incrementAndGet();
        var arena = Arena.ofShared();
        return new Driver.HostMemory(arena.allocate(room, 64).asByteBuffer(), arena::close);
    }

    private void takeBack(int room, Driver.HostMemory memory) {
        synchronized (this) {
            if (!closed) {
                idle.computeIfAbsent(room, size -> new ArrayDeque<>()).push(memory);
                return;
            }
            pinnedBytes -= room;
        }
        memory.free().run();
    }

    /** Returns how many buffers are lent now. */
    public long lent() {
        return lent.get();
    }

    /** Returns how many loans so far were of ordinary memory. */
    public long unpinned() {
        return unpinned.get();
    }

    /** Returns the bytes that are page-locked, lent or idle. */
    public synchronized long pinnedBytes() {
        return pinnedBytes;
    }

    /** Frees what is idle; what is lent is freed as it comes back. */
    @Override
    public synchronized void close() {
        closed = true;
        idle.forEach((room, held) -> held.forEach(memory -> {
            pinnedBytes -= room;
            memory.free().run();
        }));
        idle.clear();
    }
}
