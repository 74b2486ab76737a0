package dev.tryon.server;

import dev.tryon.server.ClientMessage.Capture;
import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.TryOnException;
import dev.tryon.store.Holdings;
import dev.tryon.store.OwnerErasedException;
import dev.tryon.store.Result;
import dev.tryon.store.StoreException;
import dev.tryon.store.TakenException;
import dev.tryon.vision.FrameCodec;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what sessions show, when their persons ask for it.
 *
 * <p>Model. The result's id follows from the session and the request, so the same request gives the same result, whenever
 * and over whatever connection it comes; while one is under way, others with the same id wait for its answer. Each is
 * served by a virtual thread, which waits for the pixel threads and the store; frames go on being served meanwhile.
 *
 * <p>Bounded: {@link #AT_A_TIME} a session. Thread-safe.
 */
final class Captures implements AutoCloseable {
    /** Captures of one session under way at most. */
    static final int AT_A_TIME = 4;

    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration LAST_CAPTURES = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(Captures.class);

    private final ResultKeeper keeper;
    private final PremiumCaptures premium;
    private final Holdings<Result> results;
    private final FrameCodec codec;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    /** The connections that each capture under way is to be answered on. */
    private final Map<UUID, Set<AnswerWriter>> waiting = new HashMap<>();

    Captures(ResultKeeper keeper, PremiumCaptures premium, Holdings<Result> results, FrameCodec codec) {
        this.keeper = keeper;
        this.premium = premium;
        this.results = results;
        this.codec = codec;
    }

    /** Keeps the picture that a session has shown last, and answers when it is durable; never waits. */
    void capture(LiveSession session, Capture request, AnswerWriter answers) {
        var id = Ids.within(session.id(), Words.of(request.care()) + "/" + request.requestId());
        if (!isFirst(id, answers)) {
            return;
        }
        if (!session.captures().tryAcquire()) {
            finish(id, LiveError.of(Problem.busy(RETRY)).toJson(request.requestId()));
            return;
        }
        // What is shown is taken now: this is the moment that the person meant.
        var shown = session.shown();
        threads.execute(() -> {
            var answer = answer(session, request, id, shown);
            session.captures().release();
            finish(id, answer);
        });
    }

    private synchronized boolean isFirst(UUID id, AnswerWriter answers) {
        var isFirst = !waiting.containsKey(id);
        waiting.computeIfAbsent(id, _ -> new HashSet<>()).add(answers);
        return isFirst;
    }

    private void finish(UUID id, JsonObject answer) {
        Set<AnswerWriter> connections;
        synchronized (this) {
            connections = Objects.requireNonNull(waiting.remove(id));
        }
        connections.forEach(answers -> answers.text(answer));
    }

    private JsonObject answer(LiveSession session, Capture request, UUID id, Optional<LiveSession.Shown> shown) {
        var name = request.requestId();
        try {
            var kept =
                    switch (request.care()) {
                        case AS_SHOWN ->
                            results.find(id, session.owner())
                                    .or(() -> shown.map(picture -> keep(session, id, picture)));
                        case PREMIUM ->
                            premium.find(id, session.owner())
                                    .or(() -> shown.map(picture -> premium.make(id, session, picture)));
                    };
            return kept.map(result -> ServerMessages.captured(name, result))
                    .orElseGet(() -> LiveError.nothingShown().toJson(name));
        } catch (Refusal refusal) {
            return LiveError.of(refusal.problem()).toJson(name);
        } catch (OwnerErasedException _) {
            return LiveError.of(ErrorCode.SESSION_EXPIRED, "The session is over.")
                    .toJson(name);
        } catch (StoreException | TakenException failure) {
            LOG.warn("session {}: a capture could not be kept", session.id(), failure);
            return LiveError.of(Problem.storeFailed(failure)).toJson(name);
        } catch (TryOnException failure) {
            LOG.error("session {}: a capture could not be drawn", session.id(), failure);
            return LiveError.of(failure).toJson(name);
        } catch (RuntimeException | Error failure) {
            // Whatever goes wrong, the person is told.
            LOG.error("session {}: a capture failed", session.id(), failure);
            return LiveError.of(ErrorCode.PROCESSING_FAILED, "The picture could not be kept.")
                    .toJson(name);
        }
    }

    private Result keep(LiveSession session, UUID id, LiveSession.Shown shown) {
        var picture = shown.picture();
        var facts = new ResultKeeper.Facts(
                id,
                session.owner(),
                session.engine().id(),
                Words.of(JobKind.CAPTURE),
                shown.look().toJson().build(),
                Optional.of(picture.confidence()),
                Optional.of(session.id()),
                Optional.empty(),
                Json.createObjectBuilder().add("detection", picture.detection()).build());
        return keeper.keepDrawn(facts, () -> picture.draw(codec));
    }

    /** Waits for the captures under way, but not for ever. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(LAST_CAPTURES.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("some captures are not kept while the server stops");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
