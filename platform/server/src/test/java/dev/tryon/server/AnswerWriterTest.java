package dev.tryon.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.socket.SocketContext;
import io.helidon.websocket.WsSession;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AnswerWriterTest {
    private final SlowSocket socket = new SlowSocket();
    private final CountDownLatch lost = new CountDownLatch(1);
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger dropped = new AtomicInteger();
    private final AnswerWriter writer = new AnswerWriter(socket, System::nanoTime, lost::countDown);

    @AfterEach
    void end() {
        writer.abandon();
        socket.permits.release(1000);
    }

    private static JsonObject text(int number) {
        return Json.createObjectBuilder().add("number", number).build();
    }

    private AnswerWriter.LiveAnswer picture(int sequence) {
        return new AnswerWriter.LiveAnswer(
                sequence, BufferData.create("picture " + sequence), sent::incrementAndGet, dropped::incrementAndGet);
    }

    @Test
    void sendsInTheOrderItWasTold() throws InterruptedException {
        writer.start();
        socket.permits.release(3);
        writer.text(text(1));
        writer.live(picture(2));
        writer.text(text(3));

        assertThat(socket.next()).isEqualTo("{\"number\":1}");
        assertThat(socket.next()).isEqualTo("picture 2");
        assertThat(socket.next()).isEqualTo("{\"number\":3}");
    }

    @Test
    void putsANewerPictureInThePlaceOfAnUnsentOne() throws InterruptedException {
        writer.start();
        writer.text(text(0));
        socket.awaitSender();

        assertThat(writer.live(picture(1))).isEqualTo(OptionalLong.empty());
        assertThat(writer.live(picture(2))).isEqualTo(OptionalLong.of(1));
        assertThat(writer.live(picture(3))).isEqualTo(OptionalLong.of(2));
        socket.permits.release(2);

        assertThat(socket.next()).isEqualTo("{\"number\":0}");
        assertThat(socket.next()).isEqualTo("picture 3");
        TestServer.until(() -> sent.get() == 1);
    }

    @Test
    void makesAReaderWaitButNoWorkerWhenTheClientDoesNotRead() throws InterruptedException {
        writer.start();
        for (int number = 0; number < 257; number++) {
            writer.text(text(number));
        }
        var waited = new CountDownLatch(1);
        Thread.ofVirtual().start(() -> {
            writer.awaitRoom();
            waited.countDown();
        });

        writer.live(picture(1));
        assertThat(waited.getCount()).isEqualTo(1);
        socket.permits.release(3);
        assertThat(waited.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void sendsWhatWaitsThenTheCloseAndNothingAfterwards() throws InterruptedException {
        writer.text(text(1));
        writer.close(4404, "no such session");
        writer.text(text(2));
        assertThat(writer.live(picture(3))).isEqualTo(OptionalLong.empty());
        socket.permits.release(10);
        writer.start();

        assertThat(socket.next()).isEqualTo("{\"number\":1}");
        assertThat(socket.next()).isEqualTo("close 4404 no such session");
        assertThat(lost.getCount()).isEqualTo(1);
    }

    @Test
    void tellsThatTheConnectionIsLost() throws InterruptedException {
        writer.start();
        socket.broken = true;
        socket.permits.release(1);
        writer.text(text(1));

        assertThat(lost.await(10, TimeUnit.SECONDS)).isTrue();
        writer.awaitRoom();
    }

    @Test
    void countsEveryAnswerThatCannotBeSent() throws InterruptedException {
        writer.start();
        writer.text(text(0));
        socket.awaitSender();
        writer.live(picture(1));
        writer.abandon();
        writer.live(picture(2));
        assertThat(dropped).hasValue(2);

        var broken = new SlowSocket();
        broken.broken = true;
        broken.permits.release(1);
        var other = new AnswerWriter(broken, System::nanoTime, lost::countDown);
        other.start();
        other.live(picture(3));
        assertThat(lost.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(dropped).hasValue(3);
        assertThat(sent).hasValue(0);
    }

    /** A socket whose other side reads when a test says so. */
    private static final class SlowSocket implements WsSession {
        private final Semaphore permits = new Semaphore(0);
        private final Semaphore senders = new Semaphore(0);
        private final BlockingQueue<String> written = new LinkedBlockingQueue<>();
        private volatile boolean broken;

        String next() throws InterruptedException {
            return Optional.ofNullable(written.poll(10, TimeUnit.SECONDS)).orElse("nothing");
        }

        void awaitSender() throws InterruptedException {
            assertThat(senders.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        }

        private WsSession write(String what) {
            senders.release();
            permits.acquireUninterruptibly();
            if (broken) {
                throw new UncheckedIOException(new IOException("broken"));
            }
            written.add(what);
            return this;
        }

        @Override
        public WsSession send(String text, boolean last) {
            return write(text);
        }

        @Override
        public WsSession send(BufferData data, boolean last) {
            return write(data.readString(data.available()));
        }

        @Override
        public WsSession ping(BufferData data) {
            return write("ping");
        }

        @Override
        public WsSession pong(BufferData data) {
            return write("pong");
        }

        @Override
        public WsSession close(int code, String reason) {
            return write("close " + code + " " + reason);
        }

        @Override
        public WsSession terminate() {
            return this;
        }

        @Override
        public Optional<String> subProtocol() {
            return Optional.empty();
        }

        @Override
        public SocketContext socketContext() {
            throw new UnsupportedOperationException("not asked for");
        }
    }
}
