package dev.tryon.compute;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.LongStream;

/** The last events and decisions, bounded. Not thread-safe. */
final class Trace {
    private final int length;
    private final Deque<TraceEntry> entries = new ArrayDeque<>();

    Trace(int length) {
        this.length = length;
    }

    void expected(String engine, CostGuess guess, long nowNanos) {
        event(TraceEntry.Kind.EXPECTED, 0, engine, nowNanos, guess.fixedNanos(), guess.frameNanos());
    }

    void event(TraceEntry.Kind kind, long id, String name, long nowNanos, long... numbers) {
        add(new TraceEntry(
                nowNanos, kind, id, name, LongStream.of(numbers).boxed().toList()));
    }

    void decision(Decision decision, long nowNanos) {
        add(entry(decision, nowNanos));
    }

    /** Returns a decision as it stands in the trace. */
    static TraceEntry entry(Decision decision, long nowNanos) {
        return switch (decision) {
            case Decision.ServeLive(var engine, var seats) ->
                new TraceEntry(nowNanos, TraceEntry.Kind.SERVE, 0, engine, seats);
            case Decision.Step(var turn, var _) -> new TraceEntry(nowNanos, TraceEntry.Kind.STEP, turn, "", List.of());
            case Decision.Skip(var seats, var reason) ->
                new TraceEntry(
                        nowNanos,
                        switch (reason) {
                            case EXPIRED -> TraceEntry.Kind.EXPIRE;
                            case OVERLOADED -> TraceEntry.Kind.REFUSE;
                        },
                        0,
                        "",
                        seats);
            case Decision.Wait(var untilNanos) ->
                new TraceEntry(nowNanos, TraceEntry.Kind.WAIT, 0, "", List.of(untilNanos));
        };
    }

    private void add(TraceEntry entry) {
        entries.addLast(entry);
        if (entries.size() > length) {
            entries.removeFirst();
        }
    }

    List<TraceEntry> entries() {
        return List.copyOf(entries);
    }
}
