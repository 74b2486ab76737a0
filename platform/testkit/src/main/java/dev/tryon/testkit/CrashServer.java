package dev.tryon.testkit;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import javax.imageio.ImageIO;

/** A server in a process of its own, which can be killed, and what a client says to it. */
final class CrashServer {
    private static final Duration START_WITHIN = Duration.ofMinutes(2);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(90);
    private static final String BOUNDARY = "crash-test-boundary";
    private static final int SIDE = 24;
    /** Limits that are no part of what is measured. */
    private static final String SETTINGS = """
            uploads:
              bytes-per-owner: 1073741824
            limits:
              page: 1000000/PT1S
              page-uploads: 1000000/PT1S
              address: 1000000/PT1S
            """;

    private final Process process;
    private final HttpClient http = HttpClient.newHttpClient();
    private final String base;

    private CrashServer(Process process, String base) {
        this.process = process;
        this.base = base;
    }

    /** Starts one as this process was started; its data lie in a folder. */
    static CrashServer start(Path folder) throws IOException {
        return start(folder, folder.resolve("data"), SETTINGS);
    }

    /**
     * Starts one as this process was started.
     *
     * @param folder for its log and its settings
     * @param dataDir that others may share, where the settings say so
     * @param text the settings
     */
    static CrashServer start(Path folder, Path dataDir, String text) throws IOException {
        var settings = folder.resolve("settings.yaml");
        Files.writeString(settings, text);
        var portFile = folder.resolve("port");
        Files.deleteIfExists(portFile);
        var command = SameJava.command(
                "dev.tryon.server/dev.tryon.server.Main",
                List.of(
                        "run",
                        "--port",
                        "0",
                        "--host",
                        "127.0.0.1",
                        "--data-dir",
                        dataDir.toString(),
                        "--config",
                        settings.toString(),
                        "--port-file",
                        portFile.toString()));
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("server.log").toFile()))
                .start();
        var deadline = System.nanoTime() + START_WITHIN.toNanos();
        while (!Files.exists(portFile)) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                process.destroyForcibly();
                throw new IOException("the server did not start:\n" + Files.readString(folder.resolve("server.log")));
            }
            LockSupport.parkNanos(10_000_000);
        }
        return new CrashServer(process, "http://127.0.0.1:" + Files.readString(portFile) + "/api/v1");
    }

    /** Ends it in the midst of whatever it does. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
        http.shutdownNow();
    }

    /** Ends it in good order. */
    void stop() {
        process.destroy();
        process.onExit().join();
        http.shutdownNow();
    }

    /** Returns the token of a new guest. */
    String guest() {
        var request = HttpRequest.newBuilder(URI.create(base + "/guests")).POST(BodyPublishers.noBody());
        return json(send(request).orElseThrow().body()).getString("token");
    }

    /** Uploads a picture. @return its id; empty if it was not acknowledged */
    Optional<String> upload(String token, String key, byte[] picture) {
        return upload(token, key, "person", picture);
    }

    /** Uploads a file. @return its id; empty if it was not acknowledged */
    Optional<String> upload(String token, String key, String purpose, byte[] file) {
        var body = new ByteArrayOutputStream();
        body.writeBytes(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\n" + purpose
                        + "\r\n--" + BOUNDARY
                        + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n"
                        + "Content-Type: application/octet-stream\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        body.writeBytes(file);
        body.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        var request = as(token, "/uploads")
                .header("Idempotency-Key", key)
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(BodyPublishers.ofByteArray(body.toByteArray()));
        return send(request).filter(answer -> answer.statusCode() == 201).map(answer -> json(answer.body())
                .getString("id"));
    }

    /** Returns whether an upload is there, with these bytes. */
    boolean holds(String token, String id, byte[] picture) {
        return send(as(token, "/uploads/" + id + "/content").GET())
                .filter(answer -> answer.statusCode() == 200 && Arrays.equals(answer.body(), picture))
                .isPresent();
    }

    /** Orders a job, and waits for it as long as that is allowed. @param order JSON */
    JsonObject order(String token, String order) {
        return json(send(as(token, "/jobs")
                        .header("Content-Type", "application/json")
                        .header("Prefer", "wait=60")
                        .POST(BodyPublishers.ofString(order)))
                .orElseThrow()
                .body());
    }

    /** Orders a job, and waits for nothing. @param order JSON */
    JsonObject submit(String token, String order) {
        return json(send(as(token, "/jobs")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(order)))
                .orElseThrow()
                .body());
    }

    /** Returns what a call tells. */
    JsonObject get(String token, String path) {
        return json(send(as(token, path).GET()).orElseThrow().body());
    }

    /** Returns the ids of all uploads. */
    List<String> list(String token) {
        var ids = new ArrayList<String>();
        Optional<String> cursor = Optional.of("");
        while (cursor.isPresent()) {
            var query = "?limit=100" + (cursor.get().isEmpty() ? "" : "&cursor=" + cursor.get());
            var page =
                    json(send(as(token, "/uploads" + query).GET()).orElseThrow().body());
            page.getJsonArray("items").getValuesAs(JsonObject.class).forEach(item -> ids.add(item.getString("id")));
            cursor = page.isNull("nextCursor") ? Optional.empty() : Optional.of(page.getString("nextCursor"));
        }
        return ids;
    }

    private HttpRequest.Builder as(String token, String path) {
        return HttpRequest.newBuilder(URI.create(base + path))
                .timeout(ANSWER_WITHIN)
                .header("Authorization", "Bearer " + token);
    }

    private Optional<HttpResponse<byte[]>> send(HttpRequest.Builder request) {
        try {
            return Optional.of(http.send(request.build(), BodyHandlers.ofByteArray()));
        } catch (IOException _) {
            return Optional.empty();
        } catch (InterruptedException failure) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(failure);
        }
    }

    private static JsonObject json(byte[] body) {
        try (var reader = Json.createReader(new ByteArrayInputStream(body))) {
            return reader.readObject();
        }
    }

    /** Returns the picture of a number, always the same. */
    static byte[] picture(int number) {
        var random = new Random(number);
        var image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                image.setRGB(x, y, random.nextInt());
            }
        }
        var png = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", png);
            return png.toByteArray();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
