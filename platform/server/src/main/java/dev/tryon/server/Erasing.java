package dev.tryon.server;

import dev.tryon.store.Erased;
import dev.tryon.store.Store;
import jakarta.json.Json;
import jakarta.json.JsonObject;

/**
 * Erases a subject wherever something of it is: in the store, in live sessions, among jobs.
 *
 * <p>First it is written down who wants that, then one durable note makes the subject's tokens worthless, lets the store
 * refuse what comes later, and lets a sweep go on after a crash: from the note on, everything goes, whether the caller gets
 * an answer or not. A sweep writes no second line into the audit log. Other nodes end its live sessions when they find
 * their records gone. How often it called, and the films it had, stay counted under a keyed hash: an erasure is no way
 * around a limit. Thread-safe.
 */
final class Erasing {
    private final Store store;
    private final LiveSessions sessions;
    private final Jobs jobs;
    private final VideoQuota quota;
    private final Audit audit;

    Erasing(Store store, LiveSessions sessions, Jobs jobs, VideoQuota quota, Audit audit) {
        this.store = store;
        this.sessions = sessions;
        this.jobs = jobs;
        this.quota = quota;
        this.audit = audit;
    }

    /** Erases a subject. @param actor who wants that: the subject itself or an administrator */
    JsonObject erase(Identity actor, String subject) {
        audit.log(actor, "person.erasing", audit.person(subject), "");
        quota.carry(subject);
        store.announceErasure(subject);
        jobs.cancelAll(subject);
        sessions.endAllOf(subject);
        var erased = store.erase(subject);
        // One that was being made when the others ended.
        sessions.endAllOf(subject);
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
