package dev.tryon.store;

import java.util.List;

/**
 * A kind of entries.
 *
 * @param name of its table or collection, small letters and underscores
 * @param type of its entries, a public record that {@link EntryCodec} can write
 */
record Kind<T extends Entry<T>>(String name, Class<T> type) {
    static final Kind<Upload> UPLOADS = new Kind<>("uploads", Upload.class);
    static final Kind<Result> RESULTS = new Kind<>("results", Result.class);
    static final Kind<Session> SESSIONS = new Kind<>("sessions", Session.class);
    static final Kind<Job> JOBS = new Kind<>("jobs", Job.class);
    static final Kind<Task> TASKS = new Kind<>("tasks", Task.class);
    static final Kind<Mark> MARKS = new Kind<>("marks", Mark.class);
    static final Kind<CatalogEntry> CATALOG = new Kind<>("catalog", CatalogEntry.class);
    static final Kind<Bucket> BUCKETS = new Kind<>("buckets", Bucket.class);
    static final Kind<AuditEntry> AUDIT = new Kind<>("audit", AuditEntry.class);
    static final Kind<Erasure> ERASURES = new Kind<>("erasures", Erasure.class);
    static final Kind<Material> MATERIALS = new Kind<>("materials", Material.class);

    /**
     * All kinds there are. A new one goes to the end: its place is the version of the migration that makes its table. Tests
     * ask for a sample of it in {@code Entries}.
     */
    static final List<Kind<?>> ALL =
            List.of(UPLOADS, RESULTS, SESSIONS, JOBS, MARKS, CATALOG, AUDIT, TASKS, ERASURES, BUCKETS, MATERIALS);
}
