package dev.tryon.testkit;

import dev.tryon.compute.CostGuess;
import dev.tryon.compute.Decision;
import dev.tryon.compute.DeviceShape;
import dev.tryon.compute.Drop;
import dev.tryon.compute.WorkClass;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Rules that one would think of first, to compare with. They know the true costs from the start, batch as far as the
 * device can, and give captures the device when they would be late otherwise; batch work has what is left.
 */
final class BaselinePolicy implements SchedulingPolicy {
    private static final long CAPTURE_RESERVE = Duration.ofMillis(800).toNanos();
    private static final double CAMERA = 25;

    private final Kind kind;
    private final DeviceShape shape;
    private final long budget;
    private final Map<String, CostGuess> costs;
    private final Map<Long, String> engines = new HashMap<>();
    private final Map<String, TreeMap<Long, Frame>> waiting = new LinkedHashMap<>();
    private final Map<Long, Long> place = new HashMap<>();
    private final Queue<Ask> captures = new PriorityQueue<>(Comparator.comparingLong(Ask::due));
    private final Queue<Ask> batches = new ArrayDeque<>();
    private long sequence;
    private int busy;

    /** Which rule. */
    enum Kind {
        /** Everything in the order it came, nothing replaced and nothing expired; frames of one engine join the first. */
        FIRST_COME,
        /** The newest frame of each session; the one that expires first, with as many others as it can afford. */
        EARLIEST_DEADLINE,
        /** The newest frame of each session; the group with the most frames a millisecond. */
        MOST_VALUE
    }

    private record Frame(long seat, long received) {}

    private record Ask(long turn, WorkClass workClass, long due, long sequence) {}

    BaselinePolicy(Kind kind, DeviceShape shape, Duration budget, Map<String, CostGuess> costs) {
        this.kind = kind;
        this.shape = shape;
        this.budget = budget.toNanos();
        this.costs = costs;
        costs.keySet().forEach(engine -> waiting.put(engine, new TreeMap<>()));
    }

    @Override
    public boolean keepsEveryFrame() {
        return kind == Kind.FIRST_COME;
    }

    @Override
    public void join(long seat, String engine, long now) {
        engines.put(seat, engine);
    }

    @Override
    public void arrive(long seat, long received, long now) {
        var line = line(seat);
        if (!keepsEveryFrame()) {
            var old = place.put(seat, sequence);
            if (old != null) {
                line.remove(old);
            }
        }
        line.put(sequence++, new Frame(seat, received));
    }

    private SortedMap<Long, Frame> line(long seat) {
        return waiting.getOrDefault(engines.getOrDefault(seat, ""), new TreeMap<>());
    }

    @Override
    public void groupEnded(List<Long> seats, long now) {
        busy--;
    }

    @Override
    public void skipped(List<Long> seats, long now) {
        // They are out of the line already.
    }

    @Override
    public void ask(long turn, WorkClass workClass, String engine, long due, long now) {
        (workClass == WorkClass.CAPTURE ? captures : batches).add(new Ask(turn, workClass, due, sequence++));
    }

    @Override
    public void stepped(long turn, long now) {
        busy--;
    }

    @Override
    public void withdraw(long turn, long now) {
        // A simulated turn ends after its last step, when it waits no more.
    }

    @Override
    public double advised(long seat) {
        return CAMERA;
    }

    @Override
    public Decision next(long now) {
        if (kind != Kind.FIRST_COME) {
            var expired = expired(now);
            if (!expired.isEmpty()) {
                return new Decision.Skip(expired, Drop.EXPIRED);
            }
        }
        if (busy == shape.slots()) {
            return new Decision.Wait(Long.MAX_VALUE);
        }
        var decision =
                switch (kind) {
                    case FIRST_COME -> firstCome();
                    case EARLIEST_DEADLINE ->
                        urgentCapture(now).or(() -> earliest(now)).or(this::rest);
                    case MOST_VALUE -> urgentCapture(now).or(this::mostValue).or(this::rest);
                };
        if (decision.isPresent()) {
            busy++;
        }
        return decision.orElse(new Decision.Wait(Long.MAX_VALUE));
    }

    private List<Long> expired(long now) {
        var expired = new ArrayList<Long>();
        waiting.forEach((engine, line) -> line.values().removeIf(frame -> {
            boolean late = now + cost(engine, 1) > frame.received() + budget;
            if (late) {
                expired.add(frame.seat());
            }
            return late;
        }));
        return expired;
    }

    private long cost(String engine, int frames) {
        var cost = costs.get(engine);
        return cost == null ? 0 : cost.nanos(frames);
    }

    private Optional<Decision> firstCome() {
        long first = Long.MAX_VALUE;
        String engine = "";
        for (var line : waiting.entrySet()) {
            if (!line.getValue().isEmpty() && line.getValue().firstKey() < first) {
                first = line.getValue().firstKey();
                engine = line.getKey();
            }
        }
        for (var asks : List.of(captures, batches)) {
            var ask = asks.peek();
            if (ask != null && ask.sequence() < first) {
                var other = asks == captures ? batches.peek() : null;
                if (other == null || ask.sequence() < other.sequence()) {
                    return Optional.of(step(asks));
                }
            }
        }
        return engine.isEmpty() ? Optional.empty() : Optional.of(serve(engine, shape.maxBatch()));
    }

    private Optional<Decision> urgentCapture(long now) {
        var first = captures.peek();
        return first != null && now + CAPTURE_RESERVE > first.due() ? Optional.of(step(captures)) : Optional.empty();
    }

    private Optional<Decision> earliest(long now) {
        String engine = "";
        long received = Long.MAX_VALUE;
        for (var line : waiting.entrySet()) {
            if (!line.getValue().isEmpty()
                    && line.getValue().firstEntry().getValue().received() < received) {
                received = line.getValue().firstEntry().getValue().received();
                engine = line.getKey();
            }
        }
        if (engine.isEmpty()) {
            return Optional.empty();
        }
        int size = 1;
        while (size < shape.maxBatch() && now + cost(engine, size + 1) <= received + budget) {
            size++;
        }
        return Optional.of(serve(engine, size));
    }

    private Optional<Decision> mostValue() {
        String best = "";
        double most = 0;
        for (var line : waiting.entrySet()) {
            int size = Math.min(shape.maxBatch(), line.getValue().size());
            double value = size == 0 ? 0 : size / (double) cost(line.getKey(), size);
            if (value > most) {
                most = value;
                best = line.getKey();
            }
        }
        return best.isEmpty() ? Optional.empty() : Optional.of(serve(best, shape.maxBatch()));
    }

    private Optional<Decision> rest() {
        var asks = captures.isEmpty() ? batches : captures;
        return asks.isEmpty() ? Optional.empty() : Optional.of(step(asks));
    }

    private static Decision step(Queue<Ask> asks) {
        var ask = asks.remove();
        return new Decision.Step(ask.turn(), ask.workClass());
    }

    private Decision serve(String engine, int most) {
        var line = waiting.getOrDefault(engine, new TreeMap<>());
        var seats = new ArrayList<Long>();
        while (seats.size() < most && !line.isEmpty()) {
            seats.add(line.pollFirstEntry().getValue().seat());
        }
        return new Decision.ServeLive(engine, seats);
    }
}
