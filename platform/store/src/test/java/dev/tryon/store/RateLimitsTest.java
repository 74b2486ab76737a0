package dev.tryon.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RateLimitsTest {
    private static final Limit TEN_AN_HOUR = new Limit("uploads", 10, Duration.ofHours(1));

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-06-01T12:00:00Z"));
    private final FailingRecords records = new FailingRecords(new MemoryDatabase().records(Kind.BUCKETS));
    private final RateLimits limits = new RateLimits(records, now::get);

    private void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }

    private List<Taking> take(int times) {
        return IntStream.range(0, times)
                .mapToObj(_ -> limits.take(TEN_AN_HOUR, "a"))
                .toList();
    }

    @Test
    void allowsWhatTheLimitHasAndTellsWhenThereIsMore() {
        assertThat(take(10)).last().isEqualTo(new Taking.Allowed(0));

        assertThat(limits.take(TEN_AN_HOUR, "a")).isEqualTo(new Taking.Refused(Duration.ofMinutes(6)));
        assertThat(limits.take(TEN_AN_HOUR, "b")).isEqualTo(new Taking.Allowed(9));
        pass(Duration.ofMinutes(6));
        assertThat(limits.take(TEN_AN_HOUR, "a")).isEqualTo(new Taking.Allowed(0));
        assertThat(limits.take(TEN_AN_HOUR, "a")).isInstanceOf(Taking.Refused.class);
    }

    @Test
    void isSharedByNodes() {
        take(6);

        assertThat(new RateLimits(records, now::get).take(TEN_AN_HOUR, "a")).isEqualTo(new Taking.Allowed(3));
    }

    @Test
    void countsExactlyWhenManyTakeAtOnce() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var takings = threads.invokeAll(IntStream.range(0, 100)
                    .<java.util.concurrent.Callable<Taking>>mapToObj(_ -> () -> limits.take(TEN_AN_HOUR, "a"))
                    .toList());
            var allowed = 0;
            for (var taking : takings) {
                allowed += taking.get() instanceof Taking.Allowed ? 1 : 0;
            }
            assertThat(allowed).isEqualTo(10);
        }
    }

    @Test
    void tellsWhatIsLeftAndFillsAgain() {
        assertThat(limits.remaining(TEN_AN_HOUR, "a")).isEqualTo(10);
        take(4);

        assertThat(limits.remaining(TEN_AN_HOUR, "a")).isEqualTo(6);
        assertThat(limits.reset(TEN_AN_HOUR, "a")).isTrue();
        assertThat(limits.reset(TEN_AN_HOUR, "a")).isFalse();
        assertThat(limits.remaining(TEN_AN_HOUR, "a")).isEqualTo(10);
    }

    @Test
    void isForgottenOnceItIsFullAgain() {
        take(5);

        pass(Duration.ofMinutes(20));
        assertThat(records.due(Bucket.COUNTING, now.get(), 10)).isEmpty();
        pass(Duration.ofMinutes(12));
        assertThat(records.due(Bucket.COUNTING, now.get(), 10)).hasSize(1);
    }

    @Test
    void countsAloneWhileTheDatabaseDoesNotAnswer() {
        take(8);
        records.failing.set(true);

        assertThat(take(12)).filteredOn(Taking.Allowed.class::isInstance).hasSize(10);
        pass(Duration.ofSeconds(5));
        assertThat(take(2)).hasOnlyElementsOfType(Taking.Refused.class);
        records.failing.set(false);
        pass(Duration.ofSeconds(5));
        assertThat(limits.take(TEN_AN_HOUR, "a")).isEqualTo(new Taking.Allowed(1));
    }

    /** Records of a database that may be gone. */
    private static final class FailingRecords implements Records<Bucket> {
        final AtomicBoolean failing = new AtomicBoolean();
        private final Records<Bucket> records;

        FailingRecords(Records<Bucket> records) {
            this.records = records;
        }

        private Records<Bucket> reach() {
            if (failing.get()) {
                throw new StoreException("the database is gone");
            }
            return records;
        }

        @Override
        public boolean insert(Bucket entry) {
            return reach().insert(entry);
        }

        @Override
        public Optional<Bucket> find(String key) {
            return reach().find(key);
        }

        @Override
        public boolean replace(Bucket entry) {
            return reach().replace(entry);
        }

        @Override
        public boolean remove(String key) {
            return reach().remove(key);
        }

        @Override
        public boolean remove(Bucket entry) {
            return reach().remove(entry);
        }

        @Override
        public List<Bucket> list(Filter filter, Optional<Position> after, int limit) {
            return reach().list(filter, after, limit);
        }

        @Override
        public List<Bucket> due(String status, Instant until, int limit) {
            return reach().due(status, until, limit);
        }

        @Override
        public Totals totals(Filter filter) {
            return reach().totals(filter);
        }
    }
}
