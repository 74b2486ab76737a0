package dev.tryon.server;

import static dev.tryon.server.Person.isProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tryon.vision.PictureFormat;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class VirusScanTest {
    /** The test string of EICAR, which every scanner takes for malware; in two parts, so that none takes this file for it. */
    private static final String EICAR = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR" + "-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*";

    @Test
    void letsCleanFilesPass() throws IOException {
        try (var clamd = new Clamd()) {
            var file = ByteBuffer.allocate(200_000);

            assertThatCode(() -> clamd.scan().check(file)).doesNotThrowAnyException();

            assertThat(file.remaining()).isEqualTo(200_000);
        }
    }

    @Test
    void refusesMalware() throws IOException {
        try (var clamd = new Clamd()) {
            assertRefused(() -> clamd.scan().check(bytes(EICAR)), ProblemType.MALWARE_FOUND);
        }
    }

    @Test
    void refusesWhatClamdDoesNotLookAt() throws IOException {
        try (var clamd = new Clamd()) {
            assertRefused(() -> clamd.scan().check(ByteBuffer.allocate(Clamd.MOST + 1)), ProblemType.SCAN_UNAVAILABLE);
        }
    }

    @Test
    void refusesAllWhileClamdDoesNotAnswer() throws IOException {
        var clamd = new Clamd();
        clamd.close();

        assertRefused(() -> clamd.scan().check(bytes("clean")), ProblemType.SCAN_UNAVAILABLE);
    }

    @Test
    void takesAFileBackThatClamdDoesNotRead() throws IOException {
        try (var deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var address = new InetSocketAddress(deaf.getInetAddress(), deaf.getLocalPort());
            var scan = new VirusScan(Optional.of(address), Duration.ofMillis(200));

            assertRefused(() -> scan.check(ByteBuffer.allocate(32 << 20)), ProblemType.SCAN_UNAVAILABLE);
        }
    }

    @Test
    void keepsNothingThatIsMalwareOrCannotBeLookedAt() throws IOException {
        var clamd = new Clamd();
        try (clamd;
                var server = new TestServer(Map.of("files.clamd", "127.0.0.1:" + clamd.port()))) {
            var ann = Person.guest(server);
            var clean = Pictures.gradient(40, 30, PictureFormat.PNG);

            isProblem(ann.upload(bytes(EICAR).array(), "person", "Idempotency-Key", "one"), 422, "MALWARE_FOUND");
            assertThat(Remains.files(server.server.store())).isZero();
            assertThat(ann.upload(clean, "person", "Idempotency-Key", "one").status())
                    .isEqualTo(201);
            clamd.close();
            var refused = ann.upload(clean, "person", "Idempotency-Key", "two");
            isProblem(refused, 503, "SCAN_UNAVAILABLE");
            assertThat(refused.json().getBoolean("recoverable")).isTrue();
            assertThat(ann.get("/api/v1/uploads").json().getJsonArray("items")).hasSize(1);
            assertThat(Remains.files(server.server.store())).isOne();
        }
    }

    @Test
    void looksAtPhotosOfOlderClientsBeforeTheyAreDecoded() throws IOException {
        var clamd = new Clamd();
        try (clamd;
                var server =
                        new TestServer(Map.of("files.clamd", "127.0.0.1:" + clamd.port()), new WeaveEngine("fabric"))) {
            var form = "--x\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n" + EICAR + "\r\n--x--\r\n";
            var type = "multipart/form-data; boundary=x";

            var found = server.post("/api/fabric/scan", form, "Content-Type", type);
            clamd.close();
            var unseen = server.post("/api/fabric/scan", form, "Content-Type", type);

            assertThat(found.status()).isEqualTo(422);
            assertThat(found.json().getString("detail")).contains("malware");
            assertThat(unseen.status()).isEqualTo(503);
            assertThat(unseen.json().getString("detail")).contains("malware");
        }
    }

    @Test
    void asksNobodyWhereThereIsNone() {
        assertThatCode(() -> new VirusScan(Optional.empty()).check(bytes(EICAR)))
                .doesNotThrowAnyException();
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void assertRefused(ThrowingCallable scan, ProblemType type) {
        assertThatThrownBy(scan).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.problem().code()).isEqualTo(type.name());
            assertThat(refusal.problem().status()).isEqualTo(type.status());
        });
    }

    /** A clamd that knows one virus. */
    private static final class Clamd implements AutoCloseable {
        private static final int MOST = 1 << 20;

        private final ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());

        private final Thread serving = Thread.ofVirtual().unstarted(this::serve);

        Clamd() throws IOException {
            serving.start();
        }

        VirusScan scan() {
            return new VirusScan(Optional.of(InetSocketAddress.createUnresolved("127.0.0.1", port())));
        }

        int port() {
            return server.getLocalPort();
        }

        private void serve() {
            while (!server.isClosed()) {
                try (var socket = server.accept()) {
                    var answer = look(socket) + "\0";
                    socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                } catch (IOException _) {
                    // The test is over, or its client has gone.
                }
            }
        }

        private static String look(Socket socket) throws IOException {
            var input = new DataInputStream(socket.getInputStream());
            if (!new String(input.readNBytes(10), StandardCharsets.US_ASCII).equals("zINSTREAM\0")) {
                return "UNKNOWN COMMAND";
            }
            var found = false;
            int size = 0;
            for (int length = input.readInt(); length > 0; length = input.readInt()) {
                size += length;
                found |= new String(input.readNBytes(length), StandardCharsets.ISO_8859_1).contains(EICAR);
            }
            if (size > MOST) {
                return "INSTREAM size limit exceeded. ERROR";
            }
            return found ? "stream: Eicar-Test-Signature FOUND" : "stream: OK";
        }

        /** Nobody is served any more on return: a closed socket may still let in the one who comes at that moment. */
        @Override
        public void close() throws IOException {
            server.close();
            try {
                serving.join();
            } catch (InterruptedException failure) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(failure);
            }
        }
    }
}
