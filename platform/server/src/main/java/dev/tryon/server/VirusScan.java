package dev.tryon.server;

import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows files to a clamd before they are kept, where there is one (its INSTREAM command).
 *
 * <p>What cannot be shown is not accepted. Thread-safe: each file has a connection of its own.
 */
final class VirusScan {
    private static final Logger LOG = LoggerFactory.getLogger(VirusScan.class);
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(60);
    private static final int CHUNK_BYTES = 1 << 16;
    private static final int LONGEST_ANSWER_BYTES = 1024;

    private final Optional<InetSocketAddress> clamd;
    private final Duration answerWithin;

    /** Shows files to the clamd at an address; to nobody if there is none. */
    VirusScan(Optional<InetSocketAddress> clamd) {
        this(clamd, ANSWER_WITHIN);
    }

    /** @param answerWithin of the first byte sent; then the file is taken back */
    VirusScan(Optional<InetSocketAddress> clamd, Duration answerWithin) {
        this.clamd = clamd;
        this.answerWithin = answerWithin;
    }

    /**
     * Returns when a file is clean, or nobody is to look at it.
     *
     * @throws Refusal if there is malware in it, or it cannot be looked at just now
     */
    void check(ByteBuffer file) {
        clamd.ifPresent(address -> {
            var answer = ask(address, file.duplicate());
            if (answer.endsWith(" FOUND")) {
                LOG.warn("refused an upload: {}", answer);
                throw Problem.of(ProblemType.MALWARE_FOUND, "Send another file.")
                        .refusal();
            }
            if (!answer.equals("stream: OK")) {
                LOG.error("clamd cannot look at an upload: {}", answer);
                throw unavailable();
            }
        });
    }

    private String ask(InetSocketAddress address, ByteBuffer file) {
        try (var socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(address.getHostString(), address.getPort()), (int) CONNECT_WITHIN.toMillis());
            // A time-out of the socket's own would not end a write to somebody who does not read.
            var deadline = Thread.ofVirtual().start(() -> closeLate(socket));
            try {
                send(socket, file);
                var answer = socket.getInputStream().readNBytes(LONGEST_ANSWER_BYTES);
                return new String(answer, StandardCharsets.UTF_8)
                        .replace("\0", "")
                        .strip();
            } finally {
                deadline.interrupt();
            }
        } catch (IOException failure) {
            LOG.error("clamd does not answer", failure);
            throw unavailable();
        }
    }

    private void closeLate(Socket socket) {
        try {
            Thread.sleep(answerWithin);
            socket.close();
        } catch (InterruptedException _) {
            // It has answered.
        } catch (IOException failure) {
            LOG.warn("a connection to clamd cannot be closed", failure);
        }
    }

    private static void send(Socket socket, ByteBuffer file) throws IOException {
        var output = new DataOutputStream(socket.getOutputStream());
        output.write("zINSTREAM\0".getBytes(StandardCharsets.US_ASCII));
        var channel = Channels.newChannel(output);
        while (file.hasRemaining()) {
            var chunk = file.slice(file.position(), Math.min(CHUNK_BYTES, file.remaining()));
            file.position(file.position() + chunk.remaining());
            output.writeInt(chunk.remaining());
            while (chunk.hasRemaining()) {
                channel.write(chunk);
            }
        }
        output.writeInt(0);
        output.flush();
    }

    private static Refusal unavailable() {
        return Problem.of(ProblemType.SCAN_UNAVAILABLE, "Try again in a moment.")
                .refusal();
    }
}
