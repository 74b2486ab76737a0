package dev.tryon.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Objects;

/** What holds of a scheduler whatever happens. */
final class SchedulerInvariants {
    private SchedulerInvariants() {}

    static void check(Scheduler scheduler) {
        var state = scheduler.state();
        assertThat(state.slots().running().stream().filter(service -> !service.writtenOff))
                .describedAs("busy slots")
                .hasSizeLessThanOrEqualTo(state.shape().slots());
        assertThat(state.slots().running().stream().filter(service -> service.writtenOff))
                .describedAs("written off")
                .hasSize(state.slots().writtenOff())
                .hasSizeLessThanOrEqualTo(Slots.MOST_WRITTEN_OFF);
        places(state);
        services(state);
        tasks(state);
        for (var line : new TaskLine[] {state.captures(), state.batches()}) {
            assertThat(line.owedNanos()).isBetween(OwedShare.LEAST_NANOS, OwedShare.MOST_NANOS);
        }
    }

    private static void places(Scheduler.State state) {
        var waiting = new HashSet<Place>();
        for (var line : state.lines().values()) {
            assertThat(line.waiting).allSatisfy(place -> assertThat(place.line).isSameAs(line));
            waiting.addAll(line.waiting);
            assertThat(line.tally.seats).isEqualTo((int) state.places().values().stream()
                    .filter(place -> place.line == line)
                    .count());
        }
        for (var place : state.places().values()) {
            assertThat(waiting.remove(place)).isEqualTo(place.state == Place.State.WAITING);
            if (place.state == Place.State.IDLE || place.state == Place.State.WAITING) {
                assertThat(place.service).isNull();
            }
        }
        assertThat(waiting).describedAs("who waits, but has left").isEmpty();
    }

    private static void services(Scheduler.State state) {
        for (var service : state.slots().running()) {
            assertThat(service.size).isBetween(1, state.shape().maxBatch());
            if (service.workClass == WorkClass.LIVE) {
                assertThat(state.places().values().stream().filter(place -> place.service == service))
                        .hasSize(service.left);
            } else {
                assertThat(state.tasks().values().stream().filter(task -> task.step == service))
                        .hasSize(1);
            }
        }
        assertThat(state.places().values().stream().map(place -> place.service).filter(Objects::nonNull))
                .allMatch(state.slots().running()::contains);
    }

    private static void tasks(Scheduler.State state) {
        int inStep = 0;
        for (var task : state.tasks().values()) {
            boolean waits = state.captures().waiting.contains(task)
                    || state.batches().waiting.contains(task);
            assertThat(waits && task.step != null)
                    .describedAs("waits in its step")
                    .isFalse();
            inStep += task.step == null ? 0 : 1;
        }
        assertThat(state.captures().inStep + state.batches().inStep).isEqualTo(inStep);
        assertThat(state.captures().waiting.size() + state.batches().waiting.size())
                .isLessThanOrEqualTo(state.tasks().size() - inStep);
    }
}
