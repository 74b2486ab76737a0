package dev.tryon.server;

import dev.tryon.compute.Drop;
import dev.tryon.compute.LiveService;
import dev.tryon.compute.Seat;
import dev.tryon.server.LiveSession.Beginning;
import dev.tryon.server.LiveSession.LivePlatform;
import dev.tryon.spi.LiveEngine;
import dev.tryon.spi.LiveTryOn;
import dev.tryon.store.Session;
import dev.tryon.store.Session.Status;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's live sessions: who has one, which connection serves it, and when it is over.
 *
 * <p>Model. A session waits for its first connection, is connected, is interrupted for at most the grace time, and ends.
 * The latest connection wins. A session is durable before it is acknowledged; how it stands later is noted in the journal,
 * so that nothing here waits for the store under the lock. What ends is closed outside of the lock, since that waits for a
 * worker, and never by the sweeper, since an engine may hang.
 *
 * <p>Invariants. A session has at most one connection. Sessions being opened and being closed count against the bounds,
 * so no more threads close than sessions are allowed. Nothing is live after {@link #endAll}.
 *
 * <p>Thread-safe.
 */
final class LiveSessions {
    private static final Duration RETRY = Duration.ofSeconds(5);
    /** For so long after its last frame the device counts on a session's next. */
    private static final long COUNTED_NANOS = Duration.ofSeconds(5).toNanos();

    private static final Duration LAST_CLOSES = Duration.ofSeconds(10);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(LiveSessions.class);

    private final ServerSettings.Sessions settings;
    private final LivePlatform platform;
    private final PixelThreads pixels;
    private final SessionJournal journal;
    private final Secrets secrets;
    private final String node;
    private final ExecutorService closers = Executors.newThreadPerTaskExecutor(
            Thread.ofPlatform().name("session-closer").daemon().factory());
    private final Map<UUID, LivePlace> places = new HashMap<>();
    private final Map<String, Integer> perOwner = new HashMap<>();
    private int count;
    private boolean draining;

    /** @param node the name of this process among those that share the store */
    LiveSessions(
            ServerSettings.Sessions settings,
            LivePlatform platform,
            PixelThreads pixels,
            SessionJournal journal,
            Secrets secrets,
            String node) {
        this.settings = settings;
        this.platform = platform;
        this.pixels = pixels;
        this.journal = journal;
        this.secrets = secrets;
        this.node = node;
    }

    /** What holds a part of the device for a session that is being opened. */
    private enum Opening implements LiveService {
        SERVICE;

        @Override
        public boolean serve() {
            throw new IllegalStateException("a session that is being opened has no frames");
        }

        @Override
        public void drop(Drop reason) {
            throw new IllegalStateException("a session that is being opened has no frames");
        }
    }

    /** A session and its record. */
    record Created(LiveSession session, Session record) {}

    /**
     * Makes a session, unless this owner has a live one with the same id; it is durable on return.
     *
     * @throws Refusal if there is no room, or the device could not serve one more often enough, or the session with this id is over
     * @throws dev.tryon.spi.TryOnException if the look cannot be worn
     * @throws dev.tryon.store.StoreException if the store cannot be used just now
     */
    Created create(UUID id, String owner, LoadedEngine.Ready engine, ChosenLook look, Quality quality, Output output) {
        var there = live(id, owner);
        if (there.isPresent()) {
            return there.get();
        }
        var part = reserve(owner, engine.id());
        try (part) {
            return begin(new Beginning(id, owner, engine, look, quality, output), part);
        } catch (RuntimeException | Error failure) {
            release(owner);
            throw failure;
        }
    }

    private synchronized Optional<Created> live(UUID id, String owner) {
        return Optional.ofNullable(places.get(id))
                .filter(place -> place.session().owner().equals(owner))
                .map(place -> new Created(place.session(), place.record()));
    }

    /** @param part of the device, which counts until the session counts itself */
    private Created begin(Beginning beginning, Seat part) {
        var resumeToken = secrets.derive("resume", beginning.id().toString());
        var session = new LiveSession(beginning, resumeToken, open(beginning.engine(), beginning.look()), platform);
        part.close();
        try {
            var record = fresh(beginning);
            if (!journal.begin(record)) {
                throw Problem.of(ProblemType.GONE, "Use a new key for a new session.")
                        .refusal();
            }
            return keep(session, record);
        } catch (RuntimeException | Error failure) {
            session.close();
            throw failure;
        }
    }

    private LiveTryOn open(LoadedEngine.Ready engine, ChosenLook look) {
        if (!(engine.engine() instanceof LiveEngine live)) {
            throw new IllegalStateException("only live engines have sessions");
        }
        var fetched = look.fetch();
        return pixels.call(engine.id(), () -> fetched.handTo(platform.codec(), live::open));
    }

    /** Takes a part of the device at once, or more would be let in while one is being opened. */
    private synchronized Seat reserve(String owner, String engine) {
        if (draining) {
            throw restarting();
        }
        if (count >= settings.max() || perOwner.getOrDefault(owner, 0) >= settings.maxPerOwner()) {
            throw Problem.busy(RETRY).refusal();
        }
        if (!platform.scheduler().admits(engine)) {
            throw Problem.busy(RETRY).refusal();
        }
        var part = platform.scheduler().seat(engine, Opening.SERVICE);
        count++;
        perOwner.merge(owner, 1, Integer::sum);
        return part;
    }

    private static Refusal restarting() {
        return Problem.of(ProblemType.RESTARTING, "Connect again in a few seconds.")
                .refusal();
    }

    private synchronized void release(String owner) {
        count--;
        perOwner.computeIfPresent(owner, (_, held) -> held == 1 ? null : held - 1);
    }

    private Session fresh(Beginning beginning) {
        var now = platform.clocks().now();
        return new Session(
                beginning.id(),
                beginning.owner(),
                beginning.engine().id(),
                node,
                Status.INITIALIZING,
                beginning.look().toJson().build(),
                JsonValue.EMPTY_JSON_OBJECT,
                now,
                now,
                now.plus(settings.lifetime()),
                0);
    }

    private synchronized Created keep(LiveSession session, Session record) {
        var place = new LivePlace(settings, platform.clocks(), journal, session, record);
        if (draining) {
            place.end();
            throw restarting();
        }
        places.put(session.id(), place);
        return new Created(session, record);
    }

    /** Returns a session that is not over. */
    synchronized Optional<LiveSession> find(UUID id) {
        return Optional.ofNullable(places.get(id)).map(place -> place.session());
    }

    /** Returns how a session that is not over stands just now. */
    synchronized Optional<Session> standing(UUID id) {
        var place = Optional.ofNullable(places.get(id));
        place.ifPresent(LivePlace::refresh);
        return place.map(found -> found.record());
    }

    /** Lets a connection serve a session; the one before is closed. @return why it may not */
    Optional<CloseReason> attach(LiveSession session, LiveConnection connection) {
        Optional<LiveConnection> before;
        synchronized (this) {
            var place = places.get(session.id());
            if (place == null) {
                return Optional.of(CloseReason.NO_SUCH_SESSION);
            }
            if (!mayGoOn(place)) {
                return Optional.of(CloseReason.OVERLOADED);
            }
            before = place.connection();
            place.connect(Optional.of(connection));
        }
        before.filter(other -> !other.equals(connection)).ifPresent(other -> other.close(CloseReason.SUPERSEDED));
        return Optional.empty();
    }

    /** A session that comes back after a while is one more for the device, which has shared its part among the others. */
    private boolean mayGoOn(LivePlace place) {
        var session = place.session();
        return !place.isInterrupted()
                || platform.clocks().nanos() - session.lastFrameNanos() < COUNTED_NANOS
                || platform.scheduler().takesBack(session.engine().id());
    }

    /** Notes that a connection is lost; if it served the session, the grace time begins. */
    synchronized void detach(LiveSession session, LiveConnection connection) {
        var place = places.get(session.id());
        if (place != null && place.connection().filter(connection::equals).isPresent()) {
            place.connect(Optional.empty());
        }
    }

    /** Ends a session of this owner's; another node that has it notices soon. @return whether there was one */
    boolean end(UUID id, String owner) {
        return end(session -> session.id().equals(id) && session.owner().equals(owner)) > 0
                || journal.end(id, owner, platform.clocks().now(), settings.kept());
    }

    /** Ends all sessions of a subject. @return how many there were */
    int endAllOf(String owner) {
        return end(session -> session.owner().equals(owner));
    }

    private int end(Predicate<LiveSession> which) {
        var over = removeAll(place -> which.test(place.session()));
        var open = new CountDownLatch(over.size());
        over.forEach(place -> closers.execute(() -> {
            try {
                close(place, CloseReason.ENDED);
            } finally {
                open.countDown();
            }
        }));
        awaitAWhile(open);
        return over.size();
    }

    /** Whoever ends a session finds its place free, but an engine that hangs must not keep them. */
    private static void awaitAWhile(CountDownLatch open) {
        try {
            if (!open.await(CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("{} ended sessions are still closing", open.getCount());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends what was ended by way of another node, or erased. Asks the store, once for each session. */
    void endWhatIsOverElsewhere() {
        for (var id : ids()) {
            if (journal.isOver(id)) {
                removeAll(place -> place.session().id().equals(id))
                        .forEach(place -> closers.execute(() -> close(place, CloseReason.ENDED)));
            }
        }
    }

    private synchronized List<UUID> ids() {
        return List.copyOf(places.keySet());
    }

    private synchronized List<LivePlace> removeAll(Predicate<LivePlace> which) {
        var over = places.values().stream().filter(which).toList();
        over.forEach(this::remove);
        return over;
    }

    /** Ends what waited, was interrupted or was still for too long, and notes how the others stand. Never waits. */
    void sweep() {
        List<LivePlace> over = new ArrayList<>();
        synchronized (this) {
            for (var place : List.copyOf(places.values())) {
                if (place.isOver()) {
                    remove(place);
                    over.add(place);
                } else {
                    place.refresh();
                }
            }
        }
        over.forEach(place -> closers.execute(() -> close(place, CloseReason.NO_SUCH_SESSION)));
    }

    private void remove(LivePlace place) {
        place.end();
        places.remove(place.session().id());
    }

    private void close(LivePlace place, CloseReason reason) {
        try {
            place.connection().ifPresent(connection -> connection.close(reason));
            place.session().close();
        } finally {
            synchronized (this) {
                place.end();
            }
            release(place.session().owner());
        }
    }

    /** Refuses new sessions from now on. */
    synchronized void drain() {
        draining = true;
    }

    synchronized boolean isDraining() {
        return draining;
    }

    /** Ends all sessions, and waits until they are closed, but not for ever; their connections must be closed. */
    void endAll() {
        List<LivePlace> all;
        synchronized (this) {
            draining = true;
            all = List.copyOf(places.values());
            all.forEach(this::remove);
        }
        all.forEach(place -> closers.execute(() -> close(place, CloseReason.RESTARTING)));
        closers.shutdown();
        try {
            if (!closers.awaitTermination(LAST_CLOSES.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("{} sessions do not close", size());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns the bytes of all pictures that sessions hold on to. */
    synchronized long shownBytes() {
        return places.values().stream()
                .flatMap(place -> place.session().shown().stream())
                .mapToLong(shown -> shown.picture().bytes())
                .sum();
    }

    /** Returns how many sessions are being opened, live or being closed. */
    synchronized int size() {
        return count;
    }
}
