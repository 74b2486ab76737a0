package dev.tryon.server;

import dev.tryon.server.LiveGate.Decision;
import dev.tryon.store.StoreException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What is said on one live connection: hello first, then frames, looks and controls.
 *
 * <p>Threads: the connection's reader alone, but for {@link #session}.
 */
final class LiveDialog {
    private final LiveConnection connection;
    private final AnswerWriter answers;
    private final LiveSessions sessions;
    private final LookReader looks;
    private final Captures captures;
    private final ServerSettings.Live settings;
    private final Clocks clocks;
    private final Decision admission;
    private int malformed;
    private @Nullable ClientView view;
    private volatile @Nullable LiveSession session;

    LiveDialog(LiveConnection connection, AnswerWriter answers, LiveEndpoint.Services services, Decision admission) {
        this.connection = connection;
        this.answers = answers;
        this.sessions = services.sessions();
        this.looks = services.looks();
        this.captures = services.captures();
        this.settings = services.settings();
        this.clocks = services.clocks();
        this.admission = admission;
    }

    /** Returns the session once the hello was accepted. */
    Optional<LiveSession> session() {
        return Optional.ofNullable(session);
    }

    /** Takes a whole text message. */
    void text(String text) {
        try {
            handle(ClientMessage.parse(text));
        } catch (MalformedException failure) {
            malformed(failure);
        }
    }

    /** Takes a whole binary message. */
    void binary(ByteBuffer message) {
        var arrived = clocks.nanos();
        try {
            handle(FrameMessage.parse(message, Duration.ofNanos(arrived)), arrived);
        } catch (MalformedException failure) {
            malformed(failure);
        }
    }

    private void malformed(MalformedException failure) {
        malformed++;
        if (malformed > settings.maxMalformed()) {
            connection.close(CloseReason.MALFORMED);
        } else {
            answer(LiveError.invalidMessage(String.valueOf(failure.getMessage())));
        }
    }

    private void handle(FrameMessage frame, long arrivedNanos) {
        var current = session;
        var shown = view;
        if (current == null || shown == null) {
            answers.text(
                    LiveError.invalidMessage("The first message is hello.").toJson(OptionalLong.of(frame.sequence())));
            return;
        }
        switch (frame) {
            case FrameMessage.Picture picture -> {
                if (!current.offer(new PendingFrame(picture, arrivedNanos, answers, shown))) {
                    connection.close(CloseReason.RATE);
                }
            }
            case FrameMessage.Unusable unusable -> current.refuse(unusable, answers);
        }
    }

    private void handle(ClientMessage message) {
        switch (message) {
            case ClientMessage.Hello hello -> hello(hello);
            case ClientMessage.Ping(var timestamp) -> answers.text(ServerMessages.pong(timestamp));
            case ClientMessage.Refused(var error) -> answer(error);
            case ClientMessage.ChangeLook _,
                    ClientMessage.Capture _,
                    ClientMessage.Pause _,
                    ClientMessage.Resume _,
                    ClientMessage.ChangeQuality _ ->
                session()
                        .ifPresentOrElse(
                                current -> control(current, message),
                                () -> answer(LiveError.invalidMessage("The first message is hello.")));
        }
    }

    private void control(LiveSession current, ClientMessage message) {
        switch (message) {
            case ClientMessage.ChangeLook(var fields) -> changeLook(current, fields);
            case ClientMessage.Capture capture -> capture(current, capture);
            case ClientMessage.Pause _ -> current.pause();
            case ClientMessage.Resume _ -> current.resume();
            case ClientMessage.ChangeQuality change -> {
                current.changeQuality(change);
                answers.text(ServerMessages.quality(current, current.targetFps(), "as asked for"));
            }
            case ClientMessage.Hello _, ClientMessage.Ping _, ClientMessage.Refused _ -> {
                // Handled before.
            }
        }
    }

    private void changeLook(LiveSession current, JsonFields fields) {
        var wait = current.lookLimit().take(clocks.nanos());
        if (!wait.isZero()) {
            answer(LiveError.tooOften(wait));
            return;
        }
        try {
            looks.read(fields, current.engine().info(), current.owner())
                    .ifPresentOrElse(
                            look -> current.wear(look, answers),
                            () -> answer(LiveError.invalidLook(fields.violations())));
        } catch (StoreException _) {
            answer(LiveError.of(Problem.storeAway()));
        }
    }

    private void capture(LiveSession current, ClientMessage.Capture capture) {
        var wait = current.captureLimit().take(clocks.nanos());
        if (wait.isZero()) {
            captures.capture(current, capture, answers);
        } else {
            answers.text(LiveError.tooOften(wait).toJson(capture.requestId()));
        }
    }

    private void hello(ClientMessage.Hello hello) {
        if (session != null) {
            answer(LiveError.invalidMessage("Hello was said already."));
            return;
        }
        switch (admission) {
            case Decision.Admitted(var admitted) -> {
                if (hello.resumeToken()
                        .map(token -> LiveGate.isToken(admitted, token))
                        .orElse(true)) {
                    begin(admitted, hello);
                } else {
                    connection.close(CloseReason.UNAUTHENTICATED);
                }
            }
            case Decision.ToProve(var claimed) -> {
                if (hello.resumeToken()
                        .map(token -> LiveGate.isToken(claimed, token))
                        .orElse(false)) {
                    begin(claimed, hello);
                } else {
                    connection.close(CloseReason.UNAUTHENTICATED);
                }
            }
            case Decision.Refused(var reason) -> connection.close(reason);
        }
    }

    private void begin(LiveSession admitted, ClientMessage.Hello hello) {
        var shown = new ClientView(hello.output().orElse(admitted.output()), hello.codecs());
        view = shown;
        session = admitted;
        var refusal = sessions.attach(admitted, connection);
        if (refusal.isPresent()) {
            session = null;
            connection.close(refusal.get());
            return;
        }
        if (connection.isOver()) {
            // Closed by another thread before it was attached, so that nobody else will detach it.
            sessions.detach(admitted, connection);
            return;
        }
        var maxInFlight =
                (int) Math.min(settings.maxInFlight(), hello.maxInFlight().orElse((long) settings.maxInFlight()));
        answers.text(ServerMessages.ready(admitted, shown, maxInFlight, admitted.targetFps()));
    }

    private void answer(LiveError error) {
        answers.text(error.toJson(OptionalLong.empty()));
    }
}
