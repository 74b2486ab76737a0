package dev.tryon.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReplyTest {
    private static final byte[] TEXT = "one two three".getBytes(StandardCharsets.US_ASCII);

    private final CountDownLatch firstSeen = new CountDownLatch(1);
    private final HttpClient http = HttpClient.newHttpClient();
    private WebServer server;

    @BeforeEach
    void start() {
        var routing = HttpRouting.builder();
        RestRouting.add(
                routing,
                List.of(
                        streamed("/known", OptionalLong.of(TEXT.length), out -> out.write(TEXT)),
                        streamed("/unknown", OptionalLong.empty(), out -> {
                            out.write(TEXT, 0, 3);
                            out.flush();
                            // Goes on only once the reader has seen what was flushed.
                            awaitQuietly(firstSeen);
                            out.write(TEXT, 3, TEXT.length - 3);
                        }),
                        streamed("/broken", OptionalLong.empty(), out -> {
                            out.write(TEXT);
                            out.flush();
                            throw new IllegalStateException("broken");
                        }),
                        streamed("/short", OptionalLong.of(100), out -> {
                            out.write(TEXT);
                            out.flush();
                            throw new IOException("short");
                        })));
        RestRouting.addErrors(routing);
        server = WebServer.builder()
                .host("127.0.0.1")
                .port(0)
                .shutdownHook(false)
                .addRouting(routing)
                .build()
                .start();
    }

    private static void awaitQuietly(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException failure) {
            throw new IOException(failure);
        }
    }

    private static Route streamed(String path, OptionalLong length, Reply.Content content) {
        return Route.get(path, _ -> Reply.streamed(200, "text/plain", length, Map.of(), content));
    }

    @AfterEach
    void stop() {
        server.stop();
        http.close();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void tellsTheLengthOfAStreamedBodyThatKnowsIt() throws Exception {
        var answer = send(request("/known").GET());

        assertThat(answer.body()).isEqualTo("one two three");
        assertThat(answer.headers().firstValue("content-length")).contains("13");
    }

    @Test
    void sendsWhatIsFlushedBeforeTheRestIsThere() throws Exception {
        var answer = http.send(request("/unknown").GET().build(), BodyHandlers.ofInputStream());
        try (var body = answer.body()) {
            assertThat(new String(body.readNBytes(3), StandardCharsets.US_ASCII))
                    .isEqualTo("one");
            firstSeen.countDown();
            assertThat(new String(body.readAllBytes(), StandardCharsets.US_ASCII))
                    .isEqualTo(" two three");
        }
    }

    @Test
    void cutsTheConnectionUnderABodyThatFails() {
        assertThatThrownBy(() -> send(request("/broken").GET())).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> send(request("/short").GET())).isInstanceOf(IOException.class);
    }

    @Test
    void answersHeadWithTheHeadersAlone() throws Exception {
        var answer = send(request("/known").HEAD());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-length")).contains("13");
        assertThat(answer.body()).isEmpty();
        assertThat(send(request("/unknown").HEAD()).statusCode()).isEqualTo(200);
    }

    @Test
    void namesTheMethodsOfAnAddress() throws Exception {
        var answer = send(request("/known").POST(BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("allow")).contains("GET, HEAD");
    }
}
