package dev.tryon.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** One core and an engine of 99 ms, whose sessions must get a frame every two seconds: room for nineteen. */
class AdmissionTest {
    private static final int ROOM = 19;

    private long now = 1;
    private final Scheduler scheduler = new Scheduler(new DeviceShape(1, 1), SchedulerSettings.standard(), now);

    AdmissionTest() {
        scheduler.expect("hair", new CostGuess(0, Duration.ofMillis(99).toNanos()), now);
    }

    /** Lets sessions in while there is room; no time passes. @return how many came */
    private int fill(long firstSeat) {
        int count = 0;
        while (scheduler.admits("hair", now) && count < 100) {
            scheduler.join(firstSeat + count++, "hair", now);
        }
        return count;
    }

    private void pass(Duration duration) {
        now += duration.toNanos();
        scheduler.next(now);
    }

    @Test
    void countsSessionsThatCameSinceTheLastLook() {
        assertThat(fill(1)).isEqualTo(ROOM);
    }

    @Test
    void countsSilentSessionsHalf() {
        fill(1);
        pass(Duration.ofSeconds(6));

        assertThat(fill(100)).isEqualTo(ROOM / 2);
    }

    @Test
    void countsWhoHasLeftNoMore() {
        fill(1);
        LongStream.rangeClosed(1, ROOM).forEach(seat -> scheduler.leave(seat, now));

        assertThat(fill(100)).isEqualTo(ROOM);
    }

    @Test
    void takesASilentSessionBackWhosePartNobodyTook() {
        fill(1);
        pass(Duration.ofSeconds(6));
        LongStream.range(1, ROOM).forEach(seat -> scheduler.arrive(seat, now, now));

        assertThat(scheduler.takesBack("hair", now)).isTrue();
        assertThat(scheduler.admits("hair", now)).isFalse();
    }

    @Test
    void takesNoSilentSessionBackWhosePartIsTaken() {
        fill(1);
        pass(Duration.ofSeconds(6));
        LongStream.rangeClosed(1, ROOM).forEach(seat -> scheduler.arrive(seat, now, now));

        assertThat(scheduler.takesBack("hair", now)).isFalse();
    }
}
