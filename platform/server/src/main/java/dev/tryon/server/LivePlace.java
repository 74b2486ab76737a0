package dev.tryon.server;

import dev.tryon.store.Session;
import dev.tryon.store.Session.Status;
import jakarta.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How one live session stands: which connection serves it, since when, and what the journal knows of it.
 *
 * <p>Threads: whoever has the lock of {@link LiveSessions}.
 */
final class LivePlace {
    private static final Duration STATISTICS_EVERY = Duration.ofSeconds(10);

    private final ServerSettings.Sessions settings;
    private final Clocks clocks;
    private final SessionJournal journal;
    private final LiveSession session;
    private Session record;
    private ChosenLook look;
    private Optional<LiveConnection> connection = Optional.empty();
    private long sinceNanos;
    private long notedNanos;

    LivePlace(
            ServerSettings.Sessions settings,
            Clocks clocks,
            SessionJournal journal,
            LiveSession session,
            Session record) {
        this.settings = settings;
        this.clocks = clocks;
        this.journal = journal;
        this.session = session;
        this.record = record;
        this.look = session.look();
        this.sinceNanos = clocks.nanos();
        this.notedNanos = sinceNanos;
    }

    LiveSession session() {
        return session;
    }

    /** Returns how it stands, as far as it was noted. */
    Session record() {
        return record;
    }

    /** Returns the connection that serves it. */
    Optional<LiveConnection> connection() {
        return connection;
    }

    /** Returns whether it was connected, and its connection was lost. */
    boolean isInterrupted() {
        return connection.isEmpty() && record.standing() != Status.INITIALIZING;
    }

    /** Takes a connection, or notes that there is none any more. */
    void connect(Optional<LiveConnection> newConnection) {
        connection = newConnection;
        sinceNanos = clocks.nanos();
        refresh();
    }

    /** Returns whether it waited, was interrupted or was still for too long. */
    boolean isOver() {
        if (connection.isPresent()) {
            return idleNanos() >= settings.lifetime().toNanos();
        }
        var patience = record.standing() == Status.INITIALIZING ? settings.connectWithin() : settings.grace();
        return clocks.nanos() - sinceNanos >= patience.toNanos();
    }

    private long idleNanos() {
        return clocks.nanos() - Math.max(sinceNanos, session.lastFrameNanos());
    }

    /** Notes what has changed: standing and look at once, figures now and then. */
    void refresh() {
        var standing = standing();
        if (standing != record.standing()
                || !session.look().equals(look)
                || clocks.nanos() - notedNanos >= STATISTICS_EVERY.toNanos()) {
            note(standing);
        }
    }

    private Status standing() {
        if (connection.isEmpty()) {
            return record.standing() == Status.INITIALIZING ? Status.INITIALIZING : Status.PAUSED;
        }
        return session.isPaused() ? Status.PAUSED : Status.ACTIVE;
    }

    /** Notes that it is over, with the last figures; once more when it is closed, for there may be later ones. */
    void end() {
        note(Status.COMPLETED);
    }

    private void note(Status standing) {
        notedNanos = clocks.nanos();
        look = session.look();
        var newLook = look.toJson().build();
        var statistics = session.statistics().addTo(Json.createObjectBuilder()).build();
        if (standing != record.standing()
                || !newLook.equals(record.look())
                || !statistics.equals(record.statistics())) {
            record = record.changed(standing, newLook, statistics, clocks.now(), expiry(standing));
            journal.note(record);
        }
    }

    private Instant expiry(Status standing) {
        var now = clocks.now();
        return standing.isOver()
                ? now.plus(settings.kept())
                : now.plus(settings.lifetime()).minusNanos(idleNanos());
    }
}
