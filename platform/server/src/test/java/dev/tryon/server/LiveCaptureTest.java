package dev.tryon.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tryon.store.Filter;
import dev.tryon.store.Job;
import dev.tryon.store.Result;
import dev.tryon.vision.PictureFormat;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiveCaptureTest {
    private static final String HELLO = "{\"type\":\"hello\",\"codecs\":[\"jpeg\",\"webp\"]}";
    private static final int CHERRY = 0xa0001e;
    private static final int MINT = 0x3cc88c;

    private final byte[] picture = Pictures.small();
    private TestServer server;
    private String token;

    @BeforeEach
    void start() {
        server = new TestServer(Map.of());
        token = server.guest();
    }

    @AfterEach
    void everythingIsGivenBack() {
        server.close();
        assertThat(server.server.framesInUse()).isZero();
        assertThat(server.engine.open).hasValue(0);
    }

    private LiveClient greet(String output) {
        return LiveClient.greet(server, server.session(token, "{\"item\":\"cherry\"}", output), HELLO);
    }

    private static JsonObject capture(LiveClient client, String requestId) {
        client.text("{\"type\":\"capture\",\"requestId\":\"" + requestId + "\"}");
        return answerTo(client, requestId);
    }

    private static JsonObject answerTo(LiveClient client, String requestId) {
        return LiveClient.json(client.await(
                message -> LiveClient.json(message).getString("requestId", "").equals(requestId)));
    }

    private Result result(JsonObject captured) {
        assertThat(captured.getString("type")).as(captured.toString()).isEqualTo("captured");
        return server.server
                .store()
                .results()
                .find(UUID.fromString(captured.getString("resultId")))
                .orElseThrow();
    }

    /** Checks a kept file by its pixels: the look where the engine paints, the camera's own gradient elsewhere. */
    private void shows(JsonObject captured, String name, int color) {
        var file = result(captured).file(name).orElseThrow();
        assertThat(file.mediaType()).isEqualTo("image/jpeg");
        try (var frame = Pictures.decode(server.server.store().results().read(file))) {
            assertThat(frame.width()).isEqualTo(64);
            assertThat(frame.height()).isEqualTo(48);
            isAbout(Pictures.pixel(frame, 16, 16), color);
            isAbout(Pictures.pixel(frame, 48, 40), 90 << 16 | 212 << 8 | 191);
        }
    }

    private static void isAbout(int pixel, int color) {
        for (int shift = 0; shift <= 16; shift += 8) {
            assertThat((pixel >> shift & 255) - (color >> shift & 255))
                    .as("%06x and %06x", pixel, color)
                    .isBetween(-14, 14);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"frame", "overlay"})
    void keepsThePictureAsItWasShown(String output) {
        try (var client = greet(output)) {
            client.frame(1, picture);
            client.answer(1);

            var captured = capture(client, "first");

            assertThat(captured.getString("type")).as(captured.toString()).isEqualTo("captured");
            shows(captured, "image", CHERRY);
            shows(captured, "thumbnail", CHERRY);
            var kept = result(captured);
            assertThat(kept.kind()).isEqualTo("capture");
            assertThat(kept.engine()).isEqualTo("square");
            assertThat(kept.look().getString("item")).isEqualTo("cherry");
            assertThat(kept.confidence()).contains(0.9);
            assertThat(kept.metadata().getJsonArray("detection")).hasSize(1);
            assertThat(captured.getJsonArray("files")).isEqualTo(ResultJson.files(kept));
        }
    }

    @Test
    void keepsWhatWasShownWhileItIsPausedAndAfterTheHandIsLost() {
        try (var client = greet("overlay")) {
            client.frame(1, picture);
            client.answer(1);
            client.text("{\"type\":\"look\",\"item\":\"mint\",\"options\":{\"mood\":\"blind\"}}");
            client.await("look");
            client.frame(2, Pictures.gradient(64, 48, PictureFormat.JPEG));
            assertThat(LiveClient.json(client.answer(2)).getString("code")).isEqualTo("HAND_NOT_DETECTED");

            shows(capture(client, "lost"), "image", CHERRY);

            client.text("{\"type\":\"control\",\"action\":\"pause\"}");
            shows(capture(client, "paused"), "image", CHERRY);
        }
    }

    @Test
    void answersTheSameRequestWithTheSameResult() {
        try (var client = greet("frame")) {
            client.frame(1, picture);
            client.answer(1);
            var first = capture(client, "tap");
            client.text("{\"type\":\"look\",\"item\":\"mint\"}");
            client.frame(2, picture);
            client.answer(2);

            assertThat(capture(client, "tap").getString("resultId")).isEqualTo(first.getString("resultId"));
            shows(capture(client, "tap"), "image", CHERRY);
            var second = capture(client, "another tap");
            assertThat(second.getString("resultId")).isNotEqualTo(first.getString("resultId"));
            shows(second, "image", MINT);
        }
    }

    @Test
    void saysThatNothingWasShownYet() {
        try (var client = greet("frame")) {
            var error = capture(client, "early");

            assertThat(error.getString("type")).isEqualTo("error");
            assertThat(error.getString("code")).isEqualTo("NOTHING_SHOWN");
            assertThat(error.getBoolean("recoverable")).isTrue();

            client.frame(1, picture);
            client.answer(1);
            assertThat(capture(client, "early").getString("type")).isEqualTo("captured");
        }
    }

    @Test
    void refusesCapturesThatMeanNothing() {
        try (var client = greet("frame")) {
            for (var message : new String[] {
                "{\"type\":\"capture\"}",
                "{\"type\":\"capture\",\"requestId\":\"\"}",
                "{\"type\":\"capture\",\"requestId\":7}",
                "{\"type\":\"capture\",\"requestId\":\"" + "x".repeat(65) + "\"}",
                "{\"type\":\"capture\",\"requestId\":\"a\",\"premium\":\"yes\"}",
                "{\"type\":\"capture\",\"requestId\":\"a\",\"path\":\"../../etc\"}"
            }) {
                client.text(message);
                var error = LiveClient.json(client.await("error"));
                assertThat(error.getString("code")).as(message).isEqualTo("INVALID_MESSAGE");
                assertThat(error.getJsonArray("errors")).as(message).hasSize(1);
            }
        }
    }

    @Test
    void servesFramesWhileItKeepsAndRefusesTooManyAtOnce() {
        try (var client = greet("overlay")) {
            client.frame(1, picture);
            client.answer(1);
            for (int number = 0; number < 40; number++) {
                client.text("{\"type\":\"capture\",\"requestId\":\"many-" + number + "\"}");
            }
            client.frame(2, picture);
            int captured = 0;
            boolean served = false;
            for (int answers = 0; answers < 41; answers++) {
                var message = client.next();
                switch (message.type()) {
                    case "captured" -> captured++;
                    case "overlay" -> served = true;
                    default -> {
                        var error = LiveClient.json(message);
                        assertThat(error.getString("code")).isEqualTo("SERVER_BUSY");
                        assertThat(error.getBoolean("recoverable")).isTrue();
                        assertThat(error.getInt("retryAfterMs")).isPositive();
                    }
                }
            }
            assertThat(served).isTrue();
            assertThat(captured).isGreaterThanOrEqualTo(Captures.AT_A_TIME);
            assertThat(capture(client, "afterwards").getString("type")).isEqualTo("captured");
        }
    }

    @Test
    void holdsOnToOnePictureASessionAndToNoneAfterItsEnd() {
        var session = server.session(token, "{\"item\":\"cherry\"}", "overlay");
        try (var client = LiveClient.greet(server, session, HELLO)) {
            for (int sequence = 1; sequence <= 10; sequence++) {
                client.frame(sequence, picture);
                client.answer(sequence);
            }
            TestServer.until(() -> heldBytes() > 0);
            assertThat(heldBytes()).isGreaterThan(picture.length).isLessThan(2L * picture.length + 2048);
            server.delete("/api/v1/sessions/" + session.getString("id"), "Authorization", "Bearer " + token);
            assertThat(heldBytes()).isZero();
        }
    }

    private long heldBytes() {
        return server.get("/observe/metrics")
                .text()
                .lines()
                .filter(line -> line.startsWith("tryon_shown_bytes"))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .mapToLong(value -> (long) Double.parseDouble(value))
                .findFirst()
                .orElseThrow();
    }

    private static JsonObject premium(LiveClient client, String requestId) {
        client.text("{\"type\":\"capture\",\"requestId\":\"" + requestId + "\",\"premium\":true}");
        return answerTo(client, requestId);
    }

    @Test
    void makesAPremiumPictureByAJobAndForgetsTheCameraPicture() {
        try (var client = greet("overlay")) {
            client.frame(1, picture);
            client.answer(1);

            var captured = premium(client, "best");

            shows(captured, "image", CHERRY);
            assertThat(result(captured).job()).isPresent();
            assertThat(result(captured).look().getString("item")).isEqualTo("cherry");
            assertThat(server.server
                            .store()
                            .uploads()
                            .totals(result(captured).owner())
                            .entries())
                    .isZero();
            assertThat(premium(client, "best").getString("resultId")).isEqualTo(captured.getString("resultId"));
        }
    }

    @Test
    void saysThatAPremiumPictureWasNotMade() {
        try (var client = greet("overlay")) {
            client.frame(1, picture);
            client.answer(1);
            server.server.jobs().pause();
            client.text("{\"type\":\"capture\",\"requestId\":\"best\",\"premium\":true}");
            TestServer.until(() -> !jobs().isEmpty());
            server.server.jobs().cancel(jobs().getFirst().id());

            var error = answerTo(client, "best");

            assertThat(error.getString("type")).isEqualTo("error");
            assertThat(error.getString("code")).isEqualTo("PROCESSING_FAILED");
            client.frame(2, picture);
            assertThat(client.answer(2).type()).isEqualTo("overlay");
        }
    }

    private List<Job> jobs() {
        return server.server.jobs().list(Filter.all(), Optional.empty(), 10);
    }

    @Test
    void saysThatThereIsNoRoomForMore() {
        server.close();
        server = new TestServer(Map.of("results.bytes-per-owner", "3000"));
        token = server.guest();
        try (var client = greet("frame")) {
            client.frame(1, picture);
            client.answer(1);
            for (int number = 0; number < 20; number++) {
                var answer = capture(client, "tap-" + number);
                if (answer.getString("type").equals("error")) {
                    assertThat(answer.getString("code")).isEqualTo("STORAGE_QUOTA_EXCEEDED");
                    assertThat(number).isPositive();
                    return;
                }
            }
            throw new AssertionError("twenty pictures fit into 3000 bytes");
        }
    }
}
