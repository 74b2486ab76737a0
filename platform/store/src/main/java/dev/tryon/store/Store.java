package dev.tryon.store;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;

/**
 * What the platform keeps of people and for itself, each thing until its time is up.
 *
 * <p>Whatever a call acknowledges is durable. A thing belongs to a subject; who asks for another's is told that there is
 * none. What has expired is gone for every reader at once, whether it was swept yet or not.
 *
 * <p>Thread-safe; calls wait for a database and files, so they belong on virtual threads.
 */
public final class Store implements AutoCloseable {
    private static final int AT_A_TIME = 200;

    private final Database database;
    private final FileStore files;
    private final InstantSource clock;
    private final Holdings<Upload> uploads;
    private final Holdings<Result> results;
    private final Marks marks;

    private Store(Database database, FileStore files, InstantSource clock, Limits limits) {
        this.database = database;
        this.files = files;
        this.clock = clock;
        this.uploads = new Holdings<>(
                database.records(Kind.UPLOADS), files, clock, limits.node(), limits.uploadBytesPerOwner());
        this.results = new Holdings<>(
                database.records(Kind.RESULTS), files, clock, limits.node(), limits.resultBytesPerOwner());
        this.marks = new Marks(database.records(Kind.MARKS), clock);
    }

    /**
     * How much one subject may hold, and who writes.
     *
     * @param node the name of this process among those that share the database
     * @param uploadBytesPerOwner bytes of all uploads of a subject
     * @param resultBytesPerOwner bytes of all results of a subject
     */
    public record Limits(String node, long uploadBytesPerOwner, long resultBytesPerOwner) {}

    /**
     * Opens a store.
     *
     * @param dataDir where it keeps what no other place is named for; made for its owner alone if it is not there
     * @throws StoreException if the database cannot be reached or used
     */
    public static Store open(Path dataDir, DatabaseSettings settings, Limits limits, InstantSource clock) {
        return new Store(Database.open(dataDir, settings), new MemoryFiles(), clock, limits);
    }

    /** Opens a store in main memory, which is gone with the process. */
    public static Store inMemory(InstantSource clock, Limits limits) {
        return new Store(new MemoryDatabase(), new MemoryFiles(), clock, limits);
    }

    /** Returns the pictures and videos that people brought. */
    public Holdings<Upload> uploads() {
        return uploads;
    }

    /** Returns what was captured and made. */
    public Holdings<Result> results() {
        return results;
    }

    /** Returns the records of sessions, live and over. */
    public Records<Session> sessions() {
        return database.records(Kind.SESSIONS);
    }

    /** Returns the records of jobs. */
    public Records<Job> jobs() {
        return database.records(Kind.JOBS);
    }

    /** Returns the looks that administrators added. */
    public Records<CatalogEntry> catalog() {
        return database.records(Kind.CATALOG);
    }

    /** Returns what administrators did, and what was erased. */
    public Records<AuditEntry> audit() {
        return database.records(Kind.AUDIT);
    }

    /** Returns what is remembered for a while under a key. */
    public Marks marks() {
        return marks;
    }

    /** Returns whether the database answers just now. */
    public boolean isReachable() {
        return database.isReachable();
    }

    /** Removes what has expired and finishes what a crash has left. @return how many things that were */
    public int sweep() {
        var now = clock.instant();
        int swept = uploads.sweep() + results.sweep();
        for (var status : Session.Status.values()) {
            swept += removeDue(sessions(), status.name().toLowerCase(Locale.ROOT), now);
        }
        return swept;
    }

    private static <T extends Entry<T>> int removeDue(Records<T> records, String status, Instant now) {
        var due = records.due(status, now, AT_A_TIME);
        due.forEach(entry -> records.remove(entry.key()));
        return due.size();
    }

    /** Removes all that belongs to a subject. @return what that was */
    public Erased erase(String owner) {
        return new Erased(
                uploads.removeAll(owner),
                results.removeAll(owner),
                removeAll(sessions(), owner),
                removeAll(jobs(), owner),
                removeAll(database.records(Kind.MARKS), owner));
    }

    private static <T extends Entry<T>> long removeAll(Records<T> records, String owner) {
        long removed = 0;
        while (true) {
            var some = records.list(Filter.of(owner), Optional.empty(), AT_A_TIME);
            if (some.isEmpty()) {
                return removed;
            }
            some.forEach(entry -> records.remove(entry.key()));
            removed += some.size();
        }
    }

    @Override
    public void close() {
        files.close();
        database.close();
    }
}
