package dev.tryon.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tryon.server.LiveClient.Message;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Live sessions on the database that comes with the server. */
class LiveDurabilityTest {
    private static final String HELLO = "{\"type\":\"hello\",\"codecs\":[\"jpeg\",\"webp\"]}";

    private final byte[] picture = Pictures.small();

    @TempDir
    private Path data;

    private TestServer start() {
        return new TestServer(Map.of("store.url", "", "data-dir", data.toString()));
    }

    private static JsonObject capture(LiveClient client, String requestId) {
        client.text("{\"type\":\"capture\",\"requestId\":\"" + requestId + "\"}");
        return LiveClient.json(client.await(
                message -> LiveClient.json(message).getString("requestId", "").equals(requestId)));
    }

    @Test
    void findsCapturesAndSessionsAfterARestart() {
        String token;
        String session;
        JsonObject captured;
        try (var server = start()) {
            token = server.guest();
            var made = server.session(token, "{\"item\":\"cherry\"}", "overlay");
            session = made.getString("id");
            try (var client = LiveClient.greet(server, made, HELLO)) {
                client.frame(1, picture);
                client.answer(1);
                captured = capture(client, "tap");
            }
        }
        try (var server = start()) {
            var result =
                    server.get("/api/v1/results/" + captured.getString("resultId"), "Authorization", "Bearer " + token);
            assertThat(result.status()).as(result.text()).isEqualTo(200);
            assertThat(result.json().getString("sessionId")).isEqualTo(session);
            var image = captured.getJsonArray("files").getJsonObject(0).getString("url");
            assertThat(server.get(image, "Authorization", "Bearer " + token).status())
                    .isEqualTo(200);

            var told = server.get("/api/v1/sessions/" + session, "Authorization", "Bearer " + token)
                    .json();
            assertThat(told.getString("status")).isEqualTo("completed");
            assertThat(told.getJsonObject("look").getString("item")).isEqualTo("cherry");
            assertThat(told.getJsonObject("statistics").getInt("received")).isEqualTo(1);
        }
    }

    @Test
    void servesFramesWhileTheDatabaseIsAwayAndSaysWhyItKeepsNothing() throws IOException {
        try (var server = start()) {
            var made = server.session(server.guest(), "{\"item\":\"cherry\"}", "overlay");
            try (var client = LiveClient.greet(server, made, HELLO)) {
                client.frame(1, picture);
                client.answer(1);
                killDatabase();

                client.text("{\"type\":\"capture\",\"requestId\":\"tap\"}");
                client.text("{\"type\":\"look\",\"reference\":\"01a1fcd3-b4b1-7992-82dd-6779c18db614\"}");
                client.text("{\"type\":\"control\",\"action\":\"pause\"}");
                client.text("{\"type\":\"control\",\"action\":\"resume\"}");
                var errors = new ArrayList<JsonObject>();
                for (int sequence = 2; sequence <= 10; sequence++) {
                    client.frame(sequence, picture);
                    assertThat(answer(client, sequence, errors).type()).isEqualTo("overlay");
                }
                while (errors.size() < 2) {
                    errors.add(LiveClient.json(client.await("error")));
                }
                assertThat(errors).extracting(told -> told.getString("code")).containsOnly("STORE_UNAVAILABLE");
                var error = errors.stream()
                        .filter(told -> told.getString("requestId", "").equals("tap"))
                        .findFirst()
                        .orElseThrow();
                assertThat(error.getBoolean("recoverable")).isTrue();
                assertThat(error.getInt("retryAfterMs")).isPositive();
            }
        }
    }

    /** Waits for the answer to a frame, and puts errors that come before it aside. */
    private static Message answer(LiveClient client, long sequence, List<JsonObject> errors) {
        while (true) {
            var message = client.next();
            if (message.sequence() == sequence) {
                return message;
            }
            errors.add(LiveClient.json(message));
        }
    }

    private void killDatabase() throws IOException {
        try (var files = Files.walk(data)) {
            var file = files.filter(path -> path.endsWith("postmaster.pid"))
                    .findFirst()
                    .orElseThrow();
            var pid = Long.parseLong(Files.readAllLines(file).getFirst());
            var database = ProcessHandle.of(pid).orElseThrow();
            database.descendants().forEach(ProcessHandle::destroyForcibly);
            assertThat(database.destroyForcibly()).isTrue();
        }
    }
}
