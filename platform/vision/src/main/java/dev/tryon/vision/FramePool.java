package dev.tryon.vision;

import dev.tryon.spi.Frame;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Frames' memory, used again and again.
 *
 * <p>What is idle is bounded by count and by bytes; what is over is given back to the system at once, without waiting
 * for a garbage collector. What is lent is bounded by those who borrow, and counted.
 *
 * <p>Thread-safe.
 */
final class FramePool implements AutoCloseable {
    private static final int MOST_IDLE = 64;
    private static final long MOST_IDLE_BYTES = 128L << 20;
    private static final int ALIGNMENT_BYTES = 64;

    private final List<Block> idle = new ArrayList<>();
    private final AtomicLong lent = new AtomicLong();
    private long idleBytes;
    private boolean closed;

    private record Block(Arena arena, ByteBuffer bytes) {
        static Block of(long size) {
            var arena = Arena.ofShared();
            return new Block(arena, arena.allocate(size, ALIGNMENT_BYTES).asByteBuffer());
        }

        int size() {
            return bytes.capacity();
        }
    }

    /** Returns a frame of undefined pixels, without gaps between its rows. */
    Frame lend(int width, int height) {
        var strideBytes = Math.multiplyExact(Frame.CHANNELS, width);
        var size = Math.multiplyExact(strideBytes, height);
        var block = takeIdle(size).orElseGet(() -> Block.of(size));
        lent.incrementAndGet();
        return new Frame(width, height, strideBytes, block.bytes(), () -> takeBack(block));
    }

    /** Returns how many frames are lent. */
    long lent() {
        return lent.get();
    }

    /** Takes the smallest idle block that is large enough and not twice too large. */
    private synchronized Optional<Block> takeIdle(int size) {
        var found = idle.stream()
                .filter(block -> block.size() >= size && block.size() / 2 <= size)
                .min(Comparator.comparingInt(Block::size));
        found.ifPresent(block -> {
            idle.remove(block);
            idleBytes -= block.size();
        });
        return found;
    }

    private void takeBack(Block block) {
        lent.decrementAndGet();
        if (!keep(block)) {
            block.arena().close();
        }
    }

    private synchronized boolean keep(Block block) {
        if (closed || idle.size() >= MOST_IDLE || idleBytes + block.size() > MOST_IDLE_BYTES) {
            return false;
        }
        idleBytes += block.size();
        return idle.add(block);
    }

    /** Frees what is idle; what is lent is freed as it comes back. */
    @Override
    public synchronized void close() {
        closed = true;
        idle.forEach(block -> block.arena().close());
        idle.clear();
        idleBytes = 0;
    }
}
