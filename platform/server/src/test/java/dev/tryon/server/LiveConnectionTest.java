package dev.tryon.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tryon.server.LiveClient.Message;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LiveConnectionTest {
    private static final String HELLO = "{\"type\":\"hello\",\"codecs\":[\"jpeg\"]}";

    private final byte[] picture = Pictures.small();
    private TestServer server;
    private String token;
    private JsonObject session;
    private String path;
    private String ticket;

    @BeforeEach
    void start() {
        server = new TestServer(Map.of("server.allowed-origins", "https://Shop.example"));
        token = server.guest();
        session = server.session(token, "{\"item\":\"mint\"}", "frame");
        path = session.getJsonObject("webSocket").getString("path");
        ticket = session.getJsonObject("webSocket").getString("ticket");
    }

    @AfterEach
    void stop() {
        server.close();
        assertThat(server.server.framesInUse()).isZero();
        assertThat(server.engine.open).hasValue(0);
    }

    private String helloWithToken() {
        return "{\"type\":\"hello\",\"codecs\":[\"jpeg\"],\"resumeToken\":\"" + session.getString("resumeToken")
                + "\"}";
    }

    private String status() {
        return server.get("/api/v1/sessions/" + session.getString("id"), "Authorization", "Bearer " + token)
                .json()
                .getString("status");
    }

    @Test
    void tellsTheReasonBeforeItCloses() {
        try (var client = LiveClient.open(server, path + "?ticket=wrong")) {
            var closing = LiveClient.json(client.next());
            assertThat(closing.getString("type")).isEqualTo("closing");
            assertThat(closing.getInt("code")).isEqualTo(4401);
            assertThat(client.next()).isEqualTo(new Message.Closed(4401, "unauthenticated"));
        }
    }

    @Test
    void takesATicketOnce() {
        try (var first = LiveClient.greet(server, session, HELLO);
                var second = LiveClient.open(server, path + "?ticket=" + ticket)) {
            assertThat(second.closeCode()).isEqualTo(4401);
            first.frame(1, picture);
            assertThat(first.next().type()).isEqualTo("frame");
        }
    }

    @Test
    void takesNoTicketAfterHalfAMinute() {
        server.clock.advance(Duration.ofSeconds(30));
        try (var client = LiveClient.open(server, path + "?ticket=" + ticket)) {
            assertThat(client.closeCode()).isEqualTo(4401);
        }
    }

    @Test
    void takesNoTicketOfAnotherSession() {
        var other = server.session(server.guest(), "{}", "frame").getJsonObject("webSocket");
        try (var client = LiveClient.open(server, path + "?ticket=" + other.getString("ticket"))) {
            assertThat(client.closeCode()).isEqualTo(4401);
        }
    }

    @Test
    void knowsNoSessionThatThereIsNot() {
        try (var client = LiveClient.open(server, "/ws/try-on/01890000-0000-7000-8000-000000000000?ticket=" + ticket)) {
            assertThat(client.closeCode()).isEqualTo(4404);
        }
        try (var client = LiveClient.open(server, "/ws/try-on/nonsense?ticket=" + ticket)) {
            assertThat(client.closeCode()).isEqualTo(4404);
        }
    }

    @Test
    void speaksNoOtherVersion() {
        try (var client = LiveClient.openAs(server, path + "?ticket=" + ticket, "")) {
            assertThat(client.closeCode()).isEqualTo(4426);
        }
    }

    @Test
    void letsNoForeignPageInButThoseOfTheList() {
        try (var client =
                LiveClient.openAs(server, path + "?ticket=" + ticket, "tryon.v1", "Origin", "https://evil.example")) {
            assertThat(client.closeCode()).isEqualTo(4403);
        }
        try (var client =
                LiveClient.openAs(server, path + "?ticket=" + ticket, "tryon.v1", "Origin", "https://shop.example")) {
            client.text(HELLO);
            assertThat(client.next().type()).isEqualTo("ready");
        }
    }

    @Test
    void letsItsOwnPageIn() {
        var origin = "http://127.0.0.1:" + server.server.port();
        try (var client = LiveClient.openAs(server, path + "?ticket=" + ticket, "tryon.v1", "Origin", origin)) {
            client.text(HELLO);
            assertThat(client.next().type()).isEqualTo("ready");
        }
    }

    @Test
    void wantsHelloFirst() {
        try (var client = LiveClient.open(server, path + "?ticket=" + ticket)) {
            client.frame(1, picture);
            assertThat(LiveClient.json(client.answer(1)).getString("code")).isEqualTo("INVALID_MESSAGE");
            client.text("{\"type\":\"look\",\"item\":\"mint\"}");
            assertThat(LiveClient.json(client.next()).getString("code")).isEqualTo("INVALID_MESSAGE");
            client.text(HELLO);
            assertThat(client.next().type()).isEqualTo("ready");
        }
    }

    @Test
    void closesAConnectionThatSaysNothing() {
        try (var client = LiveClient.open(server, path + "?ticket=" + ticket)) {
            // A pong tells that the server has taken the connection in.
            client.text("{\"type\":\"ping\",\"timestamp\":1}");
            client.next();
            server.clock.advance(Duration.ofSeconds(11));
            assertThat(client.closeCode()).isEqualTo(4400);
        }
    }

    @Test
    void resumesWithLookAndCountersAsTheyWere() {
        try (var client = LiveClient.greet(server, session, HELLO)) {
            client.text("{\"type\":\"look\",\"item\":\"cherry\"}");
            client.await("look");
            client.frame(1, picture);
            client.answer(1);
            client.cut();
        }
        TestServer.until(() -> status().equals("paused"));
        server.clock.advance(Duration.ofSeconds(19));
        try (var client = LiveClient.open(server, path + "?resume=" + session.getString("resumeToken"))) {
            client.text(helloWithToken());
            assertThat(LiveClient.json(client.next()).getString("item")).isEqualTo("cherry");
            client.frame(2, picture);
            client.answer(2);
            server.clock.advance(Duration.ofSeconds(2));
            assertThat(LiveClient.json(client.await("stats")).getInt("served")).isEqualTo(2);
        }
    }

    @Test
    void resumesByTheHelloAlone() {
        try (var client = LiveClient.open(server, path)) {
            client.text(helloWithToken());
            assertThat(client.next().type()).isEqualTo("ready");
        }
        try (var client = LiveClient.open(server, path)) {
            client.text(HELLO);
            assertThat(client.closeCode()).isEqualTo(4401);
        }
        try (var client = LiveClient.open(server, path + "?resume=wrong")) {
            assertThat(client.closeCode()).isEqualTo(4401);
        }
    }

    @Test
    void forgetsASessionWhoseConnectionDoesNotComeBack() {
        try (var client = LiveClient.greet(server, session, HELLO)) {
            client.cut();
        }
        TestServer.until(() -> status().equals("paused"));
        server.clock.advance(Duration.ofSeconds(20));
        TestServer.until(() -> server.engine.open.get() == 0);

        try (var client = LiveClient.open(server, path + "?resume=" + session.getString("resumeToken"))) {
            assertThat(client.closeCode()).isEqualTo(4404);
        }
    }

    @Test
    void forgetsASessionThatNobodyConnectsTo() {
        server.clock.advance(Duration.ofMinutes(1));
        TestServer.until(() -> server.engine.open.get() == 0);

        try (var client = LiveClient.open(server, path + "?ticket=" + ticket)) {
            assertThat(client.closeCode()).isEqualTo(4404);
        }
    }

    @Test
    void letsTheNewestConnectionWin() {
        try (var first = LiveClient.greet(server, session, HELLO);
                var second = LiveClient.open(server, path + "?resume=" + session.getString("resumeToken"))) {
            second.text(helloWithToken());
            assertThat(second.next().type()).isEqualTo("ready");
            assertThat(first.closeCode()).isEqualTo(4409);
            second.frame(1, picture);
            assertThat(second.next().type()).isEqualTo("frame");
        }
    }

    @Test
    void closesAConnectionThatWentSilent() {
        try (var client = LiveClient.greet(server, session, HELLO)) {
            server.clock.advance(Duration.ofSeconds(31));
            assertThat(client.closeCode()).isEqualTo(4408);
        }
    }

    @Test
    void keepsAQuietConnectionThatAnswersPings() {
        try (var client = LiveClient.greet(server, session, HELLO)) {
            for (int tens = 0; tens < 5; tens++) {
                server.clock.advance(Duration.ofSeconds(10));
                // Statistics come with the same sweep as the ping, which the client's library answers by itself.
                client.await("stats");
                client.text("{\"type\":\"ping\",\"timestamp\":1}");
                client.await("pong");
            }
            client.frame(1, picture);
            assertThat(client.answer(1).type()).isEqualTo("frame");
        }
    }

    @Test
    void endsASessionThroughRest() {
        try (var client = LiveClient.greet(server, session, HELLO)) {
            var answer =
                    server.delete("/api/v1/sessions/" + session.getString("id"), "Authorization", "Bearer " + token);
            assertThat(answer.status()).isEqualTo(204);
            assertThat(client.closeCode()).isEqualTo(1000);
            assertThat(status()).isEqualTo("completed");
        }
    }

    @Test
    void tellsOfAnEndedSessionForAnHour() {
        try (var client = LiveClient.greet(server, session, HELLO)) {
            client.text("{\"type\":\"look\",\"item\":\"cherry\"}");
            client.await("look");
            client.frame(1, picture);
            client.answer(1);
            TestServer.until(() -> told().getJsonObject("statistics").getInt("served") == 1);
            server.delete("/api/v1/sessions/" + session.getString("id"), "Authorization", "Bearer " + token);
        }
        server.clock.advance(Duration.ofMinutes(59));

        assertThat(status()).isEqualTo("completed");
        assertThat(told().getJsonObject("look").getString("item")).isEqualTo("cherry");
        assertThat(told().getJsonObject("statistics").getInt("served")).isEqualTo(1);
        assertThat(told().containsKey("output")).isFalse();

        server.clock.advance(Duration.ofMinutes(2));
        assertThat(server.get("/api/v1/sessions/" + session.getString("id"), "Authorization", "Bearer " + token)
                        .status())
                .isEqualTo(404);
    }

    private JsonObject told() {
        return server.get("/api/v1/sessions/" + session.getString("id"), "Authorization", "Bearer " + token)
                .json();
    }

    @Test
    void listsOnesSessionsAsTheyStandPageByPage() {
        var second = server.session(token, "{\"item\":\"cherry\"}", "frame");
        server.session(server.guest(), "{}", "frame");
        server.clock.advance(Duration.ofMillis(1));
        server.delete("/api/v1/sessions/" + session.getString("id"), "Authorization", "Bearer " + token);
        try (var client = LiveClient.greet(server, second, HELLO)) {
            var statuses = new HashMap<String, String>();
            var address = "/api/v1/sessions?limit=1";
            while (!address.isEmpty()) {
                var page =
                        server.get(address, "Authorization", "Bearer " + token).json();
                var items = page.getJsonArray("items").getValuesAs(JsonObject.class);
                assertThat(items).hasSize(1);
                items.forEach(item -> statuses.put(item.getString("id"), item.getString("status")));
                address = page.isNull("nextCursor")
                        ? ""
                        : "/api/v1/sessions?limit=1&cursor=" + page.getString("nextCursor");
            }

            assertThat(statuses)
                    .isEqualTo(Map.of(session.getString("id"), "completed", second.getString("id"), "active"));
            client.frame(1, picture);
            client.answer(1);
        }
        assertThat(server.get("/api/v1/sessions?limit=0", "Authorization", "Bearer " + server.guest())
                        .status())
                .isEqualTo(422);
    }

    @Test
    void isPausedWhileItsPersonWantsIt() {
        assertThat(status()).isEqualTo("initializing");
        try (var client = LiveClient.greet(server, session, HELLO)) {
            assertThat(status()).isEqualTo("active");
            client.text("{\"type\":\"control\",\"action\":\"pause\"}");
            TestServer.until(() -> status().equals("paused"));
            // Longer than the grace time of a lost connection, which does not apply.
            server.clock.advance(Duration.ofSeconds(25));
            client.text("{\"type\":\"control\",\"action\":\"resume\"}");
            TestServer.until(() -> status().equals("active"));
            client.frame(1, picture);
            assertThat(client.answer(1).type()).isEqualTo("frame");
        }
    }

    @Test
    void sweepsOnWhileAnEngineHangs() {
        var other = server.session(token, "{\"options\":{\"mood\":\"slow\"}}", "frame");
        try (var client = LiveClient.greet(server, session, HELLO)) {
            try (var hung = LiveClient.greet(server, other, HELLO)) {
                hung.frame(1, picture);
                TestServer.until(() -> server.engine.applied.get() == 1);
                hung.cut();
            }
            var path = "/api/v1/sessions/" + other.getString("id");
            TestServer.until(() -> server.get(path, "Authorization", "Bearer " + token)
                    .json()
                    .getString("status")
                    .equals("paused"));
            server.clock.advance(Duration.ofSeconds(20));
            TestServer.until(() -> server.get(path, "Authorization", "Bearer " + token)
                    .json()
                    .getString("status")
                    .equals("completed"));

            // Its closing waits for the engine; the others hear of the server as ever.
            server.clock.advance(Duration.ofSeconds(2));
            client.await("stats");
            assertThat(server.engine.open).hasValue(2);
        } finally {
            server.engine.gate.release();
        }
        TestServer.until(() -> server.engine.open.get() == 1);
    }

    @Test
    void tellsEveryClientWhenItStops() {
        try (var client = LiveClient.greet(server, session, HELLO)) {
            server.server.stop();
            assertThat(LiveClient.json(client.await("closing")).getInt("code")).isEqualTo(1012);
            assertThat(client.closeCode()).isEqualTo(1012);
        }
    }
}
