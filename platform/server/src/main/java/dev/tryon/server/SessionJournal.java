package dev.tryon.server;

import dev.tryon.store.Filter;
import dev.tryon.store.Position;
import dev.tryon.store.Records;
import dev.tryon.store.Session;
import dev.tryon.store.Session.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes into the store how this node's sessions stand, so that nobody who serves them waits for a database.
 *
 * <p>Model. A new session is written before it is acknowledged ({@link #begin}). What changes later is noted, and written by
 * one thread: the newest state of a session takes the place of an unwritten older one. While the store cannot be used,
 * notes wait and writing is tried again. What was erased meanwhile is not written again.
 *
 * <p>Invariants. At most one note a session waits, and at most {@link #MOST} of them, live sessions' and those that ended
 * while the store was away. Beyond that the oldest note is dropped: its session stands as it was written last, until it
 * changes again or the next start finishes it.
 *
 * <p>Thread-safe; {@link #note} never waits, everything else asks the store.
 */
final class SessionJournal implements AutoCloseable {
    /** Notes that wait at most. */
    static final int MOST = 10_000;

    private static final int PAGE = 200;
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration LAST_WRITES = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(SessionJournal.class);

    private final Records<Session> records;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<UUID, Session> unwritten = new LinkedHashMap<>();
    private final Thread writer;
    private @Nullable Session inHand;
    private boolean closed;

    /** Starts the thread that writes. */
    SessionJournal(Records<Session> records) {
        this.records = records;
        this.writer = Thread.ofVirtual().name("session-journal").start(this::write);
    }

    /**
     * Finishes what an earlier run of a node left behind: what was in use failed with it, what nobody used is just over.
     *
     * @param node whose sessions these are
     * @param now until when nothing of this run is live
     * @param kept how long an ended session is told of
     * @return how many there were
     */
    int finishLeftBehind(String node, Instant now, Duration kept) {
        int finished = 0;
        var place = Optional.<Position>empty();
        var live = Filter.all().status(Words.of(Status.INITIALIZING), Words.of(Status.ACTIVE), Words.of(Status.PAUSED));
        while (true) {
            var page = records.list(live, place, PAGE);
            for (var session : page) {
                if (session.node().equals(node)) {
                    records.update(session.key(), left -> ended(left, now, now.plus(kept)));
                    finished++;
                }
            }
            if (page.size() < PAGE) {
                return finished;
            }
            place = Optional.of(Position.after(page.getLast()));
        }
    }

    private static Session ended(Session left, Instant now, Instant expiresAt) {
        if (left.standing().isOver()) {
            return left;
        }
        var standing = left.standing() == Status.INITIALIZING ? Status.COMPLETED : Status.ERROR;
        return left.changed(standing, left.look(), left.statistics(), now, expiresAt);
    }

    /** Writes a new session; it is durable on return. @return whether its id was free */
    boolean begin(Session session) {
        return records.insert(session);
    }

    /** Returns how a session stands or stood, whoever's it is and whatever node has it: written or about to be. */
    Optional<Session> find(UUID id) {
        return noted(id).or(() -> records.find(id.toString()));
    }

    /** Lists sessions as they stand, written or about to be. @see Records#list */
    List<Session> list(Filter filter, Optional<Position> after, int limit) {
        return records.list(filter, after, limit).stream()
                .map(written -> noted(written.id()).orElse(written))
                .toList();
    }

    /** Ends a session that another node has, or had. @return whether it was not over */
    boolean end(UUID id, String owner, Instant now, Duration kept) {
        var live = find(id).filter(session ->
                session.owner().equals(owner) && !session.standing().isOver() && now.isBefore(session.expiresAt()));
        live.ifPresent(session -> records.update(
                session.key(), written -> written.standing().isOver() ? written : completed(written, now, kept)));
        return live.isPresent();
    }

    private static Session completed(Session session, Instant now, Duration kept) {
        return session.changed(Status.COMPLETED, session.look(), session.statistics(), now, now.plus(kept));
    }

    /** Returns whether the store says that a session is over, or has nothing of it any more. */
    boolean isOver(UUID id) {
        return records.find(id.toString())
                .map(session -> session.standing().isOver())
                .orElse(true);
    }

    private Optional<Session> noted(UUID id) {
        lock.lock();
        try {
            return Optional.ofNullable(unwritten.get(id)).or(() -> Optional.ofNullable(inHand)
                    .filter(session -> session.id().equals(id)));
        } finally {
            lock.unlock();
        }
    }

    /** Takes a session's newest state, to be written soon. */
    void note(Session newest) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            unwritten.put(newest.id(), newest);
            if (unwritten.size() > MOST) {
                var oldest = unwritten.keySet().iterator();
                LOG.warn("too many sessions are unwritten: session {} is not", oldest.next());
                oldest.remove();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns how many notes wait. */
    int waiting() {
        lock.lock();
        try {
            return unwritten.size() + (inHand == null ? 0 : 1);
        } finally {
            lock.unlock();
        }
    }

    private void write() {
        for (var next = take(); next.isPresent(); next = take()) {
            try {
                write(next.get());
                written();
            } catch (RuntimeException failure) {
                // Whatever a store throws, the next state must still be written.
                LOG.warn("session {} cannot be written just now", next.get().id(), failure);
                if (!putBack(next.get())) {
                    return;
                }
            }
        }
    }

    /** What another node has ended stays so. */
    private void write(Session newest) {
        records.update(
                newest.key(),
                written -> written.standing().isOver() && !newest.standing().isOver()
                        ? written
                        : newest.withVersion(written.version()));
    }

    private Optional<Session> take() {
        lock.lock();
        try {
            while (unwritten.isEmpty()) {
                if (closed) {
                    return Optional.empty();
                }
                changed.awaitUninterruptibly();
            }
            var first = unwritten.values().iterator();
            var next = first.next();
            first.remove();
            inHand = next;
            return Optional.of(next);
        } finally {
            lock.unlock();
        }
    }

    private void written() {
        lock.lock();
        try {
            inHand = null;
        } finally {
            lock.unlock();
        }
    }

    /** Lets a state wait again, unless there is a newer one, and pauses. @return whether to go on */
    private boolean putBack(Session unwrittenYet) {
        lock.lock();
        try {
            inHand = null;
            unwritten.putIfAbsent(unwrittenYet.id(), unwrittenYet);
            var left = RETRY.toNanos();
            while (!closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            return !closed;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Writes what waits, once, and ends. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            if (!writer.join(LAST_WRITES) || waiting() > 0) {
                LOG.warn("{} sessions were not written; the next start finishes them", waiting());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
