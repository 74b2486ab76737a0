package dev.tryon.compute;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The last events and decisions, with what the scheduler knew before them.
 *
 * <p>It is bounded: once as many entries have come as it should hold, it takes a checkpoint, keeps those entries with the
 * checkpoint before them, and forgets what was older. Not thread-safe.
 */
final class Trace {
    private final int length;
    private List<TraceEntry> olderState = List.of();
    private List<TraceEntry> older = List.of();
    private List<TraceEntry> state = List.of();
    private List<TraceEntry> entries = new ArrayList<>();

    Trace(int length) {
        this.length = length;
    }

    /** Returns whether a checkpoint is due; to be asked between events. */
    boolean isFull() {
        return entries.size() >= length || state.isEmpty();
    }

    /** Begins a new part with what the scheduler knows now. */
    void checkpoint(List<TraceEntry> taken) {
        older = entries;
        olderState = state;
        state = taken;
        entries = new ArrayList<>();
    }

    void event(TraceEntry.Kind kind, long id, String name, long nowNanos, long... numbers) {
        entries.add(new TraceEntry(
                nowNanos, kind, id, name, LongStream.of(numbers).boxed().toList()));
    }

    void decision(Decision decision, long nowNanos) {
        entries.add(entry(decision, nowNanos));
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

    /** Returns what was known, then all that came after it. */
    List<TraceEntry> entries() {
        var all = new ArrayList<TraceEntry>();
        all.addAll(olderState.isEmpty() ? state : olderState);
        all.addAll(older);
        all.addAll(entries);
        return all;
    }
}
