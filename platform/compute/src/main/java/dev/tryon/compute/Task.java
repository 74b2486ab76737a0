package dev.tryon.compute;

import org.jspecify.annotations.Nullable;

/** What the scheduler knows of one turn. Not thread-safe. */
final class Task {
    final long id;
    final WorkClass workClass;
    final EngineLine line;
    final long dueNanos;
    /** Orders {@link TaskLine#waiting}, so never changed while in it. */
    long rankNanos;

    double usedNanos;
    /** The step under way; none while it waits for one. */
    @Nullable
    Service step;

    Task(long id, WorkClass workClass, EngineLine line, long dueNanos) {
        this.id = id;
        this.workClass = workClass;
        this.line = line;
        this.dueNanos = dueNanos;
    }
}
