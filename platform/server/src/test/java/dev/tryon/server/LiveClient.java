package dev.tryon.server;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A client of the live protocol, over a real socket. */
final class LiveClient implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 10;

    private final Inbox inbox = new Inbox();
    private final WebSocket socket;

    /** Something that the server sent. */
    sealed interface Message {
        /** A text message. */
        record Text(JsonObject json) implements Message {}

        /** A binary message taken apart. */
        record Binary(JsonObject header, ByteBuffer payload) implements Message {}

        /** The end. */
        record Closed(int code, String reason) implements Message {}

        /** Returns what a message says it is. */
        default String type() {
            return switch (this) {
                case Text(var json) -> json.getString("type");
                case Binary(var header, var _) -> header.getString("type");
                case Closed(var code, var _) -> "closed " + code;
            };
        }

        /** Returns the frame that it answers, or -1. */
        default long sequence() {
            return switch (this) {
                case Text(var json) ->
                    json.containsKey("sequence")
                            ? json.getJsonNumber("sequence").longValue()
                            : -1;
                case Binary(var header, var _) ->
                    header.getJsonNumber("sequence").longValue();
                case Closed _ -> -1;
            };
        }
    }

    private LiveClient(HttpClient http, URI uri, List<String> headers, String subProtocol) {
        var builder = http.newWebSocketBuilder();
        for (int index = 0; index < headers.size(); index += 2) {
            builder.header(headers.get(index), headers.get(index + 1));
        }
        if (!subProtocol.isEmpty()) {
            builder.subprotocols(subProtocol);
        }
        socket = builder.buildAsync(uri, inbox).join();
    }

    /** Opens a socket and says nothing. */
    static LiveClient open(TestServer server, String path) {
        return openAs(server, path, "tryon.v1");
    }

    /** Opens a socket with another sub-protocol or with headers. */
    static LiveClient openAs(TestServer server, String path, String subProtocol, String... headers) {
        var uri = URI.create("ws://127.0.0.1:" + server.server.port() + path);
        return new LiveClient(server.http, uri, List.of(headers), subProtocol);
    }

    /** Opens a socket with a session's ticket, says hello and waits for ready. */
    static LiveClient greet(TestServer server, JsonObject session, String hello) {
        var webSocket = session.getJsonObject("webSocket");
        var client = open(server, webSocket.getString("path") + "?ticket=" + webSocket.getString("ticket"));
        client.text(hello);
        client.await("ready");
        return client;
    }

    void text(String text) {
        socket.sendText(text, true).join();
    }

    void fragments(String... texts) {
        for (int index = 0; index < texts.length; index++) {
            socket.sendText(texts[index], index == texts.length - 1).join();
        }
    }

    void binary(byte[] bytes) {
        socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
    }

    void fragments(byte[] bytes, int each) {
        for (int from = 0; from < bytes.length; from += each) {
            var length = Math.min(each, bytes.length - from);
            socket.sendBinary(ByteBuffer.wrap(bytes, from, length), from + length == bytes.length)
                    .join();
        }
    }

    /** Sends a picture as a frame of 64x48. */
    void frame(long sequence, byte[] picture) {
        binary(message(header(sequence, "jpeg", 64, 48), picture));
    }

    static String header(long sequence, String format, int width, int height) {
        return """
                {"type":"frame","sequence":%d,"capturedAt":1.5,"format":"%s","width":%d,"height":%d}""".formatted(sequence, format, width, height);
    }

    static byte[] message(String header, byte[] payload) {
        var json = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(4 + json.length + payload.length)
                .putInt(json.length)
                .put(json)
                .put(payload)
                .array();
    }

    void ping(String payload) {
        socket.sendPing(ByteBuffer.wrap(payload.getBytes(StandardCharsets.UTF_8)))
                .join();
    }

    /** Cuts the connection without a word. */
    void cut() {
        socket.abort();
    }

    /** Returns the next message but for statistics. */
    Message next() {
        return await(message -> !message.type().equals("stats"));
    }

    /** Returns the next message of a type, passing over others. */
    Message await(String type) {
        return await(message -> message.type().equals(type));
    }

    /** Returns the answer to a frame, passing over others. */
    Message answer(long sequence) {
        return await(message -> message.sequence() == sequence);
    }

    /** Returns the code of the close, passing over what comes before. */
    int closeCode() {
        return ((Message.Closed) await(Message.Closed.class::isInstance)).code();
    }

    Message await(Predicate<Message> wanted) {
        var passed = new ArrayList<String>();
        while (true) {
            try {
                var message = inbox.messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                assertThat(message).as("a message after %s", passed).isNotNull();
                if (wanted.test(message)) {
                    return message;
                }
                passed.add(message.type());
                assertThat(message).isNotInstanceOf(Message.Closed.class);
            } catch (InterruptedException failure) {
                throw new IllegalStateException(failure);
            }
        }
    }

    static JsonObject json(Message message) {
        return switch (message) {
            case Message.Text(var json) -> json;
            case Message.Binary(var header, var _) -> header;
            case Message.Closed closed -> throw new AssertionError("closed: " + closed);
        };
    }

    @Override
    public void close() {
        socket.abort();
    }

    private static final class Inbox implements WebSocket.Listener {
        private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();
        private final StringBuilder text = new StringBuilder();
        private final ByteArrayOutputStream binary = new ByteArrayOutputStream();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                try (var reader = Json.createReader(new StringReader(text.toString()))) {
                    messages.add(new Message.Text(reader.readObject()));
                }
                text.setLength(0);
            }
            webSocket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
            var bytes = new byte[data.remaining()];
            data.get(bytes);
            binary.writeBytes(bytes);
            if (last) {
                var whole = ByteBuffer.wrap(binary.toByteArray());
                binary.reset();
                var header = new byte[whole.getInt()];
                whole.get(header);
                var payload = whole.slice();
                try (var reader = Json.createReader(new StringReader(new String(header, StandardCharsets.UTF_8)))) {
                    messages.add(new Message.Binary(reader.readObject(), payload));
                }
            }
            webSocket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
            messages.add(new Message.Closed(statusCode, reason));
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            messages.add(new Message.Closed(1006, String.valueOf(error.getMessage())));
        }
    }
}
