package dev.tryon.server;

import dev.tryon.server.LiveSession.Beginning;
import dev.tryon.server.LiveSession.LivePlatform;
import dev.tryon.spi.LiveEngine;
import dev.tryon.spi.LiveTryOn;
import dev.tryon.store.Session;
import dev.tryon.store.Session.Status;
import dev.tryon.store.Store;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The live sessions: who has one, which connection serves it, and when it is over.
 *
 * <p>Model. A session waits for its first connection, is connected, is interrupted for at most the grace time, and ends.
 * The latest connection wins. What ends is closed outside of the lock, since that waits for a worker.
 *
 * <p>Invariants. A session has at most one connection. Sessions being opened count against the bounds.
 *
 * <p>Thread-safe.
 */
final class LiveSessions {
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final ServerSettings.Sessions settings;
    private final LivePlatform platform;
    private final PixelThreads pixels;
    private final Store store;
    private final Ids ids;
    private final Map<UUID, Place> places = new HashMap<>();
    private final Map<String, Integer> perOwner = new HashMap<>();
    private int count;
    private boolean draining;

    LiveSessions(ServerSettings.Sessions settings, LivePlatform platform, PixelThreads pixels, Store store, Ids ids) {
        this.settings = settings;
        this.platform = platform;
        this.pixels = pixels;
        this.store = store;
        this.ids = ids;
    }

    /** How one session stands; guarded by the lock of all. */
    private static final class Place {
        private final LiveSession session;
        private Session record;
        private @Nullable LiveConnection connection;
        private long sinceNanos;

        Place(LiveSession session, Session record, long sinceNanos) {
            this.session = session;
            this.record = record;
            this.sinceNanos = sinceNanos;
        }
    }

    /** A new session and its record. */
    record Created(LiveSession session, Session record) {}

    /**
     * Makes a session, unless this owner has a live one with the same id.
     *
     * @throws Refusal if there is no room, or the session with this id is over
     * @throws dev.tryon.spi.TryOnException if the look cannot be worn
     */
    Created create(UUID id, String owner, LoadedEngine.Ready engine, ChosenLook look, Quality quality, Output output) {
        var there = created(id, owner);
        if (there.isPresent()) {
            return there.get();
        }
        reserve(owner);
        var kept = false;
        try {
            var tryOn = open(engine, look);
            var created = keep(new Beginning(id, owner, engine, look, quality, output), tryOn);
            kept = true;
            return created;
        } finally {
            if (!kept) {
                release(owner);
            }
        }
    }

    private synchronized Optional<Created> created(UUID id, String owner) {
        return Optional.ofNullable(places.get(id))
                .filter(place -> place.session.owner().equals(owner))
                .map(place -> new Created(place.session, place.record));
    }

    private LiveTryOn open(LoadedEngine.Ready engine, ChosenLook look) {
        if (!(engine.engine() instanceof LiveEngine live)) {
            throw new IllegalStateException("only live engines have sessions");
        }
        return pixels.call(() -> look.handTo(platform.codec(), live::open));
    }

    private synchronized void reserve(String owner) {
        if (draining) {
            throw Problem.of(ProblemType.RESTARTING, "Connect again in a few seconds.")
                    .refusal();
        }
        if (count >= settings.max() || perOwner.getOrDefault(owner, 0) >= settings.maxPerOwner()) {
            throw Problem.busy(RETRY).refusal();
        }
        count++;
        perOwner.merge(owner, 1, Integer::sum);
    }

    private synchronized void release(String owner) {
        count--;
        perOwner.computeIfPresent(owner, (_, held) -> held == 1 ? null : held - 1);
    }

    private synchronized Created keep(Beginning beginning, LiveTryOn tryOn) {
        var now = platform.clocks().now();
        var record = new Session(
                beginning.id(),
                beginning.owner(),
                beginning.engine().id(),
                "node",
                Status.INITIALIZING,
                beginning.look().toJson().build(),
                JsonValue.EMPTY_JSON_OBJECT,
                now,
                now,
                now.plus(settings.lifetime()),
                0);
        if (!store.sessions().insert(record)) {
            tryOn.close();
            throw Problem.of(ProblemType.GONE, "Use a new key for a new session.")
                    .refusal();
        }
        var session = new LiveSession(beginning, ids.secret(), tryOn, platform);
        places.put(session.id(), new Place(session, record, platform.clocks().nanos()));
        return new Created(session, record);
    }

