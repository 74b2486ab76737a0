package dev.tryon.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class GuardedRecordsTest {
    private final TestClock clock = new TestClock();
    private final Database database = new MemoryDatabase();

    @Test
    void leavesNothingBehindThatItCouldNotLookInto() {
        var erasures = new Erasures(database.records(Kind.ERASURES), clock, _ -> {
            throw new StoreException("the database is away");
        });
        var guarded = new GuardedRecords<>(database.records(Kind.MARKS), erasures);
        var mark =
                new Mark("key", "ada", "value", clock.instant(), clock.instant().plusSeconds(60), 0);

        assertThatThrownBy(() -> guarded.insert(mark)).isInstanceOf(StoreException.class);

        assertThat(guarded.find("key")).isEmpty();
    }
}
