package dev.tryon.server;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that bodies of requests may fill together before anything bounds them by owner.
 *
 * <p>A body counts as it arrives, so that whoever says much and sends little holds little. What would be too much is
 * refused at once. Thread-safe.
 */
final class BodyMemory {
    /** A body is there twice while it is put together. */
    private static final int COPIES = 2;

    private static final Duration RETRY = Duration.ofSeconds(1);

    private final long most;
    private final AtomicLong held = new AtomicLong();

    /** Makes it. @param most bytes of memory */
    BodyMemory(long most) {
        this.most = most;
    }

    /** Begins to count a body. */
    Share share() {
        return new Share();
    }

    /**
     * Begins to count a body, and what is made of it, before anything has come.
     *
     * @param ahead bytes of memory; only what the body needs beyond them is counted as it comes
     * @throws Refusal if there is no room
     */
    Share share(long ahead) {
        var share = new Share();
        try {
            share.count(ahead);
        } catch (Refusal refusal) {
            share.close();
            throw refusal;
        }
        share.ahead = ahead;
        return share;
    }

    /** What one body holds, until it is closed. Not thread-safe. */
    final class Share implements AutoCloseable {
        private long bytes;
        private long ahead;

        /** Returns a stream that is counted as it is read; it throws {@link Refusal} when there is no room. */
        InputStream counted(InputStream body) {
            return new FilterInputStream(body) {
                @Override
                public int read() throws IOException {
                    var read = super.read();
                    take(read < 0 ? 0 : 1);
                    return read;
                }

                @Override
                public int read(byte[] target, int offset, int length) throws IOException {
                    var read = super.read(target, offset, length);
                    take(Math.max(0, read));
                    return read;
                }
            };
        }

        private void take(int read) {
            var more = (long) read * COPIES;
            var known = Math.min(ahead, more);
            ahead -= known;
            count(more - known);
        }

        private void count(long more) {
            bytes += more;
            if (held.addAndGet(more) > most) {
                throw Problem.busy(RETRY).refusal();
            }
        }

        /** Gives back what is above so many bytes, once the body is read and nothing of it is needed any more. */
        void keepOnly(long needed) {
            var less = Math.max(0, bytes - needed);
            bytes -= less;
            ahead = 0;
            held.addAndGet(-less);
        }

        @Override
        public void close() {
            held.addAndGet(-bytes);
            bytes = 0;
        }
    }
}
