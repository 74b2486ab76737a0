package dev.tryon.server;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What every log line says besides its message while something is being done: the request's id, the session's, who is
 * behind it (hashed).
 *
 * <p>It goes with the work, not with the thread: threads that are started meanwhile, and live longer, do not have it.
 */
final class LogScope {
    private static final ScopedValue<LogScope> CURRENT = ScopedValue.newInstance();

    private final Map<String, String> fields;

    private LogScope(Map<String, String> fields) {
        this.fields = new ConcurrentHashMap<>(fields);
    }

    /** Does something; lines that are logged meanwhile have these fields besides those of around. */
    static void run(Map<String, String> fields, Runnable work) {
        var all = new TreeMap<>(current());
        all.putAll(fields);
        ScopedValue.where(CURRENT, new LogScope(all)).run(work);
    }

    /** Adds a field to the lines of whatever is being done; nothing if nothing is. */
    static void add(String name, String value) {
        if (CURRENT.isBound()) {
            CURRENT.get().fields.put(name, value);
        }
    }

    /** Returns the fields of whatever is being done, by name. */
    static SortedMap<String, String> current() {
        return CURRENT.isBound() ? new TreeMap<>(CURRENT.get().fields) : new TreeMap<>();
    }
}
