package dev.tryon.store;

import java.util.Map;
import java.util.Optional;

/**
 * What a sweep did.
 *
 * @param removed how many entries went, by kind: the name of the table
 * @param failed how many could not be removed; the next sweep tries again
 * @param failure one of the reasons, for the log
 * @param complete whether nothing was left to do but what failed
 */
public record Swept(Map<String, Long> removed, long failed, Optional<StoreException> failure, boolean complete) {
    /** Copies the counts. */
    public Swept {
        removed = Map.copyOf(removed);
    }

    /** Returns how many entries went in all. */
    public long total() {
        return removed.values().stream().mapToLong(Long::longValue).sum();
    }
}
