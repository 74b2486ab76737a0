package dev.tryon.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tryon.server.TestServer.Answer;
import dev.tryon.vision.PictureFormat;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RestTest {
    private static final String BOUNDARY = "xXboundaryXx";
    private static final byte[] PNG = Pictures.gradient(40, 30, PictureFormat.PNG);

    private TestServer server;
    private String token;

    @BeforeEach
    void start() {
        server = new TestServer(Map.of("sessions.max-per-owner", "2"));
        token = server.guest();
    }

    @AfterEach
    void nothingLeaks() {
        server.close();
        assertThat(server.server.framesInUse()).isZero();
        assertThat(server.engine.open).hasValue(0);
    }

    private static byte[] form(byte[] file, String purpose) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(
                text(
                        "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\n" + purpose
                                + "\r\n--" + BOUNDARY
                                + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\n"));
        out.writeBytes(file);
        out.writeBytes(text("\r\n--" + BOUNDARY + "--\r\n"));
        return out.toByteArray();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Answer send(byte[] form, String... headers) {
        return server.send(upload(form, headers));
    }

    private HttpRequest.Builder upload(byte[] form, String... headers) {
        return server.request("/api/v1/uploads", headers)
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .header("Authorization", "Bearer " + token)
                .POST(BodyPublishers.ofByteArray(form));
    }

    private Answer get(String path) {
        return server.get(path, "Authorization", "Bearer " + token);
    }

    private Answer session(String body, String... headers) {
        var all = Stream.concat(
                        Arrays.stream(headers),
                        Stream.of("Authorization", "Bearer " + token, "Content-Type", "application/json"))
                .toArray(String[]::new);
        return server.post("/api/v1/sessions", body, all);
    }

    private static void isProblem(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
        assertThat(answer.json().getString("code")).isEqualTo(code);
        assertThat(answer.json().getInt("status")).isEqualTo(status);
        assertThat(answer.json()).containsKeys("title", "recoverable");
        assertThat(answer.text()).doesNotContain("Exception", "dev.tryon", "java.");
    }

    @Test
    void letsNobodyInWithoutAGoodToken() {
        var tampered = token.substring(0, token.length() - 2) + (token.endsWith("AA") ? "BB" : "AA");
        for (var bad : new String[] {"", "nonsense", "a.b.c", tampered}) {
            var answer = server.get("/api/v1/sessions/none", "Authorization", "Bearer " + bad);
            isProblem(answer, 401, "UNAUTHENTICATED");
            assertThat(answer.header("www-authenticate")).isEqualTo("Bearer");
        }
        isProblem(server.get("/api/v1/sessions/none"), 401, "UNAUTHENTICATED");
        server.clock.advance(Duration.ofDays(90));
        isProblem(get("/api/v1/sessions/none"), 401, "UNAUTHENTICATED");
    }

    @Test
    void makesASessionAndTellsHowItStands() {
        var created = session(
                "{\"engine\":\"square\",\"look\":{\"item\":\"mint\"},\"quality\":\"high\",\"output\":\"overlay\"}");

        assertThat(created.status()).as(created.text()).isEqualTo(201);
        var session = created.json();
        assertThat(session.getString("id"))
                .matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        assertThat(session.getString("status")).isEqualTo("initializing");
        assertThat(session.getJsonObject("webSocket").getString("path"))
                .isEqualTo("/ws/try-on/" + session.getString("id"));
        assertThat(session).containsKeys("resumeToken", "expiresAt");
        var told = get(created.header("location")).json();
        assertThat(told.getJsonObject("look").getString("item")).isEqualTo("mint");
        assertThat(told.getString("quality")).isEqualTo("high");
        assertThat(told.getJsonObject("statistics").getInt("received")).isZero();
        isProblem(
                server.get(created.header("location"), "Authorization", "Bearer " + server.guest()), 404, "NOT_FOUND");
        isProblem(
                server.delete(created.header("location"), "Authorization", "Bearer " + server.guest()),
                404,
                "NOT_FOUND");
    }

    @Test
    void takesAnUploadAsReferenceFromItsOwnerAlone() {
        var id = send(form(PNG, "reference")).json().getString("id");
        var body = "{\"engine\":\"square\",\"look\":{\"reference\":\"" + id + "\"}}";

        assertThat(session(body).status()).isEqualTo(201);
        token = server.guest();
        isProblem(session(body), 422, "VALIDATION_FAILED");
    }

    @Test
    void namesEverythingThatIsWrongWithASession() {
        var answer = session("{\"engine\":\"square\",\"quality\":\"best\",\"output\":3,\"color\":1,"
                + "\"look\":{\"item\":\"plaid\",\"options\":{\"opacity\":2,\"glow\":true}}}");

        isProblem(answer, 422, "VALIDATION_FAILED");
        assertThat(answer.json().getJsonArray("errors").stream()
                        .map(error -> error.asJsonObject().getString("pointer")))
                .containsExactlyInAnyOrder(
                        "/quality", "/output", "/color", "/look/item", "/look/options/opacity", "/look/options/glow");
        isProblem(session("{\"engine\":\"hats\"}"), 422, "VALIDATION_FAILED");
        isProblem(session("{}"), 422, "VALIDATION_FAILED");
        isProblem(session("{\"engine\":\"square\",\"look\":{\"options\":{\"mood\":\"sullen\"}}}"), 422, "INVALID_LOOK");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "[]", "{\"engine\":", "{} {}", "{\"engine\":1e999999999}"})
    void refusesABodyThatIsNoJsonObject(String body) {
        var answer = session(body);

        assertThat(answer.status()).isIn(400, 422);
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
    }

    @Test
    void refusesAJsonBodyBeyondTheLimit() {
        isProblem(session("{\"engine\":\"" + "x".repeat(70_000) + "\"}"), 413, "PAYLOAD_TOO_LARGE");
    }

    @Test
    void makesNoMoreSessionsThanAllowed() {
        session("{\"engine\":\"square\"}");
        var second = session("{\"engine\":\"square\"}");
        var third = session("{\"engine\":\"square\"}");

        isProblem(third, 503, "SERVER_BUSY");
        assertThat(third.json().getInt("retryAfterMs")).isPositive();
        server.delete(second.header("location"), "Authorization", "Bearer " + token);
        assertThat(session("{\"engine\":\"square\"}").status()).isEqualTo(201);
    }
}
