package dev.tryon.compute;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * All that a scheduler decides from, taken down as entries of its trace, so that a trace whose beginning is forgotten can
 * still be repeated. Numbers with a fraction stand as the bits of a double: a repetition is exact or worth nothing.
 */
final class Checkpoint {
    private static final long NONE = -1;

    private final long nowNanos;
    private final List<TraceEntry> entries = new ArrayList<>();

    private Checkpoint(long nowNanos) {
        this.nowNanos = nowNanos;
    }

    /** Takes it down. */
    static List<TraceEntry> take(Scheduler.State state, long nowNanos) {
        var checkpoint = new Checkpoint(nowNanos);
        checkpoint.settings(state.shape(), state.settings());
        state.guesses()
                .forEach((engine, guess) -> checkpoint.add(
                        TraceEntry.Kind.EXPECTED, 0, engine, List.of(guess.fixedNanos(), guess.frameNanos())));
        checkpoint.add(TraceEntry.Kind.PLAN, 0, "", state.plan().save());
        for (var line : state.lines().values()) {
            checkpoint.add(TraceEntry.Kind.LINE, 0, line.engine, line.save());
            for (int size = 1; size <= line.costs.maxBatch(); size++) {
                if (line.costs.measured(size) > 0) {
                    checkpoint.add(TraceEntry.Kind.COSTS, 0, line.engine, line.costs.save(size));
                }
            }
        }
        checkpoint.share(WorkClass.CAPTURE, state.captures());
        checkpoint.share(WorkClass.BATCH, state.batches());
        var running = state.slots().running();
        for (var service : running) {
            checkpoint.add(TraceEntry.Kind.SERVICE, running.indexOf(service), service.line.engine, service.save());
        }
        for (var place : state.places().values()) {
            checkpoint.add(
                    TraceEntry.Kind.SEAT,
                    place.id,
                    place.line.engine,
                    List.of(
                            place.servedNanos,
                            Double.doubleToLongBits(place.services),
                            place.arrivedNanos,
                            place.receivedNanos,
                            place.state.code(),
                            place.service == null ? NONE : running.indexOf(place.service)));
        }
        for (var task : state.tasks().values()) {
            boolean waits = state.captures().waiting.contains(task)
                    || state.batches().waiting.contains(task);
            checkpoint.add(
                    TraceEntry.Kind.TURN,
                    task.id,
                    task.line.engine,
                    List.of(
                            task.workClass.code(),
                            task.dueNanos,
                            task.rankNanos,
                            Double.doubleToLongBits(task.usedNanos),
                            waits ? 1L : 0L,
                            task.step == null ? NONE : running.indexOf(task.step)));
        }
        return checkpoint.entries;
    }

    private void add(TraceEntry.Kind kind, long id, String name, List<Long> numbers) {
        entries.add(new TraceEntry(nowNanos, kind, id, name, numbers));
    }

    private void settings(DeviceShape shape, SchedulerSettings settings) {
        add(
                TraceEntry.Kind.SETTINGS,
                0,
                "",
                List.of(
                        (long) shape.slots(),
                        (long) shape.maxBatch(),
                        settings.frameBudget().toNanos(),
                        Double.doubleToLongBits(settings.mostFramesPerSecond()),
                        Double.doubleToLongBits(settings.leastFramesPerSecond()),
                        Double.doubleToLongBits(settings.captureShare()),
                        Double.doubleToLongBits(settings.urgentCaptureShare()),
                        Double.doubleToLongBits(settings.batchShare()),
                        settings.impactTime().toNanos(),
                        settings.hungAfter().toNanos(),
                        (long) settings.traceLength()));
    }

    private void share(WorkClass which, TaskLine line) {
        add(TraceEntry.Kind.SHARE, which.code(), "", line.saveOwed());
        line.engines().forEach(engine -> add(TraceEntry.Kind.STEPS, which.code(), engine, line.saveCosts(engine)));
    }

