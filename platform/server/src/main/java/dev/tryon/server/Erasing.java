package dev.tryon.server;

import dev.tryon.store.Erased;
import dev.tryon.store.Store;
import jakarta.json.Json;
import jakarta.json.JsonObject;

/**
 * Erases a subject wherever something of it is: in the store, in live sessions, among jobs.
 *
 * <p>The store notes durably that a subject is being erased before anything goes, refuses what comes later, and goes on by
 * itself after a crash. Tokens are refused last: whoever got no answer may ask again. Other nodes end its live sessions
 * when they find their records gone. How often it called stays counted, under a keyed hash: an erasure is no way around a
 * limit. Thread-safe.
 */
final class Erasing {
    private final Store store;
    private final LiveSessions sessions;
    private final Jobs jobs;
    private final Tombstones tombstones;
    private final Audit audit;

    Erasing(Store store, LiveSessions sessions, Jobs jobs, Tombstones tombstones, Audit audit) {
        this.store = store;
        this.sessions = sessions;
        this.jobs = jobs;
        this.tombstones = tombstones;
        this.audit = audit;
    }

    /** Erases a subject. @param actor who wants that: the subject itself or an administrator */
    JsonObject erase(Identity actor, String subject) {
        jobs.cancelAll(subject);
        sessions.endAllOf(subject);
        var erased = store.erase(subject);
        // One that was being made when the others ended.
        sessions.endAllOf(subject);
        tombstones.set(subject);
        var told = toJson(erased);
        audit.log(actor, "person.erased", audit.person(subject), told.toString());
        return told;
    }

    private static JsonObject toJson(Erased erased) {
        return Json.createObjectBuilder()
                .add("uploads", erased.uploads().entries())
                .add("results", erased.results().entries())
                .add("sessions", erased.sessions())
                .add("jobs", erased.jobs())
                .add("bytes", erased.uploads().bytes() + erased.results().bytes())
                .build();
    }
}
