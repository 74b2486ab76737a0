package dev.tryon.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MarksTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final TestClock clock = new TestClock();
    private final Store store = Store.inMemory(clock, new Store.Limits("node", 1, 1));
    private final Marks marks = store.marks();

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void keepTheFirstValueUntilTheirTimeIsUp() {
        assertThat(marks.setIfAbsent("key", "ann", "first", HOUR)).isEqualTo("first");
        assertThat(marks.setIfAbsent("key", "ann", "second", HOUR)).isEqualTo("first");

        clock.advance(HOUR);

        assertThat(marks.value("key")).isEmpty();
        assertThat(marks.setIfAbsent("key", "ann", "second", HOUR)).isEqualTo("second");
    }

    @Test
    void changeTheirValueOnlyFromTheOneThatIsExpected() {
        marks.setIfAbsent("key", "ann", "first", HOUR);

        assertThat(marks.replace("key", "other", "second")).isFalse();
        assertThat(marks.replace("none", "first", "second")).isFalse();
        assertThat(marks.value("key")).contains("first");
        assertThat(marks.replace("key", "first", "second")).isTrue();
        assertThat(marks.value("key")).contains("second");
    }

    @Test
    void keepTheirTimeAndTheirOwnerWhenTheirValueChanges() {
        marks.setIfAbsent("key", "ann", "first", HOUR);
        clock.advance(HOUR.dividedBy(2));
        marks.replace("key", "first", "second");

        clock.advance(HOUR.dividedBy(2));

        assertThat(marks.value("key")).isEmpty();
        assertThat(marks.replace("key", "second", "third")).isFalse();
        assertThat(store.erase("ann").marks()).isOne();
    }
}
