package dev.tryon.store;

/**
 * A kind of entries.
 *
 * @param name of its table or collection
 * @param type of its entries
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
}
