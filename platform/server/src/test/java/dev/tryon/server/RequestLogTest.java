package dev.tryon.server;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RequestLogTest {
    /** Held here, since the library forgets loggers that nobody holds. */
    private final Logger logger = Logger.getLogger("dev.tryon.server");

    private final Lines lines = new Lines();
    private final TestServer server = new TestServer(Map.of());

    @BeforeEach
    void listen() {
        logger.setLevel(Level.INFO);
        logger.addHandler(lines);
    }

    @AfterEach
    void stop() {
        server.close();
        logger.removeHandler(lines);
        logger.setLevel(null);
    }

    /** What is logged, written as it would be. */
    private static final class Lines extends Handler {
        final Queue<String> written = new ConcurrentLinkedQueue<>();
        private final JsonLines format = new JsonLines();

        @Override
        public void publish(LogRecord line) {
            written.add(format.format(line));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    private JsonObject line(String part) {
        TestServer.until(() -> lines.written.stream().anyMatch(line -> line.contains(part)));
        var text = lines.written.stream()
                .filter(line -> line.contains(part))
                .findFirst()
                .orElseThrow();
        assertThat(text).endsWith("}\n").doesNotContain("}\n{");
        try (var reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    @Test
    void notesTheRouteAndTheAnswerAndNothingOfWhatCame() {
        var guest = server.post("/api/v1/guests", "").json();
        var answer = server.get(
                "/api/v1/uploads/0197a5a0-0000-7000-8000-00000000abcd?secret=query",
                "Authorization",
                "Bearer " + guest.getString("token"),
                "X-Request-Id",
                "shop-42");

        assertThat(answer.header("X-Request-Id")).isEqualTo("shop-42");
        var line = line("shop-42");
        assertThat(line.getString("level")).isEqualTo("info");
        assertThat(line.getString("logger")).isEqualTo("dev.tryon.server.RequestLog");
        assertThat(line.getString("method")).isEqualTo("GET");
        assertThat(line.getString("route")).isEqualTo("/api/v1/uploads/{id}");
        assertThat(line.getInt("status")).isEqualTo(404);
        assertThat(line.getInt("millis")).isNotNegative();
        assertThat(line.getString("subject")).startsWith("person-");
        assertThat(String.join("", lines.written))
                .doesNotContain(guest.getString("subject"), guest.getString("token"), "secret", "00000000abcd");
        assertThat(server.get("/observe/metrics").text())
                .contains("tryon_requests_total{method=\"GET\",route=\"/api/v1/uploads/{id}\"");
    }

    @Test
    void countsWhatMeetsNoRouteAsOneWhateverItIsCalled() {
        server.send(server.request("/api/v1/engines").method("INVENTED", BodyPublishers.noBody()));
        server.send(server.request("/health").method("MADEUP", BodyPublishers.noBody()));
        server.get("/nowhere/at-all");

        TestServer.until(() -> figures().contains("status=\"404\""));
        assertThat(figures())
                .contains("tryon_requests_total{method=\"other\",route=\"other\"")
                .doesNotContain("INVENTED", "MADEUP", "nowhere");
    }

    private String figures() {
        return server.get("/observe/metrics").text();
    }

    @Test
    void makesAnIdWhereNoneOrNoGoodOneCame() {
        assertThat(server.get("/health").header("X-Request-Id")).hasSize(36);
        assertThat(server.get("/health", "X-Request-Id", "a b").header("X-Request-Id"))
                .hasSize(36);
        assertThat(server.get("/health", "X-Request-Id", "x".repeat(65)).header("X-Request-Id"))
                .hasSize(36);
    }

    @Test
    void tellsTheIdOfARequestThatFailedHere() {
        var failure = new IllegalStateException("at work");
        LogScope.run(Map.of("requestId", "r-1"), () -> logger.log(Level.SEVERE, "it failed", failure));

        var line = line("it failed");
        assertThat(line.getString("requestId")).isEqualTo("r-1");
        assertThat(line.getString("error")).isEqualTo("java.lang.IllegalStateException");
        assertThat(line.getString("stack")).contains("tellsTheIdOfARequestThatFailedHere");
        assertThat(LogScope.current()).isEmpty();
    }
}
