package dev.tryon.server;

import dev.tryon.store.Filter;
import dev.tryon.store.Job;
import dev.tryon.store.Marks;
import dev.tryon.store.Position;
import java.time.Duration;
import java.time.Instant;
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
 * <p>Its jobs tell. An erasure takes those away, so what they tell is carried over first, under a keyed hash, for as long as
 * the month lasts. One order of a subject's is counted and taken at a time, on all nodes together, or many at once would all
 * be the last.
 */
record VideoQuota(Tiers tiers, Jobs jobs, Marks marks, Secrets secrets, InstantSource clock) {
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
        var turn = "film:" + secrets.derive("film", identity.subject());
        if (!marks.setIfAbsent(turn, identity.subject(), id.toString(), TURN).equals(id.toString())) {
            throw Problem.busy(RETRY).refusal();
        }
        try {
            var month = month();
            if (used(identity.subject(), month, most.getAsInt()) >= most.getAsInt()) {
                throw Problem.limited(untilNext(month)).refusal();
            }
            return submit.get();
        } finally {
            marks.clear(turn);
        }
    }

    /** Remembers what a subject has used this month, before its jobs are erased. As often as one likes. */
    void carry(String subject) {
        var month = month();
        var now = clock.instant();
        var carried = new Carried(used(subject, month, Integer.MAX_VALUE), now);
        if (carried.films() > 0) {
            marks.set(key(subject, month), "", carried.toString(), untilNext(month));
        }
    }

    private LocalDate month() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).withDayOfMonth(1);
    }

    private Duration untilNext(LocalDate month) {
        return Duration.between(clock.instant(), start(month.plusMonths(1)));
    }

    private static Instant start(LocalDate month) {
        return month.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private String key(String subject, LocalDate month) {
        return "films:" + secrets.derive("films", month + " " + subject);
    }

    private int used(String subject, LocalDate month, int enough) {
        var carried =
                marks.value(key(subject, month)).map(Carried::parse).orElseGet(() -> new Carried(0, start(month)));
        return carried.films() + count(Filter.of(subject).since(carried.until()), enough);
    }

    /** Films that were ordered before a time. */
    private record Carried(int films, Instant until) {
        static Carried parse(String text) {
            var parts = text.split(" ", 2);
            return new Carried(Integer.parseInt(parts[0]), Instant.parse(parts[1]));
        }

        @Override
        public String toString() {
            return films + " " + until;
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
