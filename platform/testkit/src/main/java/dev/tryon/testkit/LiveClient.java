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
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One person before the camera, for load: sends pictures that are encoded already, as often as the server promises to serve
 * them, or as often as the camera gives them.
 *
 * <p>Cheap, since it has the server's processors: answers are not parsed but for their three figures, and one virtual thread
 * sends.
 *
 * <p>Threads: {@link #stream} on one thread; answers arrive on the HTTP client's; the rest from any.
 */
final class LiveClient implements WebSocket.Listener, AutoCloseable {
    private static final int HEADER_LENGTH_BYTES = 4;
    private static final int LARGEST_ANSWER_BYTES = 1 << 18;
    private static final int IN_FLIGHT = 2;
    private static final double CAMERA_FRAMES_PER_SECOND = 25;
    /** Rates that differ by less keep their rhythm. */
    private static final double ANOTHER_RATE = 1.2;

    private final Manners manners;
    private final Random random;
    private final Callable<HttpResponse<Void>> end;
    private final ConcurrentHashMap<Long, Long> sentAt = new ConcurrentHashMap<>();
    private final StringBuilder text = new StringBuilder();
    private final ByteBuffer binary = ByteBuffer.allocate(LARGEST_ANSWER_BYTES);
    private final CompletableFuture<JsonObject> ready = new CompletableFuture<>();
    private final LiveTally tally = new LiveTally();
    private volatile double framesPerSecond;
    private volatile @Nullable Thread sender;
    private double rhythm;
    private @Nullable WebSocket socket;

    /** How often a client sends. */
    enum Manners {
        /** As often as it is advised. */
        PROMISED,
        /** As often as its camera takes pictures, whatever it is advised. */
        CAMERA
    }

    private LiveClient(Manners manners, Random random, Callable<HttpResponse<Void>> end) {
        this.manners = manners;
        this.random = random;
        this.end = end;
    }

    /** Becomes a guest. @return the token */
    static String guest(HttpClient http, URI server) throws IOException, InterruptedException {
        return json(post(http, server.resolve("/api/v1/guests"), "", "{}").body())
                .getString("token");
    }

    /** Opens a session and connects. @return nothing if the server has no room for it */
    static Optional<LiveClient> connect(
            HttpClient http, URI server, String token, String session, Manners manners, Random random)
            throws IOException, InterruptedException {
        var answer = post(http, server.resolve("/api/v1/sessions"), token, session);
        if (answer.statusCode() == 503) {
            return Optional.empty();
        }
        var made = json(answer.body());
        var door = made.getJsonObject("webSocket");
        var address = URI.create("ws://%s:%d%s?ticket=%s"
                .formatted(server.getHost(), server.getPort(), door.getString("path"), door.getString("ticket")));
        var end = HttpRequest.newBuilder(server.resolve("/api/v1/sessions/" + made.getString("id")))
                .header("Authorization", "Bearer " + token)
                .DELETE()
                .build();
        var client = new LiveClient(manners, random, () -> http.send(end, HttpResponse.BodyHandlers.discarding()));
        client.socket = http.newWebSocketBuilder()
                .subprotocols("tryon.v1")
                .buildAsync(address, client)
                .join();
        client.open()
                .sendText(
                        "{\"type\":\"hello\",\"codecs\":[\"jpeg\",\"webp\"],\"maxInFlight\":%d}".formatted(IN_FLIGHT),
                        true)
                .join();
        client.ready.join();
        return Optional.of(client);
    }

    private static HttpResponse<String> post(HttpClient http, URI address, String token, String body)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        var response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 201 && response.statusCode() != 503) {
            throw new IOException(address + " answered " + response.statusCode() + ": " + response.body());
        }
        return response;
    }

    /** Sends pictures until a moment, from a moment of its own on. @param untilNanos of {@link System#nanoTime} */
    void stream(List<byte[]> pictures, int width, int height, long untilNanos) {
        sender = Thread.currentThread();
        rhythm = framesPerSecond;
        long due = System.nanoTime() + (long) (random.nextDouble() * interval());
        for (long sequence = 1; due - untilNanos < 0; sequence++) {
            due = await(due);
            if (due - untilNanos >= 0) {
                break;
            }
            long now = System.nanoTime();
            // What is promised and not asked for, since answers or this machine are late, counts as missed.
            tally.promised();
            if (sentAt.size() < IN_FLIGHT) {
                send(sequence, pictures.get((int) (sequence % pictures.size())), width, height, now);
            }
            due += interval();
        }
    }

    /**
     * Waits for the next picture's turn. When quite another rate is advised meanwhile it comes at a random moment of the new
     * period: all clients are told at the same time, and would send at once for ever.
     */
    private long await(long due) {
        long when = due;
        for (long now = System.nanoTime(); when - now > 0; now = System.nanoTime()) {
            double rate = framesPerSecond;
            if (rate > ANOTHER_RATE * rhythm || rhythm > ANOTHER_RATE * rate) {
                rhythm = rate;
                when = now + (long) (random.nextDouble() * interval());
            }
            LockSupport.parkNanos(when - now);
        }
        return when;
    }

    private long interval() {
        return (long) (TimeUnit.SECONDS.toNanos(1) / framesPerSecond);
    }

    private void send(long sequence, byte[] picture, int width, int height, long now) {
        var header = ("{\"type\":\"frame\",\"sequence\":" + sequence + ",\"capturedAt\":"
                        + TimeUnit.NANOSECONDS.toMillis(now) + ",\"format\":\"jpeg\",\"width\":" + width
                        + ",\"height\":" + height + "}")
                .getBytes(UTF_8);
        var message = ByteBuffer.allocate(HEADER_LENGTH_BYTES + header.length + picture.length)
                .putInt(header.length)
                .put(header)
                .put(picture)
                .flip();
        sentAt.put(sequence, now);
        tally.sent(picture.length);
        open().sendBinary(message, true).join();
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        binary.put(data);
        if (last) {
            var message = binary.flip();
            int size = message.remaining();
            var header = new byte[message.getInt()];
            message.get(header);
            answered(new String(header, UTF_8), size);
            binary.clear();
        }
        from.request(1);
        return null;
    }

    private void answered(String header, int bytes) {
        var sent = sentAt.remove((long) number(header, "sequence"));
        if (sent != null) {
            var server = number(header, "queueMs") + number(header, "processingMs");
            tally.answered((System.nanoTime() - sent) / 1e6, server, bytes);
        }
    }

    private static double number(String header, String name) {
        int begin = header.indexOf("\"" + name + "\":") + name.length() + 3;
        int end = begin;
        while (end < header.length() && header.charAt(end) != ',' && header.charAt(end) != '}') {
            end++;
        }
        return Double.parseDouble(header.substring(begin, end));
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            var message = text.toString();
            text.setLength(0);
            if (!message.startsWith("{\"type\":\"stats\"")) {
                told(json(message));
            }
        }
        from.request(1);
        return null;
    }

    private void told(JsonObject message) {
        switch (message.getString("type")) {
            case "ready" -> {
                advised(message);
                ready.complete(message);
            }
            case "quality" -> advised(message);
            case "skipped" -> unserved(message, message.getString("reason"));
            case "error" -> unserved(message, message.getString("code"));
            default -> {
                // Nothing to do for a client that only counts.
            }
        }
    }

    private void advised(JsonObject message) {
        double advised = message.getJsonNumber("targetFps").doubleValue();
        tally.advised(advised);
        framesPerSecond = switch (manners) {
            case PROMISED -> advised;
            case CAMERA -> CAMERA_FRAMES_PER_SECOND;
        };
        LockSupport.unpark(sender);
    }

    private void unserved(JsonObject message, String why) {
        if (message.containsKey("sequence")) {
            sentAt.remove(message.getJsonNumber("sequence").longValue());
        }
        tally.unserved(why);
    }

    /** Returns what became of its frames since it was last asked to begin anew. */
    LiveTally tally() {
        return tally;
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

    /** Ends the session: who only goes away counts for a while still. */
    @Override
    public void close() {
        try {
            end.call();
        } catch (Exception failure) {
            throw new IllegalStateException("a session could not be ended", failure);
        }
        open().abort();
    }
}
