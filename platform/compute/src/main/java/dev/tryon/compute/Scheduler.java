package dev.tryon.compute;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides what a device does next.
 *
 * <p>Pure: no threads and no clock of its own. Every call says what time it is, and the same calls give the same decisions,
 * so the class that serves people is the class that is simulated. Not thread-safe; {@link DeviceScheduler} is its shell.
 *
 * <p><b>Model.</b> A device has slots. A slot is busy with a <em>group</em>, live frames of one engine, or with a
 * <em>step</em> of a <em>turn</em>, which is capture or batch work; nothing is interrupted. A session has one frame waiting
 * at most, its newest, and one in service at most.
 *
 * <p><b>Rule</b>, each time a slot is free:
 *
 * <ol>
 *   <li>Frames that cannot be served within their budget any more are skipped, whether a slot is free or not.
 *   <li>A capture's step, if captures have device time coming: their share of the time that passes while some wait, a
 *       larger one while one of them would be late.
 *   <li>A batch step, if batch work has time coming.
 *   <li>The live group whose frames' sessions were served longest ago on average, times its efficiency: what its frames
 *       cost in the best group over what they cost in this one. It is filled with the stalest sessions; frames that
 *       cannot afford the latency of the full group are left out, rather than the group be made smaller for them.
 *   <li>What is left is for captures, then batch work.
 * </ol>
 *
 * <p>Costs are learnt from what services took ({@link CostCurve}). All sessions are promised the same rate ({@link
 * PromisedRate}), but for those of an engine that costs far more than it said: they pay for it alone ({@link
 * EngineLine#weight}). A service that hangs loses its slot to the others, and its engine rests; while one looks stuck, its
 * engine gets no further slot.
 *
 * <p><b>Invariants</b>, checked after every simulated event: no more services than slots, but for those written off; a
 * session is in one group at most; who waits is in exactly one line; what is owed is bounded; with work waiting and a slot
 * free, {@link #next} never waits, unless the engine rests or may not start more.
 *
 * <p><b>Sources.</b> Staleness and the slot: simulated at 100 sessions to 96 % of the fair bound, where first come first
 * served keeps 1 %. The group's latency held against the frame's budget: Nexus (SOSP 2019), Symphony (2023). One
 * controller that refuses what cannot finish: Clockwork (OSDI 2020). One in flight, one waiting: MediaPipe's flow limiter.
 */
public final class Scheduler {
    private static final CostGuess UNKNOWN = new CostGuess(2_000_000, 18_000_000);

    private final DeviceShape shape;
    private final SchedulerSettings settings;
    private final Map<String, CostGuess> guesses = new HashMap<>();
    private final Map<String, EngineLine> lines = new LinkedHashMap<>();
    private final Map<Long, Place> places = new LinkedHashMap<>();
    private final Map<Long, Task> tasks = new HashMap<>();
    private final TaskLine captures;
    private final TaskLine batches;
    private final Slots slots;
    private final RatePlan plan;
    private final Trace trace;

    /**
     * Makes one with nothing to do.
     *
     * @param nowNanos monotonic, in nanoseconds, like every moment that it is told
     */
    public Scheduler(DeviceShape shape, SchedulerSettings settings, long nowNanos) {
        this.shape = shape;
        this.settings = settings;
        this.captures = new TaskLine(settings.captureShare(), settings.urgentCaptureShare(), shape.slots(), nowNanos);
        this.batches = new TaskLine(settings.batchShare(), settings.batchShare(), shape.slots(), nowNanos);
        this.slots = new Slots(shape.slots());
        this.plan = new RatePlan(shape.slots(), settings, nowNanos);
        this.trace = new Trace(settings.traceLength());
    }

    /** Says what an engine is thought to cost; counts for an engine that nobody has used yet. */
    public void expect(String engine, CostGuess guess, long nowNanos) {
        trace(TraceEntry.Kind.GUESSED, 0, engine, nowNanos, guess.fixedNanos(), guess.frameNanos());
        guesses.put(engine, guess);
    }

    /** Gives a session a place. @param seat an id that no other has */
    public void join(long seat, String engine, long nowNanos) {
        trace(TraceEntry.Kind.JOINED, seat, engine, nowNanos);
        var line = line(engine, nowNanos);
        if (places.putIfAbsent(seat, new Place(seat, line, nowNanos)) != null) {
            throw new IllegalArgumentException("seat " + seat + " is taken");
        }
        line.tally.seats++;
    }

    /** Takes note of a session's newest frame. @param receivedNanos when its last byte came */
    public void arrive(long seat, long receivedNanos, long nowNanos) {
        trace(TraceEntry.Kind.ARRIVED, seat, "", nowNanos, receivedNanos);
        var place = place(seat);
        place.arrivedNanos = nowNanos;
        switch (place.state) {
            case IDLE -> {
                place.receivedNanos = receivedNanos;
                place.state = Place.State.WAITING;
                place.line.waiting.add(place);
            }
            case WAITING, IN_SERVICE_AND_WAITING -> place.receivedNanos = receivedNanos;
            case IN_SERVICE -> {
                place.receivedNanos = receivedNanos;
                place.state = Place.State.IN_SERVICE_AND_WAITING;
            }
            case LEAVING -> {
                // Too late.
            }
        }
    }

    /** Takes a session's place away; at once, or when the service under way has ended. */
    public void leave(long seat, long nowNanos) {
        trace(TraceEntry.Kind.LEFT, seat, "", nowNanos);
        var place = place(seat);
        switch (place.state) {
            case IDLE, WAITING -> remove(place);
            case IN_SERVICE, IN_SERVICE_AND_WAITING, LEAVING -> place.state = Place.State.LEAVING;
        }
    }

    /** Returns whether a session still has a place. */
    public boolean isPresent(long seat) {
        return places.containsKey(seat);
    }

    /** Says that a session's frame, of a group or skipped, has its answer. */
    public void served(long seat, long nowNanos) {
        trace(TraceEntry.Kind.SERVED, seat, "", nowNanos);
        var place = place(seat);
        var service = place.service;
        place.service = null;
        if (service != null && --service.left == 0) {
            long took = slots.end(service, nowNanos);
            service.line.costs.add(service.size, took, nowNanos);
        }
        switch (place.state) {
            case IN_SERVICE -> place.state = Place.State.IDLE;
            case IN_SERVICE_AND_WAITING -> {
                place.state = Place.State.WAITING;
                place.line.waiting.add(place);
            }
            case LEAVING -> remove(place);
            case IDLE, WAITING -> throw new IllegalStateException("seat " + seat + " was served while " + place.state);
        }
    }

    /**
     * Says that a turn wants a step.
     *
     * @param turn an id that no other turn has
     * @param dueNanos when all of its work should be done
     */
    public void ask(long turn, WorkClass workClass, String engine, long dueNanos, long nowNanos) {
        trace(TraceEntry.Kind.ASKED, turn, engine, nowNanos, workClass.code(), dueNanos);
        var task = tasks.computeIfAbsent(turn, id -> new Task(id, workClass, line(engine, nowNanos), dueNanos));
        if (task.step != null) {
            throw new IllegalStateException("turn " + turn + " asks in the middle of a step");
        }
        task.rankNanos = workClass == WorkClass.CAPTURE ? dueNanos : nowNanos;
        line(task).waiting.add(task);
    }

    /** Says that a turn's step has ended. */
    public void stepped(long turn, long nowNanos) {
        trace(TraceEntry.Kind.STEPPED, turn, "", nowNanos);
        endStep(task(turn), nowNanos);
    }

    /** Says that a turn wants no more, and has given up the step under way, if there is one. */
    public void withdraw(long turn, long nowNanos) {
        trace(TraceEntry.Kind.WITHDRAWN, turn, "", nowNanos);
        var task = task(turn);
        if (task.step != null) {
            endStep(task, nowNanos);
        }
        line(task).waiting.remove(task);
        line(task).ended(task);
        tasks.remove(turn);
    }

    /** Decides what is done now. To be asked again after every decision but to wait, and after everything it is told. */
    public Decision next(long nowNanos) {
        slots.writeOff(nowNanos);
        plan.look(lines.values(), places.values(), nowNanos);
        var decision = decide(nowNanos);
        trace.decision(decision, nowNanos);
        return decision;
    }

    private Decision decide(long nowNanos) {
        var skip = skip(nowNanos);
        if (skip.isPresent()) {
            return skip.get();
        }
        // Both pass time, so both are asked.
        boolean captureOwed = captures.isOwed(nowNanos);
        boolean batchOwed = batches.isOwed(nowNanos);
        if (slots.isFree()) {
            if (mayCapture() && captureOwed) {
                return owedStep(captures, nowNanos);
            }
            if (mayBatch() && batchOwed) {
                return owedStep(batches, nowNanos);
            }
            var live = live(nowNanos);
            if (live.isPresent()) {
                return live.get();
            }
            var rest = (mayCapture() ? captures.first() : Optional.<Task>empty())
                    .or(() -> mayBatch() ? batches.first() : Optional.empty());
            if (rest.isPresent()) {
                return step(rest.get(), 0, nowNanos);
            }
        }
        return new Decision.Wait(wakeNanos(nowNanos));
    }

    /** Frames that cannot make it any more, or whose engine rests; of one line and one reason at a time. */
    private Optional<Decision> skip(long nowNanos) {
        for (var line : lines.values()) {
            boolean resting = line.isResting(nowNanos);
            var skipped = line.waiting.stream()
                    .filter(place -> resting || line.isHopeless(place, nowNanos))
                    .toList();
            if (!skipped.isEmpty()) {
                var reason = resting ? Drop.OVERLOADED : Drop.EXPIRED;
                for (var place : skipped) {
                    line.waiting.remove(place);
                    place.state = Place.State.IN_SERVICE;
                    line.tally.dropped(reason);
                }
                return Optional.of(new Decision.Skip(ids(skipped), reason));
            }
        }
        return Optional.empty();
    }

    private Optional<Decision> live(long nowNanos) {
        EngineLine best = null;
        EngineLine.Candidate group = null;
        for (var line : lines.values()) {
            if (!line.waiting.isEmpty() && !slots.isStuck(line, nowNanos)) {
                var candidate = line.candidate(nowNanos).orElseThrow();
                if (group == null || candidate.score() > group.score()) {
                    best = line;
                    group = candidate;
                }
            }
        }
        if (best == null || group == null) {
            return Optional.empty();
        }
        var members = best.take(group, nowNanos);
        var service = new Service(
                best,
                WorkClass.LIVE,
                members.size(),
                nowNanos,
                best.costs.highNanos(members.size()),
                0,
                settings.hungAfter().toNanos());
        slots.begin(service);
        for (var place : members) {
            place.begin(service, nowNanos);
        }
        return Optional.of(new Decision.ServeLive(best.engine, ids(members)));
    }

    private Decision owedStep(TaskLine line, long nowNanos) {
        var task = line.waiting.first();
        double expected = line.stepNanos(task);
        line.pay(expected);
        return step(task, expected, nowNanos);
    }

    /** Begins a step. @param paidNanos what was taken off what is owed; nothing where live frames leave the device idle */
    private Decision step(Task task, double paidNanos, long nowNanos) {
        var line = line(task);
        var service = new Service(
                task.line,
                task.workClass,
                1,
                nowNanos,
                line.stepNanos(task),
                paidNanos,
                settings.hungAfter().toNanos());
        slots.begin(service);
        task.step = service;
        line.waiting.remove(task);
        line.inStep++;
        return new Decision.Step(task.id, task.workClass);
    }

    private void endStep(Task task, long nowNanos) {
        var step = task.step;
        if (step == null) {
            throw new IllegalStateException("turn " + task.id + " has no step to end");
        }
        task.step = null;
        line(task).inStep--;
        long took = slots.end(step, nowNanos);
        line(task).stepped(task, step, took);
        if (step.paidNanos > 0) {
            plan.turnTook(took);
        }
    }

    /** Captures leave a slot to live frames, where there are several; a film's step that is long holds none of them up. */
    private boolean mayCapture() {
        return captures.inStep < Math.max(1, slots.count() - 1);
    }

    /** Batch work leaves a slot to live frames, where there are several. */
    private boolean mayBatch() {
        return captures.inStep + batches.inStep < Math.max(1, slots.count() - 1);
    }

    private long wakeNanos(long nowNanos) {
        long wake = slots.hungNanos(plan.dueNanos());
        for (var line : lines.values()) {
            long spare = line.budgetNanos() - (long) line.costs.meanNanos(1);
            for (var place : line.waiting) {
                wake = Math.min(wake, place.receivedNanos + spare + 1);
            }
        }
        return Math.max(wake, nowNanos + 1);
    }

    /** Returns the rate that a session is promised, in frames a second. */
    public double promisedFramesPerSecond(long seat) {
        return plan.promised(place(seat).line);
    }

    /** Returns whether all sessions would still get the least rate if one more of this engine came. */
    public boolean admits(String engine, long nowNanos) {
        var known = lines.get(engine);
        var line = known == null ? newLine(engine, nowNanos) : known;
        return !line.isResting(nowNanos) && plan.admits(line);
    }

    /** Returns how many sessions wait to be served. */
    public int waiting() {
        return lines.values().stream().mapToInt(line -> line.waiting.size()).sum();
    }

    /** Returns how it stands. */
    public Snapshot snapshot(long nowNanos) {
        return Snapshot.of(
                lines.values(),
                new Snapshot.Device(shape, slots.busy(), slots.writtenOff()),
                plan.rates(),
                new Snapshot.Waiting(captures.waiting.size(), batches.waiting.size()),
                nowNanos);
    }

    /** What it knows, for those who check it or take it down. */
    record State(
            DeviceShape shape,
            SchedulerSettings settings,
            Map<String, CostGuess> guesses,
            Map<String, EngineLine> lines,
            Map<Long, Place> places,
            Map<Long, Task> tasks,
            TaskLine captures,
            TaskLine batches,
            Slots slots,
            RatePlan plan) {}

    State state() {
        return new State(shape, settings, guesses, lines, places, tasks, captures, batches, slots, plan);
    }

    /** Returns what it knew, and all events and decisions since, the oldest first; {@link TraceReplay} repeats them. */
    public List<TraceEntry> trace() {
        return trace.entries();
    }

    private void trace(TraceEntry.Kind kind, long id, String name, long nowNanos, long... numbers) {
        if (trace.isFull()) {
            trace.checkpoint(Checkpoint.take(state(), nowNanos));
        }
        trace.event(kind, id, name, nowNanos, numbers);
    }

    private static List<Long> ids(Collection<Place> places) {
        return places.stream().map(place -> place.id).toList();
    }

    private TaskLine line(Task task) {
        return task.workClass == WorkClass.CAPTURE ? captures : batches;
    }

    private EngineLine line(String engine, long nowNanos) {
        return lines.computeIfAbsent(engine, name -> newLine(name, nowNanos));
    }

    private EngineLine newLine(String engine, long nowNanos) {
        var costs = new CostCurve(guesses.getOrDefault(engine, UNKNOWN), shape.maxBatch());
        return new EngineLine(engine, costs, settings.frameBudget().toNanos(), nowNanos);
    }

    private Place place(long seat) {
        var place = places.get(seat);
        if (place == null) {
            throw new IllegalArgumentException("there is no seat " + seat);
        }
        return place;
    }

    private Task task(long turn) {
        var task = tasks.get(turn);
        if (task == null) {
            throw new IllegalArgumentException("there is no turn " + turn);
        }
        return task;
    }

    private void remove(Place place) {
        place.line.waiting.remove(place);
        place.line.tally.seats--;
        places.remove(place.id);
    }
}
