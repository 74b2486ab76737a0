package dev.tryon.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SlowRequestsTest {
    private static final int PATIENCE_MILLIS = 10_000;

    private final TestServer server =
            new TestServer(Map.of("server.header-timeout", "PT10S", "server.body-timeout", "PT1M"));

    @AfterEach
    void stop() {
        server.close();
    }

    private Socket begin(String request) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), server.server.port());
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** Lets time pass until the connection ends; a server that does not cut it lets the read time out. */
    private boolean isCut(Socket socket, Duration step) {
        TestServer.until(() -> {
            server.clock.advance(step);
            return ended(socket);
        });
        return true;
    }

    private static boolean ended(Socket socket) {
        try {
            socket.setSoTimeout(50);
            while (socket.getInputStream().read() >= 0) {
                // an answer, before the end
            }
            return true;
        } catch (SocketTimeoutException _) {
            return false;
        } catch (IOException _) {
            return true;
        }
    }

    @Test
    void cutsHeadersThatDoNotEnd() throws IOException {
        try (var socket = begin("GET /health HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")) {
            assertThat(isCut(socket, Duration.ofSeconds(3))).isTrue();
        }
        assertThat(server.get("/health").status()).isEqualTo(200);
    }

    @Test
    void cutsBodiesThatDoNotEnd() throws IOException {
        var token = server.guest();
        try (var socket =
                begin("POST /api/v1/sessions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Authorization: Bearer " + token + "\r\nContent-Length: 1000\r\n\r\n{")) {
            assertThat(isCut(socket, Duration.ofSeconds(20))).isTrue();
        }
        assertThat(server.get("/health").status()).isEqualTo(200);
    }

    @Test
    void cutsClientsThatTakeNothing() throws Exception {
        var clock = new FakeClock();
        var slow = new SlowRequests(
                Duration.ofSeconds(10), Duration.ofMinutes(1), clock.clocks().monotonic());
        var failure = new CompletableFuture<IOException>();
        try (var nobody = new PipedInputStream(16)) {
            var pipe = new PipedOutputStream(nobody);
            Thread.startVirtualThread(() -> {
                try {
                    slow.watched(pipe).write(new byte[64]);
                } catch (IOException cut) {
                    failure.complete(cut);
                }
            });
            TestServer.until(() -> {
                clock.advance(Duration.ofSeconds(20));
                slow.sweep();
                return failure.isDone();
            });
        }
        assertThat(failure.get()).isInstanceOf(InterruptedIOException.class);
    }

    @Test
    void leavesAloneWhoHasSentEverything() throws IOException {
        try (var socket = begin("POST /api/v1/guests HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n")) {
            untilAnswered(socket, "201");
            server.clock.advance(Duration.ofHours(1));
            socket.getOutputStream()
                    .write("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            untilAnswered(socket, "200");
        }
    }

    private static void untilAnswered(Socket socket, String status) throws IOException {
        var text = new StringBuilder();
        while (!text.toString().contains("HTTP/1.1 " + status)
                || !text.toString().endsWith("}")) {
            var next = socket.getInputStream().read();
            assertThat(next).as(text.toString()).isNotNegative();
            text.append((char) next);
        }
    }

    @Test
    void refusesHeadersThatAreTooLarge() {
        var answer = server.get("/health", "X-Large", "x".repeat(20_000));

        assertThat(answer.status()).isBetween(400, 431);
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
    }
}