    /**
     * Makes the scheduler that was taken down at the beginning of a trace.
     *
     * @throws IllegalArgumentException if the trace does not begin with a checkpoint
     */
    static Scheduler restore(List<TraceEntry> trace) {
        if (trace.isEmpty() || trace.getFirst().kind() != TraceEntry.Kind.SETTINGS) {
            throw new IllegalArgumentException("the trace does not begin with the scheduler's settings");
        }
        var first = trace.getFirst();
        var scheduler = new Scheduler(shape(first.numbers()), settings(first.numbers()), first.atNanos());
        var state = scheduler.state();
        for (var entry : trace) {
            if (!entry.kind().isCheckpoint()) {
                break;
            }
            restore(entry, state);
        }
        return scheduler;
    }

    private static void restore(TraceEntry entry, Scheduler.State state) {
        var numbers = entry.numbers();
        switch (entry.kind()) {
            case EXPECTED -> state.guesses().put(entry.name(), new CostGuess(numbers.get(0), numbers.get(1)));
            case PLAN -> state.plan().restore(numbers);
            case LINE ->
                state.lines()
                        .put(
                                entry.name(),
                                EngineLine.restored(
                                        entry.name(), state.shape(), state.settings(), numbers, entry.atNanos()));
            case COSTS -> line(entry, state).costs.restore(numbers);
            case SHARE -> tasks(WorkClass.of(entry.id()), state).restoreOwed(numbers);
            case STEPS -> tasks(WorkClass.of(entry.id()), state).restoreCosts(entry.name(), numbers);
            case SERVICE ->
                state.slots()
                        .begin(Service.restored(
                                line(entry, state),
                                numbers,
                                state.settings().hungAfter().toNanos()));
            case SEAT -> seat(entry, state);
            case TURN -> turn(entry, state);
            case SETTINGS -> {
                // Known since it was made.
            }
            default -> throw new IllegalArgumentException(entry.kind() + " in a checkpoint");
        }
    }

    private static void seat(TraceEntry entry, Scheduler.State state) {
        var numbers = entry.numbers();
        var place = new Place(entry.id(), line(entry, state), entry.atNanos());
        place.servedNanos = numbers.get(0);
        place.services = Double.longBitsToDouble(numbers.get(1));
        place.arrivedNanos = numbers.get(2);
        place.receivedNanos = numbers.get(3);
        place.state = Place.State.of(numbers.get(4));
        if (numbers.get(5) != NONE) {
            place.service = state.slots().running().get(numbers.get(5).intValue());
        }
        state.places().put(place.id, place);
        place.line.tally.seats++;
        if (place.state == Place.State.WAITING) {
            place.line.waiting.add(place);
        }
    }

    private static void turn(TraceEntry entry, Scheduler.State state) {
        var numbers = entry.numbers();
        var workClass = WorkClass.of(numbers.get(0));
        var task = new Task(entry.id(), workClass, line(entry, state), numbers.get(1));
        task.rankNanos = numbers.get(2);
        task.usedNanos = Double.longBitsToDouble(numbers.get(3));
        var tasks = tasks(workClass, state);
        if (numbers.get(4) == 1) {
            tasks.waiting.add(task);
        }
        if (numbers.get(5) != NONE) {
            task.step = state.slots().running().get(numbers.get(5).intValue());
            tasks.inStep++;
        }
        state.tasks().put(task.id, task);
    }

    private static TaskLine tasks(WorkClass which, Scheduler.State state) {
        return which == WorkClass.CAPTURE ? state.captures() : state.batches();
    }

    private static EngineLine line(TraceEntry entry, Scheduler.State state) {
        var line = state.lines().get(entry.name());
        if (line == null) {
            throw new IllegalArgumentException("the checkpoint has no engine " + entry.name());
        }
        return line;
    }

    private static DeviceShape shape(List<Long> numbers) {
        return new DeviceShape(Math.toIntExact(numbers.get(0)), Math.toIntExact(numbers.get(1)));
    }

    private static SchedulerSettings settings(List<Long> numbers) {
        return new SchedulerSettings(
                Duration.ofNanos(numbers.get(2)),
                Double.longBitsToDouble(numbers.get(3)),
                Double.longBitsToDouble(numbers.get(4)),
                Double.longBitsToDouble(numbers.get(5)),
                Double.longBitsToDouble(numbers.get(6)),
                Double.longBitsToDouble(numbers.get(7)),
                Duration.ofNanos(numbers.get(8)),
                Duration.ofNanos(numbers.get(9)),
                Math.toIntExact(numbers.get(10)));
    }
}
