package dev.tryon.store;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which entries are meant; what is empty does not matter.
 *
 * @param owner the subject that they belong to
 * @param engine the engine that they concern
 * @param statuses how they may stand; none means any
 * @param since made then or later
 */
public record Filter(Optional<String> owner, Optional<String> engine, Set<String> statuses, Optional<Instant> since) {
    /** Copies the statuses. */
    public Filter {
        statuses = Set.copyOf(statuses);
    }

    /** Returns a filter that every entry passes. */
    public static Filter all() {
        return new Filter(Optional.empty(), Optional.empty(), Set.of(), Optional.empty());
    }

    /** Returns a filter that a subject's entries pass. */
    public static Filter of(String owner) {
        return all().owner(owner);
    }

    /** Returns this filter, for one subject's entries only. */
    public Filter owner(String subject) {
        return new Filter(Optional.of(subject), engine, statuses, since);
    }

    /** Returns this filter, for one engine's entries only. */
    public Filter engine(String id) {
        return new Filter(owner, Optional.of(id), statuses, since);
    }

    /** Returns this filter, for entries that stand so only. */
    public Filter status(String... words) {
        return new Filter(owner, engine, Set.of(words), since);
    }

    /** Returns this filter, for entries made then or later only. */
    public Filter since(Instant first) {
        return new Filter(owner, engine, statuses, Optional.of(first));
    }

    boolean accepts(Entry<?> entry) {
        return owner.map(entry.owner()::equals).orElse(true)
                && engine.map(entry.engine()::equals).orElse(true)
                && (statuses.isEmpty() || statuses.contains(entry.status()))
                && since.map(first -> !entry.createdAt().isBefore(first)).orElse(true);
    }
}
