package dev.tryon.server;

import dev.tryon.spi.TryOnException;
import dev.tryon.store.Marks;
import dev.tryon.store.StoreFullException;
import dev.tryon.store.TakenException;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Sees to it that a request with an {@code Idempotency-Key} makes one thing, however often it is sent, wherever, and
 * whatever crashes in between.
 *
 * <p>Model. The first request with a key binds it, durably and for all nodes, to its body and to the id that the new thing
 * is to have. Every request with that key then makes the thing with that id or finds it; no answer is stored. A refusal
 * that the caller can do something about frees the key for a corrected body, but never for another id, since another node
 * may be at it: at most one thing comes of a key.
 *
 * <p>Requests with one key take turns, a process at a time by latches, and between processes by the store, which gives an
 * id away once. Thread-safe.
 */
final class Idempotency {
    static final HeaderName KEY = HeaderNames.create("Idempotency-Key");
    /** Stands where the body's fingerprint does, when the key is free for another body. */
    private static final String FREE = "free";

    private static final int LONGEST_KEY = 128;
    private static final Duration BOUND = Duration.ofHours(24);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(25);

    private final Marks marks;
    private final Ids ids;
    private final Map<String, CountDownLatch> underWay = new ConcurrentHashMap<>();

    Idempotency(Marks marks, Ids ids) {
        this.marks = marks;
        this.ids = ids;
    }

    /**
     * Does once what a request asks for; requests with the same key wait for it.
     *
     * @param scope whose keys these are
     * @param owner the subject that the binding is forgotten with, by the id of the new thing
     * @param fingerprint the same for the same request
     * @param action makes the thing with this id, or finds the one that is there already
     * @throws Refusal if the key was used for another request, or for one that takes long
     */
    <R> R once(
            ServerRequest request,
            String scope,
            Function<UUID, String> owner,
            String fingerprint,
            Function<UUID, R> action) {
        var id = ids.next();
        var header = request.headers().first(KEY);
        if (header.isEmpty()) {
            return action.apply(id);
        }
        if (header.get().isBlank() || header.get().length() > LONGEST_KEY) {
            throw Problem.of(ProblemType.MALFORMED_REQUEST, "An idempotency key has 1 to 128 characters.")
                    .refusal();
        }
        var route = request.prologue().method() + " " + request.path().path();
        var key = "once " + Digests.of(scope, route, header.get());
        var body = Digests.of(fingerprint);
        return inTurn(
                key,
                System.nanoTime() + PATIENCE.toNanos(),
                () -> answer(key, bind(key, owner.apply(id), new Binding(body, id)), action));
    }

    /** What a key is bound to. @param body its fingerprint */
    private record Binding(String body, UUID id) {
        static Binding parse(String text) {
            var blank = text.indexOf(' ');
            return new Binding(text.substring(0, blank), UUID.fromString(text.substring(blank + 1)));
        }

        Binding with(String newBody) {
            return new Binding(newBody, id);
        }

        @Override
        public String toString() {
            return body + " " + id;
        }
    }

    /** Returns what a key is bound to from now on. */
    private Binding bind(String key, String owner, Binding wanted) {
        while (true) {
            var bound = Binding.parse(marks.setIfAbsent(key, owner, wanted.toString(), BOUND));
            if (bound.body().equals(wanted.body())) {
                return bound;
            }
            if (!bound.body().equals(FREE)) {
                throw Problem.of(ProblemType.IDEMPOTENCY_KEY_REUSED, "Use a new key for a new request.")
                        .refusal();
            }
            var bodyChanged = bound.with(wanted.body());
            if (marks.replace(key, bound.toString(), bodyChanged.toString())) {
                return bodyChanged;
            }
        }
    }

    private <R> R answer(String key, Binding bound, Function<UUID, R> action) {
        try {
            return action.apply(bound.id());
        } catch (Refusal refusal) {
            throw refused(key, bound, refusal.problem(), refusal);
        } catch (TryOnException failure) {
            throw refused(key, bound, Problem.of(failure), failure);
        } catch (StoreFullException full) {
            throw refused(key, bound, Problem.of(ProblemType.STORAGE_QUOTA_EXCEEDED), full);
        }
    }

    private RuntimeException refused(String key, Binding bound, Problem problem, RuntimeException refusal) {
        if (problem.status() < 500 || problem.status() == ProblemType.STORAGE_QUOTA_EXCEEDED.status()) {
            marks.replace(key, bound.toString(), bound.with(FREE).toString());
        }
        return refusal;
    }

    private <R> R inTurn(String key, long deadlineNanos, Supplier<R> action) {
        while (true) {
            var mine = new CountDownLatch(1);
            var other = underWay.putIfAbsent(key, mine);
            if (other == null) {
                try {
                    return whenFree(deadlineNanos, action);
                } finally {
                    underWay.remove(key);
                    mine.countDown();
                }
            }
            await(other, Duration.ofNanos(deadlineNanos - System.nanoTime()));
        }
    }

    /** Another node may be writing the thing just now: then it is there in a moment. */
    private static <R> R whenFree(long deadlineNanos, Supplier<R> action) {
        while (true) {
            try {
                return action.get();
            } catch (TakenException _) {
                if (System.nanoTime() >= deadlineNanos) {
                    throw inProgress();
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_AGAIN);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw inProgress();
        }
    }

    private static void await(CountDownLatch other, Duration patience) {
        try {
            if (!other.await(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw inProgress();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw inProgress();
        }
    }

    private static Refusal inProgress() {
        return Problem.of(ProblemType.REQUEST_IN_PROGRESS, "Try again in a moment.")
                .refusal();
    }
}
