package dev.tryon.store;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

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
    private static final int MOST_TOLD = 1000;
    private static final Duration SESSION_MEMORY = Duration.ofHours(1);

    private final Database database;
    private final FileStore files;
    private final InstantSource clock;
    private final Holdings<Upload> uploads;
    private final Holdings<Result> results;
    private final Holdings<Material> materials;
    private final Marks marks;
    private final RateLimits rateLimits;
    private final Erasures erasures;

    private Store(Database database, FileStore files, InstantSource clock, Limits limits) {
        this.database = database;
        this.files = files;
        this.clock = clock;
        this.rateLimits = new RateLimits(database.records(Kind.BUCKETS), clock);
        this.erasures = new Erasures(database.records(Kind.ERASURES), clock, limits.hash());
        var room = new Room(database, clock, limits.totalBytes());
        this.uploads =
                new Holdings<>(guarded(Kind.UPLOADS), files, clock, limits.node(), limits.uploadBytesPerOwner(), room);
        this.results =
                new Holdings<>(guarded(Kind.RESULTS), files, clock, limits.node(), limits.resultBytesPerOwner(), room);
        this.materials =
                new Holdings<>(database.records(Kind.MATERIALS), files, clock, limits.node(), Long.MAX_VALUE, room);
        this.marks = new Marks(guarded(Kind.MARKS), clock);
    }

    private <T extends Entry<T>> Records<T> guarded(Kind<T> kind) {
        return new GuardedRecords<>(database.records(kind), erasures);
    }

    /**
     * How much may be held, and who writes.
     *
     * @param node the name of this process among those that share the database
     * @param hash makes of a subject what leads nobody back to it, the same on every node
     * @param uploadBytesPerOwner bytes of all uploads of a subject
     * @param resultBytesPerOwner bytes of all results of a subject
     * @param totalBytes bytes of all uploads, results and materials of everybody
     */
    public record Limits(
            String node,
            UnaryOperator<String> hash,
            long uploadBytesPerOwner,
            long resultBytesPerOwner,
            long totalBytes) {
        /** Makes limits of a process that shares its store with nobody, without a bound for all together. */
        public Limits(String node, long uploadBytesPerOwner, long resultBytesPerOwner) {
            this(node, hashOfItsOwn(), uploadBytesPerOwner, resultBytesPerOwner, Long.MAX_VALUE);
        }

        private static UnaryOperator<String> hashOfItsOwn() {
            var key = UUID.randomUUID();
            return subject -> UUID.nameUUIDFromBytes((key + subject).getBytes(StandardCharsets.UTF_8))
                    .toString();
        }
    }

    /**
     * Opens a store, and clears away what a killed process of the same node was writing.
     *
     * @param dataDir where it keeps what no other place is named for; made for its owner alone if it is not there
     * @throws StoreException if the database or the files cannot be reached or used
     */
    public static Store open(
            Path dataDir,
            DatabaseSettings databaseSettings,
            FileSettings fileSettings,
            Limits limits,
            InstantSource clock) {
        var database = Database.open(dataDir, databaseSettings);
        try {
            var files = databaseSettings.driver() == DatabaseSettings.Driver.MEMORY
                    ? new MemoryFiles()
                    : files(dataDir, database, fileSettings);
            return open(database, files, clock, limits);
        } catch (RuntimeException failure) {
            database.close();
            throw failure;
        }
    }

    /** Opens the files, which lie under a name that whoever opens the database first makes up. */
    private static FileStore files(Path dataDir, Database database, FileSettings settings) {
        var files = settings.open(
                dataDir, first(database, "catalogue", UUID.randomUUID().toString()));
        var keys = new FileKeys(settings.keys()).name();
        if (first(database, "file-keys", keys).equals(keys)) {
            return files;
        }
        files.close();
        throw new StoreException(
                "the files of this database are sealed with other keys than those in " + settings.keys());
    }

    /** Returns what whoever opened the database first said. */
    private static String first(Database database, String key, String value) {
        var marks = database.records(Kind.MARKS);
        marks.insert(new Mark(key, "", value, Instant.EPOCH, CatalogEntry.NEVER, 0));
        return marks.find(key).map(Mark::value).orElse(value);
    }

    /** Opens a store in main memory, which is gone with the process. */
    public static Store inMemory(InstantSource clock, Limits limits) {
        return open(new MemoryDatabase(), new MemoryFiles(), clock, limits);
    }

    /** Opens a store over a database and files, and clears away what a killed process of the same node was writing. */
    static Store open(Database database, FileStore files, InstantSource clock, Limits limits) {
        var store = new Store(database, files, clock, limits);
        store.recover();
        return store;
    }

    /** Returns the pictures and videos that people brought. */
    public Holdings<Upload> uploads() {
        return uploads;
    }

    /** Returns what was captured and made. */
    public Holdings<Result> results() {
        return results;
    }

    /** Returns the scans in catalogues: nobody's, bounded by the room of all together alone. */
    public Holdings<Material> materials() {
        return materials;
    }

    /** Returns the records of sessions, live and over. */
    public Records<Session> sessions() {
        return guarded(Kind.SESSIONS);
    }

    /** Returns the records of jobs. */
    public Records<Job> jobs() {
        return guarded(Kind.JOBS);
    }

    /** Returns what is queued of the jobs that are not over. */
    public Records<Task> tasks() {
        return guarded(Kind.TASKS);
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

    /** Returns what counts how often callers do things. */
    public RateLimits rateLimits() {
        return rateLimits;
    }

    /** Returns whether the database answers just now. */
    public boolean isReachable() {
        return database.isReachable();
    }

    /**
     * Removes a bounded number of things that have expired, and finishes what a crash has left. What cannot be removed
     * is passed over until the next time. Any number of nodes may do so at a time.
     */
    public Swept sweep() {
        var sweep = new Sweep();
        var now = clock.instant();
        sweep.clear(Kind.ERASURES.name(), erasures::pending, this::finish);
        sweep.clear(Kind.ERASURES.name(), erasures::forgettable, erasures::forget);
        uploads.sweep(sweep, Kind.UPLOADS.name());
        results.sweep(sweep, Kind.RESULTS.name());
        materials.sweep(sweep, Kind.MATERIALS.name());
        for (var status : Session.Status.values()) {
            // A session that nobody ended, its node being gone, is shown as it was for as long as an ended one.
            var until = status.isOver() ? now : now.minus(SESSION_MEMORY);
            clearDue(sweep, Kind.SESSIONS, status.word(), until);
        }
        for (var status : Job.Status.values()) {
            clearDue(sweep, Kind.JOBS, status.word(), now);
        }
        clearDue(sweep, Kind.MARKS, Mark.SET, now);
        clearDue(sweep, Kind.BUCKETS, Bucket.COUNTING, now);
        clearDue(sweep, Kind.AUDIT, AuditEntry.LOGGED, now);
        return sweep.swept();
    }

    private <T extends Entry<T>> void clearDue(Sweep sweep, Kind<T> kind, String status, Instant until) {
        var records = database.records(kind);
        sweep.clear(kind.name(), limit -> records.due(status, until, limit), records::remove);
    }

    private boolean finish(Erasure pending) {
        removeAllOf(pending.subject().orElseThrow());
        erasures.finish(pending);
        return true;
    }

    /**
     * Notes that all of a subject is to be removed. From now on nothing new of it is taken; what is there goes with
     * {@link #erase} or, should that never come, with a sweep.
     */
    public void announceErasure(String owner) {
        erasures.begin(owner);
    }

    /**
     * Removes all that belongs to a subject, and takes nothing new of it until ten minutes after, so that what is
     * being written just now does not survive. If it fails halfway, or the process is
     * killed, sweeps go on with it.
     *
     * @return what that was
     */
    public Erased erase(String owner) {
        var pending = erasures.begin(owner);
        var erased = removeAllOf(owner);
        erasures.finish(pending);
        return erased;
    }

    /** Returns whether a subject is being erased, or was within the last ten minutes, so that nothing is taken of it. */
    public boolean isErased(String owner) {
        return erasures.covers(owner);
    }

    /** Returns when a subject was erased last, if that was within 400 days: older tokens of it are not good any more. */
    public Optional<Instant> erasedAt(String owner) {
        return erasures.erasedAt(owner);
    }

    /** Removes of every kind what can be removed, and only then tells of what could not. */
    private Erased removeAllOf(String owner) {
        var failures = new ArrayList<StoreException>();
        removeAll(Kind.TASKS, owner, failures);
        var uploaded = totalsOrFailure(() -> uploads.removeAll(owner), failures);
        var made = totalsOrFailure(() -> results.removeAll(owner), failures);
        var erased = new Erased(
                uploaded,
                made,
                removeAll(Kind.SESSIONS, owner, failures),
                removeAll(Kind.JOBS, owner, failures),
                removeAll(Kind.MARKS, owner, failures));
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
        return erased;
    }

    private static Totals totalsOrFailure(Supplier<Totals> removal, List<StoreException> failures) {
        try {
            return removal.get();
        } catch (StoreException failure) {
            failures.add(failure);
            return new Totals(0, 0);
        }
    }

    private long removeAll(Kind<?> kind, String owner, List<StoreException> failures) {
        return totalsOrFailure(() -> new Totals(removeAll(database.records(kind), owner), 0), failures)
                .entries();
    }

    private static <T extends Entry<T>> long removeAll(Records<T> records, String owner) {
        long removed = 0;
        while (true) {
            var some = records.list(Filter.of(owner), Optional.empty(), AT_A_TIME);
            if (some.isEmpty()) {
                return removed;
            }
            removed +=
                    some.stream().filter(entry -> records.remove(entry.key())).count();
        }
    }

    /**
     * Compares files with the entries that name them, and deletes those that none does: what is left after the power went,
     * or after a backup of the database was brought back.
     */
    public FileCheck checkFiles() {
        // An entry is there before its files: what is listed now and not named afterwards was never named, or no
        // longer.
        var unnamed = new HashSet<>(files.list());
        var missing = new ArrayList<UUID>();
        Consumer<Holding<?>> compare = holding -> holding.files().forEach(file -> {
            var isMissing = !unnamed.remove(file.id())
                    && holding.custody().state() == Custody.State.KEPT
                    && !files.exists(file.id());
            if (isMissing && missing.size() < MOST_TOLD) {
                missing.add(holding.id());
            }
        });
        uploads.forEach(compare::accept);
        results.forEach(compare::accept);
        materials.forEach(compare::accept);
        unnamed.forEach(files::delete);
        // What was removed meanwhile misses its files rightly.
        missing.removeIf(id -> uploads.find(id).isEmpty()
                && results.find(id).isEmpty()
                && materials.find(id).isEmpty());
        return new FileCheck(unnamed.size(), missing);
    }

    private void recover() {
        uploads.recover();
        results.recover();
        materials.recover();
    }

    @Override
    public void close() {
        files.close();
        database.close();
    }
}
