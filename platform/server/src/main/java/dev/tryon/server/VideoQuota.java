package dev.tryon.server;

import dev.tryon.store.Filter;
import dev.tryon.store.Job;
import dev.tryon.store.Position;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** How many films a subject may have made in a calendar month (UTC): as many as its tier says, failures not counted. */
record VideoQuota(Tiers tiers, Jobs jobs, InstantSource clock) {
    private static final int AT_A_TIME = 200;

    /**
     * Refuses a film too many.
     *
     * @throws Refusal with when the next month begins
     */
    void check(Identity identity) {
        var most = tiers.of(identity.tier()).videosPerMonth();
        if (most.isEmpty()) {
            return;
        }
        var now = clock.instant();
        var month = LocalDate.ofInstant(now, ZoneOffset.UTC).withDayOfMonth(1);
        var since = month.atStartOfDay(ZoneOffset.UTC).toInstant();
        if (count(Filter.of(identity.subject()).since(since), most.getAsInt()) >= most.getAsInt()) {
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
