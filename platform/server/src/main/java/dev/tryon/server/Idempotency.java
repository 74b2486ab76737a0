package dev.tryon.server;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Remembers how requests with an {@code Idempotency-Key} were answered, so that a repeated one is answered the same and
 * makes nothing twice.
 *
 * <p>Bounded: the oldest answers are forgotten first, and every answer after a quarter of an hour. Only successes are
 * remembered: what was refused may be tried again with the same key. Thread-safe.
 */
final class Idempotency {
    static final HeaderName KEY = HeaderNames.create("Idempotency-Key");
    private static final int LONGEST_KEY = 128;
    private static final int MOST = 2048;
    private static final Duration KEPT = Duration.ofMinutes(15);

    private final InstantSource clock;
    private final Map<Key, Entry> entries = new LinkedHashMap<>();

    Idempotency(InstantSource clock) {
        this.clock = clock;
    }

    /** One key of one caller on one call. */
    private record Key(String caller, String call, String key) {}

    /** What was asked, and the answer once there is one. */
    private record Entry(String fingerprint, Instant since, Optional<Reply> reply) {}

    /**
     * Answers a request once.
     *
     * @param caller whose keys these are
     * @param fingerprint the same for the same request
     * @param action makes what is to be made
     * @throws Refusal if the key was used for another request, or for one that is being served just now
     */
    Reply once(ServerRequest request, String caller, String fingerprint, Supplier<Reply> action) {
        var header = request.headers().first(KEY);
        if (header.isEmpty()) {
            return action.get();
        }
        if (header.get().isBlank() || header.get().length() > LONGEST_KEY) {
            throw Problem.of(ProblemType.MALFORMED_REQUEST, "An idempotency key has 1 to 128 characters.")
                    .refusal();
        }
        var key = new Key(caller, request.path().path(), header.get());
        var known = begin(key, fingerprint);
        if (known.isPresent()) {
            return known.get();
        }
        var reply = Optional.<Reply>empty();
        try {
            reply = Optional.of(action.get());
            return reply.get();
        } finally {
            finish(key, fingerprint, reply);
        }
    }

    private synchronized Optional<Reply> begin(Key key, String fingerprint) {
        var now = clock.instant();
        entries.values()
                .removeIf(entry ->
                        entry.reply().isPresent() && entry.since().plus(KEPT).isBefore(now));
        var entry = entries.get(key);
        if (entry == null) {
            makeRoom();
            entries.put(key, new Entry(fingerprint, now, Optional.empty()));
            return Optional.empty();
        }
        if (!entry.fingerprint().equals(fingerprint)) {
            throw Problem.of(ProblemType.IDEMPOTENCY_KEY_REUSED, "Use a new key for a new request.")
                    .refusal();
        }
        if (entry.reply().isEmpty()) {
            throw Problem.of(ProblemType.REQUEST_IN_PROGRESS, "Try again in a moment.")
                    .refusal();
        }
        return entry.reply();
    }

    private void makeRoom() {
        var oldest = entries.values().iterator();
        while (entries.size() >= MOST && oldest.hasNext()) {
            if (oldest.next().reply().isPresent()) {
                oldest.remove();
            }
        }
    }

    private synchronized void finish(Key key, String fingerprint, Optional<Reply> reply) {
        if (reply.isPresent()) {
            entries.put(key, new Entry(fingerprint, clock.instant(), reply));
        } else {
            entries.remove(key);
        }
    }
}
