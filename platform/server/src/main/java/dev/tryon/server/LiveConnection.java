package dev.tryon.server;

import io.helidon.common.buffers.BufferData;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.http.WritableHeaders;
import io.helidon.websocket.WsListener;
import io.helidon.websocket.WsSession;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One live connection's socket side: puts fragments together, bounds them, and keeps every failure from the client.
 *
 * <p>What the library below leaves to us: it neither joins fragments nor bounds them, answers no pings, tells nobody of a
 * connection that breaks, delivers messages after a close, and sends an exception's text to the client. So the
 * listener catches everything, and {@link #sweep} finds connections whose reader has ended or that have gone silent.
 *
 * <p>Threads: the listener's methods are called by the connection's reader, a virtual thread; the others by any.
 */
final class LiveConnection implements WsListener {
    private static final Logger LOG = LoggerFactory.getLogger(LiveConnection.class);
    /** How long the other side may take to answer a close before the socket is cut. */
    private static final Duration CLOSE_TIME = Duration.ofSeconds(2);

    private final LiveEndpoint.Services services;
    private final AtomicBoolean over = new AtomicBoolean();
    private final ByteArrayOutputStream fragments = new ByteArrayOutputStream(0);
    private final StringBuilder textFragments = new StringBuilder();
    private LiveGate.@Nullable Arrival arrival;
    private @Nullable LiveDialog dialog;
    private volatile @Nullable AnswerWriter answers;
    private volatile @Nullable Thread reader;
    private volatile long openedNanos;
    private volatile long heardNanos;
    private volatile long pingedNanos;
    private volatile long toldStatsNanos;
    private volatile long closedNanos;

    LiveConnection(LiveEndpoint.Services services) {
        this.services = services;
    }

    @Override
    public Optional<Headers> onHttpUpgrade(HttpPrologue prologue, Headers headers) {
        var arrived = LiveGate.Arrival.of(prologue, headers);
        arrival = arrived;
        if (!arrived.speaksOurs()) {
            return Optional.empty();
        }
        return Optional.of(
                WritableHeaders.create().set(HeaderValues.create("Sec-WebSocket-Protocol", LiveGate.SUB_PROTOCOL)));
    }

    @Override
    public void onOpen(WsSession socket) {
        var now = services.clocks().nanos();
        openedNanos = now;
        heardNanos = now;
        pingedNanos = now;
        toldStatsNanos = now;
        reader = Thread.currentThread();
        var writer = new AnswerWriter(socket, services.clocks().monotonic(), this::lost);
        answers = writer;
        writer.start();
        services.opened(this);
        guarded(writer, () -> {
            var arrived = arrival;
            if (arrived == null) {
                throw new IllegalStateException("opened without an upgrade");
            }
            switch (services.gate().decide(arrived)) {
                case LiveGate.Decision.Refused(var reason) -> close(reason);
                case LiveGate.Decision decision -> dialog = new LiveDialog(this, writer, services, decision);
            }
        });
    }

    @Override
    public void onMessage(WsSession socket, String text, boolean last) {
        receive(current -> {
            if (fits(textFragments.length() + text.length())) {
                textFragments.append(text);
                if (last) {
                    var whole = textFragments.toString();
                    textFragments.setLength(0);
                    current.text(whole);
                }
            }
        });
    }

    @Override
    public void onMessage(WsSession socket, BufferData buffer, boolean last) {
        receive(current -> {
            if (!fits(fragments.size() + buffer.available())) {
                return;
            }
            var bytes = buffer.readBytes();
            if (last && fragments.size() == 0) {
                current.binary(ByteBuffer.wrap(bytes));
                return;
            }
            fragments.writeBytes(bytes);
            if (last) {
                var whole = fragments.toByteArray();
                fragments.reset();
                current.binary(ByteBuffer.wrap(whole));
            }
        });
    }

    private boolean fits(long size) {
        if (size > services.settings().maxMessageBytes()) {
            close(CloseReason.TOO_BIG);
            return false;
        }
        return true;
    }

    private void receive(Consumer<LiveDialog> action) {
        heardNanos = services.clocks().nanos();
        var writer = answers;
        var current = dialog;
        if (over.get() || writer == null || current == null) {
            return;
        }
        guarded(writer, () -> {
            action.accept(current);
            writer.awaitRoom();
        });
    }

    /** Whatever goes wrong in here stays in here: what leaves a listener is sent to the client. */
    private void guarded(AnswerWriter writer, Runnable action) {
        LogScope.run(inTheLog(), () -> {
            try {
                action.run();
            } catch (RuntimeException | Error failure) {
                LOG.error("a live connection failed", failure);
                writer.text(LiveError.invalidMessage("The message could not be handled.")
                        .toJson(OptionalLong.empty()));
            }
        });
    }

    private Map<String, String> inTheLog() {
        return Optional.ofNullable(dialog)
                .flatMap(LiveDialog::session)
                .map(session -> Map.of("sessionId", session.id().toString()))
                .orElse(Map.of());
    }

    @Override
    public void onPing(WsSession socket, BufferData buffer) {
        heardNanos = services.clocks().nanos();
        var writer = answers;
        if (writer != null && !over.get()) {
            writer.pong(BufferData.create(buffer.readBytes()));
            writer.awaitRoom();
        }
    }

    @Override
    public void onPong(WsSession socket, BufferData buffer) {
        heardNanos = services.clocks().nanos();
    }

    @Override
    public void onClose(WsSession socket, int status, String reason) {
        lost();
    }

    @Override
    public void onError(WsSession socket, Throwable failure) {
        LOG.debug("a live connection broke", failure);
        lost();
    }

    /** Returns whether it is closed, or being closed. */
    boolean isOver() {
        return over.get();
    }

    /** Tells the client why, and closes; what waits is sent before. */
    void close(CloseReason reason) {
        if (!over.compareAndSet(false, true)) {
            return;
        }
        closedNanos = services.clocks().nanos();
        services.metrics().connectionClosed(reason);
        detach();
        var writer = answers;
        if (writer != null) {
            writer.text(ServerMessages.closing(reason));
            writer.close(reason.code(), reason.text());
        }
    }

    /** The other side is gone. */
    private void lost() {
        if (over.compareAndSet(false, true)) {
            closedNanos = services.clocks().nanos();
            detach();
        }
        var writer = answers;
        if (writer != null) {
            writer.abandon();
        }
    }

    private void detach() {
        var current = dialog;
        if (current != null) {
            current.session().ifPresent(session -> services.sessions().detach(session, this));
        }
    }

    /** Looks after the connection, a few times a second. @return whether there is still one */
    boolean sweep() {
        var thread = reader;
        if (thread != null && !thread.isAlive()) {
            lost();
            return false;
        }
        var now = services.clocks().nanos();
        if (over.get()) {
            if (now - closedNanos > CLOSE_TIME.toNanos()) {
                cut();
            }
            return true;
        }
        var settings = services.settings();
        var writer = answers;
        var current = dialog;
        if (writer == null) {
            return true;
        }
        if (now - heardNanos > settings.silenceLimit().toNanos()
                || writer.sendingNanos() > settings.silenceLimit().toNanos()) {
            close(CloseReason.SILENT);
        } else if (current == null || current.session().isEmpty()) {
            // Without a dialog the door itself has failed, which must not keep a connection for ever.
            if (now - openedNanos > settings.helloWithin().toNanos()) {
                close(CloseReason.MALFORMED);
            }
        } else {
            beat(writer, current, now);
        }
        return true;
    }

    private void beat(AnswerWriter writer, LiveDialog current, long now) {
        current.session().ifPresent(session -> session.advise(writer));
        if (now - pingedNanos >= services.settings().pingEvery().toNanos()) {
            pingedNanos = now;
            writer.ping();
        }
        if (now - toldStatsNanos >= services.settings().statsEvery().toNanos()) {
            toldStatsNanos = now;
            current.session().ifPresent(session -> writer.text(ServerMessages.stats(session.statistics())));
        }
    }

    /** Ends the connection without asking the other side. */
    void cut() {
        lost();
        var thread = reader;
        if (thread != null) {
            // A virtual thread that waits on its socket closes it when it is interrupted.
            thread.interrupt();
        }
    }
}
