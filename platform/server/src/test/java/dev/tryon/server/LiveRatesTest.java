package dev.tryon.server;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A device that is full: one worker, and an engine whose frames take far longer than it says. */
class LiveRatesTest {
    private static final String HELLO = "{\"type\":\"hello\",\"codecs\":[\"jpeg\"],\"maxInFlight\":2}";
    private static final String SLOW = "{\"options\":{\"mood\":\"slow\"}}";

    private final byte[] picture = Pictures.small();
    private TestServer server;
    private String token;

    @BeforeEach
    void start() {
        server = new TestServer(Map.of("live.workers", "1", "live.least-frames-per-second", "10"));
        token = server.guest();
    }

    @AfterEach
    void everythingIsGivenBack() {
        server.close();
        assertThat(server.server.framesInUse()).isZero();
        assertThat(server.engine.open).hasValue(0);
    }

    /** Has frames served that take this long, one after the other. */
    private void serve(LiveClient client, int frames, Duration each) {
        for (int sequence = 1; sequence <= frames; sequence++) {
            int before = server.engine.applied.get();
            client.frame(sequence, picture);
            TestServer.until(() -> server.engine.applied.get() > before);
            server.clock.advance(each);
            server.engine.gate.release();
            client.answer(sequence);
        }
    }

    private LiveClient crowded(JsonObject session) {
        var client = LiveClient.greet(server, session, HELLO);
        serve(client, 8, Duration.ofMillis(100));
        server.clock.advance(Duration.ofMillis(2500));
        serve(client, 2, Duration.ofMillis(100));
        return client;
    }

    @Test
    void advisesALowerRateOnceTheDeviceIsFull() {
        try (var client = crowded(server.session(token, SLOW, "frame"))) {
            client.frame(99, picture);
            server.engine.gate.release();

            var advice = LiveClient.json(client.await("quality"));

            assertThat(advice.getJsonNumber("targetFps").doubleValue())
                    .isPositive()
                    .isLessThan(25);
            assertThat(advice.getJsonObject("maxResolution").getInt("width")).isEqualTo(640);
            assertThat(advice.getInt("imageQuality")).isEqualTo(75);
            assertThat(advice.getString("reason")).isNotBlank();
        }
    }

    @Test
    void refusesASessionThatWouldGetTooFewFrames() {
        try (var _ = crowded(server.session(token, SLOW, "frame"))) {
            var refused = server.post(
                    "/api/v1/sessions",
                    "{\"engine\":\"square\"}",
                    "Authorization",
                    "Bearer " + token,
                    "Content-Type",
                    "application/json");

            Person.isProblem(refused, 503, "SERVER_BUSY");
            assertThat(refused.json().getInt("retryAfterMs")).isPositive();
            assertThat(refused.header("Retry-After")).isNotEmpty();
        }
    }

    @Test
    void sendsAwayASessionThatComesBackWhenItsPartIsTaken() {
        var session = server.session(token, SLOW, "frame");
        var path = session.getJsonObject("webSocket").getString("path");
        var resume = path + "?resume=" + session.getString("resumeToken");
        try (var others = crowded(session)) {
            others.cut();
            TestServer.until(() -> status(session).equals("paused"));
            server.clock.advance(Duration.ofSeconds(6));
        }

        try (var client = LiveClient.open(server, resume)) {
            client.text(HELLO);

            var closing = LiveClient.json(client.await("closing"));

            assertThat(closing.getInt("code")).isEqualTo(4503);
            assertThat(closing.getInt("retryAfterMs")).isPositive();
            assertThat(client.closeCode()).isEqualTo(4503);
        }
    }

    private String status(JsonObject session) {
        return server.get("/api/v1/sessions/" + session.getString("id"), "Authorization", "Bearer " + token)
                .json()
                .getString("status");
    }

    @Test
    void takesASessionBackThatWasAwayForAMoment() {
        var session = server.session(token, SLOW, "frame");
        var path = session.getJsonObject("webSocket").getString("path");
        try (var client = crowded(session)) {
            client.cut();
            TestServer.until(() -> status(session).equals("paused"));
        }

        try (var client = LiveClient.open(server, path + "?resume=" + session.getString("resumeToken"))) {
            client.text(HELLO);

            assertThat(client.next().type()).isEqualTo("ready");
        }
    }

    @Test
    void closesForAClientThatTakesNoNoticeOfItsRateForLong() {
        server.close();
        server = new TestServer(
                Map.of("live.frames-per-second", "1", "live.frame-burst", "1", "live.rate-patience", "PT3S"));
        token = server.guest();
        try (var client = LiveClient.greet(server, server.session(token, "{}", "frame"), HELLO)) {
            for (int second = 0; second < 4; second++) {
                client.frame(3L * second, picture);
                client.frame(3L * second + 1, picture);
                client.answer(3L * second + 1);
                server.clock.advance(Duration.ofSeconds(1));
            }
            client.frame(100, picture);
            client.frame(101, picture);

            var closing = LiveClient.json(client.await("closing"));

            assertThat(closing.getInt("code")).isEqualTo(4429);
            assertThat(closing.getInt("retryAfterMs")).isPositive();
            assertThat(client.closeCode()).isEqualTo(4429);
        }
    }
}
