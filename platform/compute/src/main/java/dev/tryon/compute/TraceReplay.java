package dev.tryon.compute;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A trace repeated: the same scheduler is told again what it was told, and its decisions are compared.
 *
 * @param decisions that were repeated
 * @param parting where it decided otherwise for the first time; empty if it never did
 */
public record TraceReplay(List<TraceEntry> decisions, Optional<Parting> parting) {
    /** Copies the list. */
    public TraceReplay {
        decisions = List.copyOf(decisions);
    }

    /** Two decisions that should be one. */
    public record Parting(TraceEntry traced, TraceEntry repeated) {}

    /**
     * Repeats a trace, to its end or to where it parts from what was traced.
     *
     * @throws IllegalArgumentException if this is not a scheduler's trace
     */
    public static TraceReplay of(List<TraceEntry> trace) {
        var scheduler = Checkpoint.restore(trace);
        var decisions = new ArrayList<TraceEntry>();
        for (var entry :
                trace.stream().dropWhile(entry -> entry.kind().isCheckpoint()).toList()) {
            if (entry.kind().isDecision()) {
                var repeated = Trace.entry(scheduler.next(entry.atNanos()), entry.atNanos());
                if (!repeated.equals(entry)) {
                    return new TraceReplay(decisions, Optional.of(new Parting(entry, repeated)));
                }
                decisions.add(repeated);
            } else {
                tell(scheduler, entry);
            }
        }
        return new TraceReplay(decisions, Optional.empty());
    }

    private static void tell(Scheduler scheduler, TraceEntry entry) {
        long now = entry.atNanos();
        var numbers = entry.numbers();
        switch (entry.kind()) {
            case GUESSED -> scheduler.expect(entry.name(), new CostGuess(numbers.get(0), numbers.get(1)), now);
            case JOINED -> scheduler.join(entry.id(), entry.name(), now);
            case ARRIVED -> scheduler.arrive(entry.id(), numbers.get(0), now);
            case LEFT -> scheduler.leave(entry.id(), now);
            case SERVED -> scheduler.served(entry.id(), now);
            case ASKED -> scheduler.ask(entry.id(), WorkClass.of(numbers.get(0)), entry.name(), numbers.get(1), now);
            case STEPPED -> scheduler.stepped(entry.id(), now);
            case WITHDRAWN -> scheduler.withdraw(entry.id(), now);
            case SETTINGS, EXPECTED, PLAN, LINE, COSTS, SHARE, STEPS, SERVICE, SEAT, TURN ->
                throw new IllegalArgumentException("a checkpoint in the middle of the trace");
            case SERVE, STEP, EXPIRE, REFUSE, WAIT -> throw new IllegalStateException("a decision is not told");
        }
    }
}
