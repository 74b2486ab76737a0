package dev.tryon.testkit;

import dev.tryon.compute.Decision;
import dev.tryon.compute.WorkClass;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/**
 * A device, cameras and captures in virtual time, under any {@link SchedulingPolicy}.
 *
 * <p>Cameras send in random phase. Every decision is checked: no more at a time than slots, no group larger than the device
 * takes, nobody served who does not wait or who is in service already. The same load and policy give the same run.
 */
final class SchedulingSimulation {
    private static final double SECOND = 1e9;
    private static final double CAMERA_JITTER = 0.02;

    private final SimulatedLoad load;
    private final SchedulingPolicy policy;
    private final SplittableRandom cameras;
    private final SplittableRandom captures;
    private final SplittableRandom costs;
    private final SimulationTally tally;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::number));
    private final Map<Long, Deque<Long>> frames = new HashMap<>();
    private final Map<Long, Long> served = new HashMap<>();
    private final Map<Long, Double> rates = new HashMap<>();
    private final Map<Long, Work> turns = new HashMap<>();
    private long eventCount;
    private long lastTurn;
    private long now;
    private long wakesAt = Long.MAX_VALUE;
    private int busy;

    private record Event(long at, long number, Runnable happens) {}

    /** A turn under way. @param left device time that it still needs */
    private record Work(WorkClass workClass, String engine, long due, long left) {}

    private SchedulingSimulation(SimulatedLoad load, SchedulingPolicy policy) {
        this.load = load;
        this.policy = policy;
        // One each, so that the same comes in whatever the policy does.
        var random = new SplittableRandom(load.seed());
        this.cameras = random.split();
        this.captures = random.split();
        this.costs = random.split();
        this.tally = new SimulationTally(load);
    }

    /** Runs it. */
    static SimulationTally run(SimulatedLoad load, SchedulingPolicy policy) {
        var simulation = new SchedulingSimulation(load, policy);
        simulation.begin();
        simulation.run();
        return simulation.tally;
    }

    private void begin() {
        long seats = 0;
        for (var arrival : load.arrivals()) {
            var coming = LongStream.rangeClosed(seats + 1, seats + arrival.sessions())
                    .boxed()
                    .toList();
            seats += arrival.sessions();
            at(arrival.at().toNanos(), () -> coming.forEach(this::join));
        }
        for (int film = 0; film < load.films(); film++) {
            at(0, () -> ask(++lastTurn, new Work(WorkClass.BATCH, engine(), Long.MAX_VALUE / 4, Long.MAX_VALUE / 4)));
        }
        nextCapture();
    }

    private void run() {
        while (true) {
            var event = events.remove();
            if (event.at() > load.until().toNanos()) {
                return;
            }
            now = event.at();
            event.happens().run();
            decide();
        }
    }

    private void at(long moment, Runnable happens) {
        events.add(new Event(moment, eventCount++, happens));
    }

    private String engine() {
        return load.engines().get(captures.nextInt(load.engines().size()));
    }

    private void join(long seat) {
        policy.join(seat, load.engineOf(seat), now);
        frames.put(seat, new ArrayDeque<>());
        at(now + (long) (cameras.nextDouble() * SECOND / SimulatedLoad.CAMERA_FRAMES_PER_SECOND), () -> send(seat));
    }

    private void send(long seat) {
        var waiting = frames(seat);
        if (!policy.keepsEveryFrame()) {
            waiting.clear();
        }
        waiting.add(now);
        tally.sent(now);
        policy.arrive(seat, now, now);
        double rate =
                switch (load.clients()) {
                    case EVERY_FRAME -> SimulatedLoad.CAMERA_FRAMES_PER_SECOND;
                    case AS_ADVISED -> Math.min(SimulatedLoad.CAMERA_FRAMES_PER_SECOND, policy.advised(seat));
                };
        // All hear of another rate at once: frames that came in step would go on coming so, a burst every period.
        double before = rates.getOrDefault(seat, rate);
        rates.put(seat, rate);
        double period = SECOND / rate;
        double wait = before != rate ? period * cameras.nextDouble() : spread(period, CAMERA_JITTER, cameras);
        at(now + (long) wait, () -> send(seat));
    }

    private void nextCapture() {
        if (load.capturesPerSecond() > 0) {
            long wait = (long) (-Math.log(1 - captures.nextDouble()) / load.capturesPerSecond() * SECOND);
            at(now + wait, () -> {
                long due = now + SimulatedLoad.DUE.toNanos();
                tally.captureAsked(due, now);
                ask(++lastTurn, new Work(WorkClass.CAPTURE, engine(), due, SimulatedLoad.CAPTURE.toNanos()));
                nextCapture();
            });
        }
    }

    private void ask(long turn, Work work) {
        turns.put(turn, work);
        policy.ask(turn, work.workClass(), work.engine(), work.due(), now);
    }

    private void decide() {
        while (true) {
            long began = System.nanoTime();
            var decision = policy.next(now);
            tally.decided(System.nanoTime() - began, now);
            switch (decision) {
                case Decision.ServeLive(var engine, var seats) -> serve(engine, seats);
                case Decision.Step(var turn, var _) -> step(turn);
                case Decision.Skip(var seats, var _) -> {
                    seats.forEach(seat -> take(seat));
                    policy.skipped(seats, now);
                }
                case Decision.Wait(var until) -> {
                    if (until < wakesAt || wakesAt <= now) {
                        wakesAt = until;
                        if (until < Long.MAX_VALUE) {
                            at(until, () -> {});
                        }
                    }
                    return;
                }
            }
        }
    }

    private void serve(String engine, List<Long> seats) {
        check(busy < load.shape().slots(), "a group without a slot");
        check(!seats.isEmpty() && seats.size() <= load.shape().maxBatch(), "a group of " + seats.size());
        busy++;
        var received = new ArrayList<Long>();
        for (var seat : seats) {
            check(load.engineOf(seat).equals(engine), "a group of several engines");
            received.add(take(seat));
            check(policy.keepsEveryFrame() || served.put(seat, now) == null, "served twice at a time");
        }
        var cost = load.costs().get(engine);
        check(cost != null, "an engine that nobody knows");
        long took = cost == null ? 0 : (long) spread((double) cost.nanos(seats.size()), load.noise(), costs);
        tally.busy(took, now);
        at(now + took, () -> {
            busy--;
            seats.forEach(served::remove);
            for (int index = 0; index < seats.size(); index++) {
                tally.served(seats.get(index), received.get(index), now);
            }
            tally.group(seats.size(), now);
            policy.groupEnded(seats, now);
        });
    }

    private long take(long seat) {
        var frame = frames(seat).poll();
        check(frame != null, "served without a frame");
        return frame == null ? 0 : frame;
    }

    private void step(long turn) {
        check(busy < load.shape().slots(), "a step without a slot");
        var work = turns.remove(turn);
        check(work != null, "a step that nobody asked for");
        if (work == null) {
            return;
        }
        busy++;
        long takes = Math.min(work.left(), SimulatedLoad.STEP.toNanos());
        tally.busy(takes, now);
        at(now + takes, () -> {
            busy--;
            policy.stepped(turn, now);
            tally.step(work.workClass(), takes, now);
            long left = work.left() - takes;
            if (left > 0) {
                ask(turn, new Work(work.workClass(), work.engine(), work.due(), left));
            } else {
                policy.withdraw(turn, now);
                tally.captureDone(work.due(), now);
            }
        });
    }

    private Deque<Long> frames(long seat) {
        var waiting = frames.get(seat);
        if (waiting == null) {
            throw new IllegalStateException("there is no seat " + seat);
        }
        return waiting;
    }

    private static double spread(double nanos, double noise, SplittableRandom random) {
        return nanos * (1 + noise * (2 * random.nextDouble() - 1));
    }

    private static void check(boolean holds, String what) {
        if (!holds) {
            throw new IllegalStateException(what);
        }
    }
}
