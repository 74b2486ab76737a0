package dev.tryon.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One person before the camera, for load: sends pictures over and over, an answer being the credit for the next.
 *
 * <p>Threads: {@link #stream} on one thread; answers arrive on the HTTP client's.
 */
final class LiveClient implements WebSocket.Listener, AutoCloseable {
    private static final int HEADER_LENGTH_BYTES = 4;

    private final Semaphore credit;
    private final ConcurrentHashMap<Long, Long> sentAt = new ConcurrentHashMap<>();
    private final Percentiles serverMillis = new Percentiles();
    private final Percentiles roundTripMillis = new Percentiles();
    private final StringBuilder text = new StringBuilder();
    private ByteBuffer binary = ByteBuffer.allocate(1 << 21);
    private final CompletableFuture<JsonObject> ready = new CompletableFuture<>();
    private @Nullable WebSocket socket;
    private long answers;
    private long answerBytes;
    private long sentBytes;
    private long unserved;

    private LiveClient(int inFlight) {
        credit = new Semaphore(inFlight);
    }

    /** Becomes a guest, opens a session and connects. */
    static LiveClient connect(HttpClient http, URI server, String engine, String look, String output, int inFlight)
            throws IOException, InterruptedException {
        var guest = post(http, server.resolve("/api/v1/guests"), "", "{}");
        var session = post(
                http,
                server.resolve("/api/v1/sessions"),
                guest.getString("token"),
                "{\"engine\":\"%s\",\"look\":%s,\"output\":\"%s\"}".formatted(engine, look, output));
        var door = session.getJsonObject("webSocket");
        var address = URI.create("ws://%s:%d%s?ticket=%s"
                .formatted(server.getHost(), server.getPort(), door.getString("path"), door.getString("ticket")));
        var client = new LiveClient(inFlight);
        var socket = http.newWebSocketBuilder()
                .subprotocols("tryon.v1")
                .buildAsync(address, client)
                .join();
        client.socket = socket;
        socket.sendText(
                        "{\"type\":\"hello\",\"codecs\":[\"%s\"],\"output\":\"%s\",\"maxInFlight\":%d}"
                                .formatted(output.equals("frame") ? "jpeg" : "webp", output, inFlight),
                        true)
                .join();
        client.ready.join();
        return client;
    }

    private static JsonObject post(HttpClient http, URI address, String token, String body)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        var response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 201) {
            throw new IOException(address + " answered " + response.statusCode() + ": " + response.body());
        }
        return json(response.body());
    }

    /** Sends pictures for a while, at most so many a second, each in its turn. */
    void stream(List<byte[]> pictures, int width, int height, int framesPerSecond, long forNanos)
            throws InterruptedException {
        long start = System.nanoTime();
        long interval = TimeUnit.SECONDS.toNanos(1) / framesPerSecond;
        for (long sequence = 1; System.nanoTime() - start < forNanos; sequence++) {
            long wait = start + sequence * interval - System.nanoTime();
            if (wait > 0) {
                TimeUnit.NANOSECONDS.sleep(wait);
            }
            if (!credit.tryAcquire(2, TimeUnit.SECONDS)) {
                throw new IllegalStateException("no answer for two seconds");
            }
            var picture = pictures.get((int) (sequence % pictures.size()));
            var header =
                    "{\"type\":\"frame\",\"sequence\":%d,\"capturedAt\":%d,\"format\":\"jpeg\",\"width\":%d,\"height\":%d}"
                            .formatted(
                                    sequence, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start), width, height)
                            .getBytes(UTF_8);
            var message = ByteBuffer.allocate(HEADER_LENGTH_BYTES + header.length + picture.length)
                    .putInt(header.length)
                    .put(header)
                    .put(picture)
                    .flip();
            sentBytes += picture.length;
            sentAt.put(sequence, System.nanoTime());
            open().sendBinary(message, true).join();
        }
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        binary.put(data);
        if (last) {
            var message = binary.flip();
            int size = message.remaining();
            var header = new byte[message.getInt()];
            message.get(header);
            answered(json(new String(header, UTF_8)), size);
            binary = binary.clear();
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            var message = json(text.toString());
            text.setLength(0);
            switch (message.getString("type")) {
                case "ready" -> ready.complete(message);
                case "skipped", "error" -> {
                    unserved++;
                    credit.release();
                }
                default -> {
                    // Statistics and advice: nothing to do for a client that only counts.
                }
            }
        }
        from.request(1);
        return null;
    }

    private synchronized void answered(JsonObject header, int bytes) {
        var sent = sentAt.remove(header.getJsonNumber("sequence").longValue());
        if (sent != null) {
            roundTripMillis.add((System.nanoTime() - sent) / 1e6);
        }
        serverMillis.add(header.getJsonNumber("queueMs").doubleValue()
                + header.getJsonNumber("processingMs").doubleValue());
        answers++;
        answerBytes += bytes;
        credit.release();
    }

    synchronized Percentiles serverMillis() {
        return serverMillis;
    }

    synchronized Percentiles roundTripMillis() {
        return roundTripMillis;
    }

    synchronized long answers() {
        return answers;
    }

    synchronized long unserved() {
        return unserved;
    }

    synchronized double bytesPerAnswer() {
        return (double) answerBytes / Math.max(1, answers);
    }

    synchronized double bytesPerFrameSent() {
        return (double) sentBytes / Math.max(1, answers + unserved);
    }

    private WebSocket open() {
        var opened = socket;
        if (opened == null) {
            throw new IllegalStateException("not connected");
        }
        return opened;
    }

    private static JsonObject json(String text) {
        try (var reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    @Override
    public void close() {
        open().sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    }
}
