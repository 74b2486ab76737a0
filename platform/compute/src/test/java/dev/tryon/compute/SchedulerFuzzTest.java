package dev.tryon.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens in whatever order, the invariants hold after every event, and a trace of it can be repeated. */
class SchedulerFuzzTest {
    private static final long MILLI = 1_000_000;
    private static final List<String> ENGINES = List.of("nails", "hair", "garments");

    private final Set<Long> seats = new HashSet<>();
    private final Set<Long> inService = new HashSet<>();
    private final Set<Long> asking = new HashSet<>();
    private final Set<Long> inStep = new HashSet<>();
    private long now;
    private long lastId;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void keepsItsInvariants(long seed) {
        var scheduler = run(seed, 400, 1_000);

        assertThat(scheduler.snapshot(now).engines()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 1_000, 100_000})
    void leavesATraceThatCanBeRepeatedHoweverMuchOfItIsForgotten(int traceLength) {
        var trace = run(7, traceLength, 4_000).trace();

        var replay = TraceReplay.of(
                trace.stream().map(TraceLines::write).map(TraceLines::read).toList());

        assertThat(replay.parting()).isEmpty();
        assertThat(replay.decisions()).hasSizeGreaterThan(50);
    }

    @Test
    void noticesWhereARepetitionPartsFromTheTrace() {
        var trace = new ArrayList<>(run(8, 1_000, 500).trace());
        int last = trace.size() - 1;
        while (trace.get(last).kind() != TraceEntry.Kind.SERVE) {
            last--;
        }
        var traced = trace.get(last);
        var other = new TraceEntry(traced.atNanos(), traced.kind(), 0, traced.name(), List.of(12_345L));
        trace.set(last, other);

        assertThat(TraceReplay.of(trace).parting()).contains(new TraceReplay.Parting(other, traced));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[1]",
                "{\"atNanos\":1,\"kind\":\"nonsense\",\"id\":1,\"name\":\"\",\"numbers\":[]}",
                "{\"atNanos\":1,\"kind\":\"serve\",\"id\":1,\"name\":\"\",\"numbers\":[\"x\"]}"
            })
    void refusesLinesOfNoTrace(String line) {
        assertThatThrownBy(() -> TraceLines.read(line)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesATraceWithoutItsBeginning() {
        assertThatThrownBy(() -> TraceReplay.of(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    private Scheduler run(long seed, int traceLength, int events) {
        var random = new SplittableRandom(seed);
        var shape = random.nextBoolean() ? new DeviceShape(2, 1) : new DeviceShape(2, 4);
        var standard = SchedulerSettings.standard();
        var settings = new SchedulerSettings(
                standard.frameBudget(),
                standard.mostFramesPerSecond(),
                standard.leastFramesPerSecond(),
                standard.captureShare(),
                standard.urgentCaptureShare(),
                standard.batchShare(),
                standard.impactTime(),
                standard.hungAfter(),
                traceLength);
        // As far from zero as a machine's clock may be, on either side of it.
        now = -50_000 * MILLI;
        var scheduler = new Scheduler(shape, settings, now);
        ENGINES.forEach(engine -> scheduler.expect(engine, new CostGuess(MILLI, 5 * MILLI), now));
        for (int event = 0; event < events; event++) {
            // Now and then long enough for a service to hang.
            now += random.nextInt(100) == 0 ? 3_000 * MILLI : random.nextLong(8 * MILLI);
            happen(scheduler, random);
            SchedulerInvariants.check(scheduler);
            decide(scheduler);
        }
        return scheduler;
    }

    private void happen(Scheduler scheduler, SplittableRandom random) {
        int kind = random.nextInt(20);
        if (kind == 0 || seats.isEmpty()) {
            seats.add(++lastId);
            scheduler.join(lastId, ENGINES.get(random.nextInt(3)), now);
        } else if (kind == 1 && seats.size() > 5) {
            long seat = any(seats, random);
            seats.remove(seat);
            scheduler.leave(seat, now);
        } else if (kind == 2) {
            asking.add(++lastId);
            scheduler.ask(
                    lastId,
                    random.nextBoolean() ? WorkClass.CAPTURE : WorkClass.BATCH,
                    ENGINES.get(random.nextInt(3)),
                    now + random.nextLong(3_000 * MILLI),
                    now);
        } else if (kind == 3 && !asking.isEmpty()) {
            long turn = any(asking, random);
            asking.remove(turn);
            inStep.remove(turn);
            scheduler.withdraw(turn, now);
        } else if (kind < 7 && !inStep.isEmpty()) {
            long turn = any(inStep, random);
            inStep.remove(turn);
            scheduler.stepped(turn, now);
            scheduler.ask(turn, classOf(scheduler, turn), "nails", now, now);
        } else if (kind < 13 && !inService.isEmpty()) {
            long seat = any(inService, random);
            inService.remove(seat);
            scheduler.served(seat, now);
        } else {
            scheduler.arrive(any(seats, random), now - random.nextLong(20 * MILLI), now);
        }
    }

    private static WorkClass classOf(Scheduler scheduler, long turn) {
        return scheduler.state().tasks().values().stream()
                .filter(task -> task.id == turn)
                .findFirst()
                .orElseThrow()
                .workClass;
    }

    private void decide(Scheduler scheduler) {
        while (true) {
            var decision = scheduler.next(now);
            SchedulerInvariants.check(scheduler);
            switch (decision) {
                case Decision.ServeLive(var _, var group) ->
                    group.forEach(seat -> assertThat(inService.add(seat))
                            .describedAs("served twice")
                            .isTrue());
                case Decision.Skip(var skipped, var _) -> skipped.forEach(seat -> scheduler.served(seat, now));
                case Decision.Step(var turn, var _) ->
                    assertThat(inStep.add(turn))
                            .describedAs("two steps at a time")
                            .isTrue();
                case Decision.Wait(var until) -> {
                    assertThat(until).isGreaterThan(now);
                    waitsForAReason(scheduler);
                    return;
                }
            }
        }
    }

    /** With a slot free and work waiting, nobody waits but those whose engine may start no more. */
    private void waitsForAReason(Scheduler scheduler) {
        var state = scheduler.state();
        if (state.slots().isFree()) {
            var waiting = new ArrayList<EngineLine>(state.lines().values());
            waiting.removeIf(line -> line.waiting.isEmpty() || state.slots().isStuck(line, now));
            assertThat(waiting).describedAs("who waits although a slot is free").isEmpty();
        }
    }

    private static long any(Set<Long> ids, SplittableRandom random) {
        return ids.stream()
                .sorted()
                .skip(random.nextInt(ids.size()))
                .findFirst()
                .orElseThrow();
    }
}
