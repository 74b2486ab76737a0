package dev.tryon.server;

import io.helidon.common.buffers.BufferData;
import io.helidon.websocket.WsSession;
import jakarta.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The one writer of a connection: everything that the client is told goes through its queue and is sent by its thread.
 *
 * <p>Model. A queue of small messages, and one place for a live answer (a picture or an overlay). A newer live answer
 * takes the place of an unsent older one, which the caller then reports as skipped: a slow client sees the present. Workers
 * never wait here. The reader of the same connection does, in {@link #awaitRoom}, when the queue is long: a client that
 * does not read is not read from, and the bound holds.
 *
 * <p>Invariants. At most {@link #ROOM} small messages that the reader caused wait, plus the few that workers and the
 * heartbeat add; at most one live answer waits. After a close nothing is sent.
 *
 * <p>Thread-safe.
 */
final class AnswerWriter {
    private static final int ROOM = 256;

    private final WsSession socket;
    private final LongSupplier nanoClock;
    private final Runnable lost;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<Outgoing> queue = new ArrayDeque<>();
    private @Nullable LiveAnswer live;
    private boolean closed;
    private long sendingSince;
    private boolean sending;

    /** What waits to be sent. */
    private sealed interface Outgoing {
        record Text(String json) implements Outgoing {}

        /** The live answer's turn, whichever it is by then. */
        record Live() implements Outgoing {}

        record Ping() implements Outgoing {}

        record Pong(BufferData data) implements Outgoing {}

        record Close(int code, String reason) implements Outgoing {}
    }

    /**
     * A picture or an overlay.
     *
     * @param sequence of the frame that it answers
     * @param message the whole binary message
     * @param sent called after it was written
     * @param lost called instead if it never can be
     */
    record LiveAnswer(long sequence, BufferData message, Runnable sent, Runnable lost) {}

    /**
     * Makes a writer and starts its virtual thread.
     *
     * @param lost called once if the connection turns out to be gone
     */
    AnswerWriter(WsSession socket, LongSupplier nanoClock, Runnable lost) {
        this.socket = socket;
        this.nanoClock = nanoClock;
        this.lost = lost;
    }

    void start() {
        Thread.ofVirtual().name("answers").start(this::write);
    }

    /** Sends a small message; never waits. */
    void text(JsonObject message) {
        add(new Outgoing.Text(message.toString()));
    }

    /**
     * Sends a live answer; never waits.
     *
     * @return the sequence of the unsent answer whose place it took
     */
    OptionalLong live(LiveAnswer answer) {
        lock.lock();
        try {
            if (closed) {
                answer.lost().run();
                return OptionalLong.empty();
            }
            var replaced = live;
            live = answer;
            if (replaced != null) {
                return OptionalLong.of(replaced.sequence());
            }
            queue.add(new Outgoing.Live());
            changed.signalAll();
            return OptionalLong.empty();
        } finally {
            lock.unlock();
        }
    }

    void ping() {
        add(new Outgoing.Ping());
    }

    void pong(BufferData data) {
        add(new Outgoing.Pong(data));
    }

    /** Sends what waits, then closes; nothing is taken afterwards. */
    void close(int code, String reason) {
        lock.lock();
        try {
            add(new Outgoing.Close(code, reason));
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    /** Drops what waits and ends the thread: the connection is gone. */
    void abandon() {
        lock.lock();
        try {
            closed = true;
            queue.clear();
            takeLive().ifPresent(answer -> answer.lost().run());
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the queue is short again, or the connection is over. For the reader of the same connection. */
    void awaitRoom() {
        lock.lock();
        try {
            while (queue.size() >= ROOM && !closed) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns how long the send under way has taken: a client that does not read shows here. */
    long sendingNanos() {
        lock.lock();
        try {
            return sending ? nanoClock.getAsLong() - sendingSince : 0;
        } finally {
            lock.unlock();
        }
    }

    private void add(Outgoing outgoing) {
        lock.lock();
        try {
            if (!closed) {
                queue.add(outgoing);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void write() {
        try {
            for (var next = next(); next.isPresent(); next = next()) {
                if (!send(next.get())) {
                    return;
                }
            }
        } catch (RuntimeException _) {
            // The socket is gone; what is lost with it is in the statistics of the session.
            abandon();
            lost.run();
        }
    }

    /** Returns whether there is anything to send after this. */
    private boolean send(Outgoing outgoing) {
        switch (outgoing) {
            case Outgoing.Text(var json) -> socket.send(json, true);
            case Outgoing.Live _ -> takeLive().ifPresent(this::send);
            case Outgoing.Ping _ -> socket.ping(BufferData.empty());
            case Outgoing.Pong(var data) -> socket.pong(data);
            case Outgoing.Close(var code, var reason) -> {
                socket.close(code, reason);
                abandon();
                return false;
            }
        }
        return true;
    }

    private void send(LiveAnswer answer) {
        var written = false;
        try {
            socket.send(answer.message(), true);
            written = true;
        } finally {
            if (!written) {
                answer.lost().run();
            }
        }
        answer.sent().run();
    }

    private Optional<LiveAnswer> takeLive() {
        lock.lock();
        try {
            var taken = Optional.ofNullable(live);
            live = null;
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private Optional<Outgoing> next() {
        lock.lock();
        try {
            sending = false;
            while (queue.isEmpty()) {
                if (closed) {
                    return Optional.empty();
                }
                changed.awaitUninterruptibly();
            }
            var next = queue.remove();
            changed.signalAll();
            sending = true;
            sendingSince = nanoClock.getAsLong();
            return Optional.of(next);
        } finally {
            lock.unlock();
        }
    }
}
