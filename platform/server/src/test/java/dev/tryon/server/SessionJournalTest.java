package dev.tryon.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tryon.store.Records;
import dev.tryon.store.Session;
import dev.tryon.store.Session.Status;
import dev.tryon.store.Store;
import dev.tryon.store.StoreException;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionJournalTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    private final Store store = Store.inMemory(() -> NOW, new Store.Limits("node", 1, 1));
    private final Balky records = new Balky(store.sessions());
    private final SessionJournal journal = new SessionJournal(records);

    @AfterEach
    void end() {
        records.isDown = false;
        records.replaces.release(1000);
        journal.close();
        store.close();
    }

    private static Session session(String node, Status status) {
        return new Session(
                UUID.randomUUID(),
                "ann",
                "square",
                node,
                status,
                JsonValue.EMPTY_JSON_OBJECT,
                JsonValue.EMPTY_JSON_OBJECT,
                NOW,
                NOW,
                NOW.plusSeconds(1800),
                0);
    }

    private static JsonObject served(int frames) {
        return Json.createObjectBuilder().add("served", frames).build();
    }

    private static Session with(Session session, Status status, int frames) {
        return session.changed(status, session.look(), served(frames), NOW, NOW.plusSeconds(1800));
    }

    private Session stored(Session session) {
        return store.sessions().find(session.key()).orElseThrow();
    }

    @Test
    void hasWrittenANewSessionOnReturn() {
        var session = session("node", Status.INITIALIZING);

        assertThat(journal.begin(session)).isTrue();

        assertThat(stored(session)).isEqualTo(session);
        assertThat(journal.begin(session)).isFalse();
    }

    @Test
    void doesNotBringBackWhatAnotherNodeEnded() {
        records.replaces.release(1000);
        var session = session("node", Status.ACTIVE);
        journal.begin(session);
        assertThat(journal.isOver(session.id())).isFalse();
        store.sessions().update(session.key(), live -> with(live, Status.COMPLETED, 3));

        journal.note(with(session, Status.PAUSED, 4));
        TestServer.until(() -> journal.waiting() == 0);

        assertThat(journal.isOver(session.id())).isTrue();
        assertThat(stored(session).standing()).isEqualTo(Status.COMPLETED);
        journal.note(with(session, Status.COMPLETED, 5));
        TestServer.until(() -> stored(session).statistics().equals(served(5)));
        store.sessions().remove(session.key());
        assertThat(journal.isOver(session.id())).isTrue();
    }

    @Test
    void writesTheNewestStateAndPassesOverOlderOnes() {
        var first = session("node", Status.INITIALIZING);
        var second = session("node", Status.INITIALIZING);
        journal.begin(first);
        journal.begin(second);

        // The writer is held at the first session while the second changes ten times.
        journal.note(with(first, Status.ACTIVE, 1));
        TestServer.until(() -> records.replacing.get() == 1);
        for (int frames = 1; frames <= 10; frames++) {
            journal.note(with(second, Status.ACTIVE, frames));
        }
        assertThat(journal.waiting()).isEqualTo(2);
        records.replaces.release(1000);

        TestServer.until(() -> journal.waiting() == 0);
        assertThat(stored(second).statistics()).isEqualTo(served(10));
        assertThat(stored(second).version()).isEqualTo(1);
    }

    @Test
    void triesAgainWhenTheStoreWasAway() {
        var session = session("node", Status.INITIALIZING);
        journal.begin(session);
        records.replaces.release(1000);
        records.isDown = true;

        journal.note(with(session, Status.ACTIVE, 1));
        TestServer.until(() -> records.refused.get() >= 1);
        journal.note(with(session, Status.PAUSED, 2));
        records.isDown = false;

        TestServer.until(() -> stored(session).standing() == Status.PAUSED);
        assertThat(stored(session).statistics()).isEqualTo(served(2));
    }

    @Test
    void writesWhatWaitsWhenItEnds() {
        var session = session("node", Status.INITIALIZING);
        journal.begin(session);
        records.replaces.release(1000);

        journal.note(with(session, Status.COMPLETED, 7));
        journal.close();

        assertThat(stored(session).standing()).isEqualTo(Status.COMPLETED);
        journal.note(with(session, Status.ACTIVE, 8));
        assertThat(journal.waiting()).isZero();
    }

    @Test
    void endsEvenWhileTheStoreIsAway() {
        var session = session("node", Status.INITIALIZING);
        journal.begin(session);
        records.isDown = true;

        journal.note(with(session, Status.COMPLETED, 7));
        journal.close();

        assertThat(stored(session).standing()).isEqualTo(Status.INITIALIZING);
    }

    @Test
    void doesNotBringBackWhatWasErased() {
        var session = session("node", Status.INITIALIZING);
        journal.begin(session);
        store.sessions().remove(session.key());
        records.replaces.release(1000);

        journal.note(with(session, Status.COMPLETED, 1));
        TestServer.until(() -> journal.waiting() == 0);

        assertThat(store.sessions().find(session.key())).isEmpty();
    }

    @Test
    void dropsTheOldestNotesBeyondItsBound() {
        for (int number = 0; number < SessionJournal.MOST + 100; number++) {
            journal.note(session("node", Status.ACTIVE));
        }

        assertThat(journal.waiting()).isLessThanOrEqualTo(SessionJournal.MOST + 1);
    }

    @Test
    void finishesWhatAnEarlierRunOfThisNodeLeftBehind() {
        var served = session("node", Status.ACTIVE);
        var paused = session("node", Status.PAUSED);
        var unused = session("node", Status.INITIALIZING);
        var done = session("node", Status.COMPLETED);
        var elsewhere = session("other", Status.ACTIVE);
        List.of(served, paused, unused, done, elsewhere).forEach(journal::begin);
        records.replaces.release(1000);

        assertThat(journal.finishLeftBehind("node", NOW.plusSeconds(60), Duration.ofHours(1)))
                .isEqualTo(3);

        assertThat(stored(served).standing()).isEqualTo(Status.ERROR);
        assertThat(stored(paused).standing()).isEqualTo(Status.ERROR);
        assertThat(stored(unused).standing()).isEqualTo(Status.COMPLETED);
        assertThat(stored(served).expiresAt()).isEqualTo(NOW.plusSeconds(3660));
        assertThat(stored(done)).isEqualTo(done);
        assertThat(stored(elsewhere)).isEqualTo(elsewhere);
    }

    /** Sessions in a store that is slow, or away, when a test says so. */
    private static final class Balky extends ForwardingRecords<Session> {
        private final Semaphore replaces = new Semaphore(0);
        private final AtomicInteger replacing = new AtomicInteger();
        private final AtomicInteger refused = new AtomicInteger();
        private volatile boolean isDown;

        Balky(Records<Session> records) {
            super(records);
        }

        private void requireUp() {
            if (isDown) {
                refused.incrementAndGet();
                throw new StoreException("away, as asked for");
            }
        }

        @Override
        public boolean insert(Session entry) {
            requireUp();
            return super.insert(entry);
        }

        @Override
        public Optional<Session> find(String key) {
            requireUp();
            return super.find(key);
        }

        @Override
        public boolean replace(Session entry) {
            replacing.incrementAndGet();
            replaces.acquireUninterruptibly();
            requireUp();
            return super.replace(entry);
        }
    }
}
