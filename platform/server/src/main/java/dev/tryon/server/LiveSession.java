package dev.tryon.server;

import dev.tryon.compute.DeviceScheduler;
import dev.tryon.compute.Drop;
import dev.tryon.compute.FrameSlot;
import dev.tryon.compute.LiveService;
import dev.tryon.compute.Seat;
import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.LiveTryOn;
import dev.tryon.spi.TryOnException;
import dev.tryon.vision.FrameCodec;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One person wearing looks live: what stays when a connection is lost and comes back.
 *
 * <p>Model. The connection offers frames and looks; a worker takes them up in {@link #serve}, first the look, then the
 * newest frame. So the engine's try-on is only ever called by the worker that serves this seat, and a look is worn from
 * the next frame on.
 *
 * <p>Thread-safe.
 */
final class LiveSession {
    /** More than a hand on a slider gives. */
    private static final int LOOKS_PER_SECOND = 10;

    private static final int LOOK_BURST = 20;
    private static final int CAPTURES_PER_SECOND = 2;
    private static final int CAPTURE_BURST = 10;
    private static final double LEAST_FPS = 0.01;
    /** Smaller changes of the rate, over the rate, are not. */
    private static final double WORTH_TELLING = 0.03;

    private static final Logger LOG = LoggerFactory.getLogger(LiveSession.class);

    private final UUID id;
    private final String owner;
    private final LoadedEngine.Ready engine;
    private final String resumeToken;
    private final LiveTryOn tryOn;
    private final LivePlatform platform;
    private final RateLimit rateLimit;
    private final RateExcess rateExcess;
    private final RateLimit lookLimit;
    private final RateLimit captureLimit;
    private final SessionStatistics statistics = new SessionStatistics();
    private final FrameSlot<PendingFrame> slot = new FrameSlot<>();
    private final AtomicReference<Optional<NextLook>> nextLook = new AtomicReference<>(Optional.empty());
    private final Seat seat;
    private final Output output;
    private volatile ChosenLook look;
    private volatile Quality quality;
    private volatile int imageQuality;
    private final Semaphore captures = new Semaphore(Captures.AT_A_TIME);
    private volatile Optional<Shown> shown = Optional.empty();
    private volatile boolean paused;
    private volatile boolean closed;
    private volatile long lastFrameNanos;
    private double toldFps;

    /** What all sessions share. */
    record LivePlatform(
            ServerSettings.Live settings,
            Clocks clocks,
            FrameCodec codec,
            FramePath path,
            DeviceScheduler scheduler,
            LiveMetrics metrics) {}

    /** What was asked for when the session was made. */
    record Beginning(
            UUID id, String owner, LoadedEngine.Ready engine, ChosenLook look, Quality quality, Output output) {}

    /** What the client was shown, and what was worn in it. */
    record Shown(ShownPicture picture, ChosenLook look) {}

    /** A look that the next service puts on. @param answers the writer of the connection that asked for it */
    private record NextLook(ChosenLook.Fetched fetched, AnswerWriter answers) {
        ChosenLook look() {
            return fetched.look();
        }
    }

    LiveSession(Beginning beginning, String resumeToken, LiveTryOn tryOn, LivePlatform platform) {
        this.id = beginning.id();
        this.owner = beginning.owner();
        this.engine = beginning.engine();
        this.look = beginning.look();
        this.quality = beginning.quality();
        this.output = beginning.output();
        this.resumeToken = resumeToken;
        this.tryOn = tryOn;
        this.platform = platform;
        var settings = platform.settings();
        this.imageQuality = settings.imageQuality();
        this.lastFrameNanos = platform.clocks().nanos();
        this.rateLimit = new RateLimit(settings.framesPerSecond(), settings.frameBurst(), lastFrameNanos);
        this.rateExcess = new RateExcess(settings.ratePatience());
        this.lookLimit = new RateLimit(LOOKS_PER_SECOND, LOOK_BURST, lastFrameNanos);
        this.captureLimit = new RateLimit(CAPTURES_PER_SECOND, CAPTURE_BURST, lastFrameNanos);
        var inTheLog = Map.of("sessionId", id.toString());
        this.seat = platform.scheduler().seat(engine.id(), new LiveService() {
            @Override
            public void serve() {
                LogScope.run(inTheLog, LiveSession.this::serve);
            }

            @Override
            public void drop(Drop reason) {
                LogScope.run(inTheLog, () -> LiveSession.this.drop(reason));
            }
        });
    }

    UUID id() {
        return id;
    }

    String owner() {
        return owner;
    }

    LoadedEngine.Ready engine() {
        return engine;
    }

    String resumeToken() {
        return resumeToken;
    }

    ChosenLook look() {
        return nextLook.get().map(NextLook::look).orElse(look);
    }

    Quality quality() {
        return quality;
    }

    int imageQuality() {
        return imageQuality;
    }

    Output output() {
        return output;
    }

    /** Returns what the client was shown last; empty before the first picture and after the end. */
    Optional<Shown> shown() {
        return shown;
    }

    /** Returns the room for captures under way. */
    Semaphore captures() {
        return captures;
    }

    /** Returns what bounds how often looks are asked for, across connections. */
    RateLimit lookLimit() {
        return lookLimit;
    }

    /** Returns what bounds how often captures are asked for, across connections. */
    RateLimit captureLimit() {
        return captureLimit;
    }

    SessionStatistics statistics() {
        return statistics;
    }

    boolean isPaused() {
        return paused;
    }

    long lastFrameNanos() {
        return lastFrameNanos;
    }

    void pause() {
        paused = true;
    }

    void resume() {
        paused = false;
    }

    void changeQuality(ClientMessage.ChangeQuality change) {
        change.quality().ifPresent(chosen -> quality = chosen);
        change.imageQuality().ifPresent(chosen -> imageQuality = chosen.intValue());
    }

    /**
     * Puts another look on, from the next frame on; the writer is told, or told why not. Waits for the store if the look
     * is taken from a picture.
     *
     * @throws dev.tryon.store.StoreException if that picture cannot be read
     */
    void wear(ChosenLook chosen, AnswerWriter answers) {
        nextLook.set(Optional.of(new NextLook(chosen.fetch(), answers)));
        seat.ready(platform.clocks().nanos());
    }

    /** Returns how many frames a second are served in time, which the client is told now. */
    synchronized double targetFps() {
        var target = Math.min(quality.framesPerSecond(), seat.promisedFramesPerSecond());
        // Rounded down: a promise is never more than can be kept.
        toldFps = Math.max(LEAST_FPS, Math.floor(100 * target) / 100);
        return toldFps;
    }

    /** Tells the client how often to send, if that has changed since it was told. */
    synchronized void advise(AnswerWriter answers) {
        var before = toldFps;
        var target = targetFps();
        if (Math.abs(target - before) > WORTH_TELLING * before) {
            var reason = target < before ? "many use the server" : "there is more room";
            answers.text(ServerMessages.quality(this, target, reason));
        } else {
            toldFps = before;
        }
    }

    /** Takes a frame that cannot be tried, for the statistics and its answer. */
    void refuse(FrameMessage.Unusable frame, AnswerWriter answers) {
        received();
        fail(frame.sequence(), frame.error(), answers);
    }

    /**
     * Takes a frame; it, or the one whose place it takes, is answered in time.
     *
     * @return whether the client keeps to its rate, or has not exceeded it for too long
     */
    boolean offer(PendingFrame frame) {
        received();
        var wait = rateLimit.take(frame.receivedNanos());
        if (!wait.isZero()) {
            fail(frame.picture().sequence(), LiveError.rateLimited(wait), frame.answers());
            return !rateExcess.refused(frame.receivedNanos());
        }
        if (paused) {
            skip(frame.picture().sequence(), SkipReason.PAUSED, frame.answers());
        } else {
            slot.offer(frame)
                    .ifPresent(
                            replaced -> skip(replaced.picture().sequence(), SkipReason.REPLACED, replaced.answers()));
            seat.ready(frame.receivedNanos());
        }
        return true;
    }

    private void received() {
        lastFrameNanos = platform.clocks().nanos();
        statistics.frameReceived();
        platform.metrics().frameReceived();
    }

    private void serve() {
        nextLook.getAndSet(Optional.empty()).ifPresent(this::putOn);
        slot.take().ifPresent(this::serve);
    }

    private void drop(Drop reason) {
        slot.take()
                .ifPresent(frame -> skip(
                        frame.picture().sequence(),
                        switch (reason) {
                            case EXPIRED -> SkipReason.EXPIRED;
                            case OVERLOADED -> SkipReason.OVERLOADED;
                        },
                        frame.answers()));
        if (nextLook.get().isPresent()) {
            // A look is late at most, never lost.
            seat.ready(platform.clocks().nanos());
        }
    }

    private void putOn(NextLook next) {
        try {
            next.fetched().handTo(platform.codec(), worn -> {
                tryOn.wear(worn);
                return worn;
            });
            look = next.look();
            next.answers().text(ServerMessages.look(next.look()));
        } catch (TryOnException failure) {
            LOG.debug("session {}: look refused: {}", id, failure.getMessage());
            next.answers().text(LiveError.of(failure).toJson(OptionalLong.empty()));
        } catch (RuntimeException | Error failure) {
            // Whatever an engine does, the frame that waits behind the look is served.
            LOG.error("session {}: engine {} failed to wear a look", id, engine.id(), failure);
            next.answers().text(broken().toJson(OptionalLong.empty()));
        }
    }

    private void serve(PendingFrame frame) {
        var sequence = frame.picture().sequence();
        try {
            var compression =
                    new FramePath.Compression(imageQuality, platform.settings().overlayQuality());
            switch (platform.path().serve(frame, tryOn, compression)) {
                case FramePath.Served.Shown shown -> show(frame, shown);
                case FramePath.Served.Failed(var error) -> fail(sequence, error, frame.answers());
            }
        } catch (TryOnException failure) {
            if (failure.code().category() == ErrorCode.Category.INTERNAL) {
                LOG.warn("session {}, frame {}: {}", id, sequence, failure.getMessage(), failure);
            }
            fail(sequence, LiveError.of(failure), frame.answers());
        } catch (RuntimeException | Error failure) {
            // Whatever an engine does, its frame is answered and the worker goes on.
            LOG.error("session {}, frame {}: engine {} failed", id, sequence, engine.id(), failure);
            fail(sequence, broken(), frame.answers());
        }
    }

    private static LiveError broken() {
        return LiveError.of(ErrorCode.PROCESSING_FAILED, "The picture could not be processed.");
    }

    private void show(PendingFrame frame, FramePath.Served.Shown served) {
        var picture = new Shown(served.picture(), look);
        // Before it is sent: whoever sees it may ask for it at once.
        hold(picture);
        Runnable sent = () -> {
            var ageNanos = platform.clocks().nanos() - frame.receivedNanos();
            statistics.frameServed(
                    picture.picture().confidence(), served.stages().processing(), ageNanos);
            platform.metrics().frameServed();
            platform.metrics().timed(served.stages(), ageNanos);
        };
        var answer = new AnswerWriter.LiveAnswer(frame.picture().sequence(), served.message(), sent, this::lost);
        frame.answers().live(answer).ifPresent(replaced -> skip(replaced, SkipReason.REPLACED, frame.answers()));
    }

    /** One picture a session is held on to, so that it can still be kept when the hand has gone from the next. */
    private synchronized void hold(Shown picture) {
        if (!closed) {
            shown = Optional.of(picture);
        }
    }

    private synchronized void letGo() {
        closed = true;
        shown = Optional.empty();
    }

    /** Nobody is left to be told, but every frame counts as something. */
    private void lost() {
        statistics.frameSkipped(SkipReason.DISCONNECTED);
        platform.metrics().frameSkipped(SkipReason.DISCONNECTED);
    }

    private void skip(long sequence, SkipReason reason, AnswerWriter answers) {
        statistics.frameSkipped(reason);
        platform.metrics().frameSkipped(reason);
        answers.text(ServerMessages.skipped(sequence, reason));
    }

    private void fail(long sequence, LiveError error, AnswerWriter answers) {
        statistics.frameFailed(error.code());
        platform.metrics().frameFailed(error.code());
        answers.text(error.toJson(OptionalLong.of(sequence)));
    }

    /** Gives everything back, after the service under way. Once; not from a worker. */
    void close() {
        letGo();
        seat.close();
        slot.take();
        try {
            tryOn.close();
        } catch (RuntimeException | LinkageError failure) {
            LOG.error("session {}: engine {} failed to close", id, engine.id(), failure);
        }
    }
}
