package dev.tryon.server;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Tickets that open a live connection once, for a short while. Bounded: the oldest go first. Thread-safe. */
final class Tickets {
    private static final int MOST = 10_000;

    private final Clocks clocks;
    private final Ids ids;
    private final Duration lifetime;
    private final Map<String, Ticket> tickets = new LinkedHashMap<>();

    Tickets(Clocks clocks, Ids ids, Duration lifetime) {
        this.clocks = clocks;
        this.ids = ids;
        this.lifetime = lifetime;
    }

    private record Ticket(UUID session, long sinceNanos) {}

    /** Makes a ticket for a session. */
    synchronized String issue(UUID session) {
        var now = clocks.nanos();
        tickets.values().removeIf(ticket -> isOver(ticket, now));
        if (tickets.size() >= MOST) {
            tickets.remove(tickets.keySet().iterator().next());
        }
        var secret = ids.secret();
        tickets.put(secret, new Ticket(session, now));
        return secret;
    }

    /** Takes a ticket, which is gone then. @return whether it was one for this session and in time */
    synchronized boolean redeem(String secret, UUID session) {
        return Optional.ofNullable(tickets.remove(secret))
                .filter(ticket -> ticket.session().equals(session) && !isOver(ticket, clocks.nanos()))
                .isPresent();
    }

    private boolean isOver(Ticket ticket, long now) {
        return now - ticket.sinceNanos() >= lifetime.toNanos();
    }
}
