package dev.tryon.server;

import dev.tryon.store.Filter;
import dev.tryon.store.Job;
import dev.tryon.store.Marks;
import dev.tryon.store.Position;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * How many films a subject may have made in a calendar month (UTC): as many as its tier says, failures not counted.
 *
 * <p>One order of a subject's is counted and taken at a time, on all nodes together, or many at once would all be the last.
 */
record VideoQuota(Tiers tiers, Jobs jobs, Marks marks, InstantSource clock) {
    private static final int AT_A_TIME = 200;
    /** Longer than the database may take; a node that is killed meanwhile keeps nobody out for longer. */
    private static final Duration TURN = Duration.ofMinutes(1);

    private static final Duration RETRY = Duration.ofSeconds(1);

    /**
     * Orders a film that is not one too many.
     *
     * @param id of the order
     * @param submit takes the order
     * @throws Refusal with when the next month begins; or soon, if another order of the subject's is being taken
     */
    Job order(Identity identity, UUID id, Supplier<Job> submit) {
        var most = tiers.of(identity.tier()).videosPerMonth();
        if (most.isEmpty()) {
            return submit.get();
        }
        var turn = "film " + Digests.of(identity.subject());
        if (!marks.setIfAbsent(turn, identity.subject(), id.toString(), TURN).equals(id.toString())) {
            throw Problem.busy(RETRY).refusal();
        }
        try {
            check(identity, most.getAsInt());
            return submit.get();
        } finally {
            marks.clear(turn);
        }
    }

    private void check(Identity identity, int most) {
        var now = clock.instant();
        var month = LocalDate.ofInstant(now, ZoneOffset.UTC).withDayOfMonth(1);
        var since = month.atStartOfDay(ZoneOffset.UTC).toInstant();
        if (count(Filter.of(identity.subject()).since(since), most) >= most) {
            var next = month.plusMonths(1).atStartOfDay(ZoneOffset.UTC).toInstant();
            throw Problem.limited(Duration.between(now, next)).refusal();
        }
    }

    private int count(Filter filter, int enough) {
        int counted = 0;
        var place = Optional.<Position>empty();
        List<Job> page;
        do {
            page = jobs.list(filter, place, AT_A_TIME);
            counted += (int) page.stream().filter(VideoQuota::counts).count();
            place = page.isEmpty() ? place : Optional.of(Position.after(page.getLast()));
        } while (page.size() == AT_A_TIME && counted < enough);
        return counted;
    }

    private static boolean counts(Job job) {
        return JobKind.of(job) == JobKind.VIDEO
                && switch (job.standing()) {
                    case QUEUED, RUNNING, SUCCEEDED -> true;
                    case FAILED, CANCELED -> false;
                };
    }
}