    /** Returns a session that is not over. */
    synchronized Optional<LiveSession> find(UUID id) {
        return Optional.ofNullable(places.get(id)).map(place -> place.session);
    }

    /** Returns a session's record of this owner's, over or not. */
    Optional<Session> record(UUID id, String owner) {
        return store.sessions()
                .find(id.toString())
                .filter(record -> record.owner().equals(owner))
                .filter(record -> platform.clocks().now().isBefore(record.expiresAt()));
    }

    /** Lets a connection serve a session; the one before is closed. @return whether the session is not over */
    boolean attach(LiveSession session, LiveConnection connection) {
        Optional<LiveConnection> before;
        synchronized (this) {
            var place = places.get(session.id());
            if (place == null) {
                return false;
            }
            before = Optional.ofNullable(place.connection);
            place.connection = connection;
            stand(place, Status.ACTIVE);
        }
        before.filter(other -> !other.equals(connection)).ifPresent(other -> other.close(CloseReason.SUPERSEDED));
        return true;
    }

    /** Notes that a connection is lost; if it served the session, the grace time begins. */
    synchronized void detach(LiveSession session, LiveConnection connection) {
        var place = places.get(session.id());
        if (place != null && connection.equals(place.connection)) {
            place.connection = null;
            stand(place, Status.PAUSED);
        }
    }

    private void stand(Place place, Status status) {
        place.sinceNanos = platform.clocks().nanos();
        keep(place, status);
    }

    /** Ends a session of this owner's. @return whether there was one */
    boolean end(UUID id, String owner) {
        Place place;
        synchronized (this) {
            place = places.get(id);
            if (place == null || !place.session.owner().equals(owner)) {
                return false;
            }
            remove(place);
        }
        close(place, CloseReason.ENDED);
        return true;
    }

    /** Ends what waited, was interrupted or was still for too long. */
    void sweep() {
        List<Place> over = new ArrayList<>();
        synchronized (this) {
            for (var place : List.copyOf(places.values())) {
                if (isOver(place)) {
                    remove(place);
                    over.add(place);
                } else if (place.record.standing() == Status.ACTIVE) {
                    renew(place);
                }
            }
        }
        over.forEach(place -> close(place, CloseReason.NO_SUCH_SESSION));
        store.sweep();
    }

    private boolean isOver(Place place) {
        var nanos = platform.clocks().nanos() - place.sinceNanos;
        return switch (place.record.standing()) {
            case INITIALIZING -> nanos >= settings.connectWithin().toNanos();
            case PAUSED -> nanos >= settings.grace().toNanos();
            case ACTIVE ->
                platform.clocks().nanos() - Math.max(place.sinceNanos, place.session.lastFrameNanos())
                        >= settings.lifetime().toNanos();
            case COMPLETED, ERROR -> true;
        };
    }

    /** Keeps the record of a session in use from expiring. */
    private void renew(Place place) {
        var now = platform.clocks().now();
        if (place.record.expiresAt().isBefore(now.plus(settings.lifetime().dividedBy(2)))) {
            keep(place, Status.ACTIVE);
        }
    }

    private void keep(Place place, Status status) {
        var now = platform.clocks().now();
        place.record = store.sessions()
                .update(place.record.key(), record -> record.standing(status, now, now.plus(settings.lifetime())))
                .orElse(place.record);
    }

    private void remove(Place place) {
        stand(place, Status.COMPLETED);
        places.remove(place.session.id());
        release(place.session.owner());
    }

    private static void close(Place place, CloseReason reason) {
        Optional.ofNullable(place.connection).ifPresent(connection -> connection.close(reason));
        place.session.close();
    }

    /** Refuses new sessions from now on. */
    synchronized void drain() {
        draining = true;
    }

    synchronized boolean isDraining() {
        return draining;
    }

    /** Ends all sessions; their connections must be closed. */
    void endAll() {
        List<Place> all;
        synchronized (this) {
            all = List.copyOf(places.values());
            all.forEach(this::remove);
        }
        all.forEach(place -> close(place, CloseReason.RESTARTING));
    }

    /** Returns how many sessions are not over. */
    synchronized int size() {
        return count;
    }
}
