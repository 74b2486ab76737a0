/**
 * What the platform keeps: uploads and the records of sessions.
 *
 * <p>Used by the server alone, through {@link dev.tryon.store.Store}; {@link dev.tryon.store.MemoryStore} forgets
 * everything at the end of the process and sooner when a record's time is up. It starts no threads, needs no native code
 * and reads the time from a clock that it is given.
 */
module dev.tryon.store {
    requires static org.jspecify; // null annotations, read by the compiler alone

    exports dev.tryon.store;
}
