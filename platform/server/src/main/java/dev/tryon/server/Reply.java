package dev.tryon.server;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What a request is answered with.
 *
 * @param status of HTTP
 * @param headers besides those that the body brings
 */
record Reply(int status, Map<String, String> headers, Body body) {
    /** The media type of JSON. */
    static final String JSON = "application/json";

    private static final int TAG_LENGTH = 32;

    /** Copies the headers. */
    Reply {
        headers = Map.copyOf(headers);
    }

    /** What follows the headers. */
    sealed interface Body {
        /** Nothing. */
        record None() implements Body {}

        /** What went wrong, in the words of the interface that was called. */
        record Failed(Problem problem) implements Body {}

        /** Bytes that are there already. */
        record Whole(String mediaType, ByteBuffer bytes) implements Body {
            /** Lets nobody write. */
            public Whole {
                bytes = bytes.asReadOnlyBuffer();
            }
        }

        /**
         * Bytes that are written while they are sent.
         *
         * @param length how many there will be, if that is known
         * @param content is not asked for anything where only the headers are wanted
         */
        record Streamed(String mediaType, OptionalLong length, Content content) implements Body {}
    }

    /** A body that writes itself. */
    @FunctionalInterface
    interface Content extends AutoCloseable {
        /**
         * Writes all of it, on the virtual thread of the request. A failure cuts the connection, so that nobody takes a
         * part for the whole.
         *
         * @param out is buffered a little; {@link OutputStream#flush} sends what was written so far
         */
        void writeTo(OutputStream out) throws IOException;

        /** Gives back what was taken for it; called once, whether anything was written or not. */
        @Override
        default void close() {}
    }

    /** Told to the context of a request whose body could not be sent to its end. */
    record CutShort() {}

    /** Something that may be seen by its asker alone. */
    static Reply ok(JsonObject body) {
        return json(200, body, Map.of("Cache-Control", "no-store"));
    }

    /** Something that everybody may see, asked anew every time and sent anew only if it has changed. */
    static Reply open(ServerRequest request, JsonObject body) {
        var tag = "\"" + Digests.of(body.toString()).substring(0, TAG_LENGTH) + "\"";
        var headers = Map.of("Cache-Control", "no-cache", "ETag", tag);
        return FileReply.isHeld(request, tag) ? new Reply(304, headers, new Body.None()) : json(200, body, headers);
    }

    /** Something new. @param location where it is */
    static Reply created(String location, JsonObject body) {
        return json(201, body, Map.of("Cache-Control", "no-store", "Location", location));
    }

    static Reply noContent() {
        return new Reply(204, Map.of(), new Body.None());
    }

    /** A document that is there already. */
    static Reply document(String mediaType, ByteBuffer bytes) {
        return new Reply(200, Map.of(), new Body.Whole(mediaType, bytes));
    }

    /** Something that is written while it is sent. @param length if it is known */
    static Reply streamed(
            int status, String mediaType, OptionalLong length, Map<String, String> headers, Content content) {
        return new Reply(status, headers, new Body.Streamed(mediaType, length, content));
    }

    static Reply problem(Problem problem) {
        return new Reply(problem.status(), problemHeaders(problem), new Body.Failed(problem));
    }

    private static Map<String, String> problemHeaders(Problem problem) {
        if (problem.status() == 401) {
            return Map.of("Cache-Control", "no-store", "WWW-Authenticate", "Bearer");
        }
        return problem.retryAfter()
                .map(after -> Map.of(
                        "Cache-Control",
                        "no-store",
                        "Retry-After",
                        String.valueOf(Math.ceilDiv(after.toMillis(), 1000))))
                .orElse(Map.of("Cache-Control", "no-store"));
    }

    /** Some JSON. @param headers besides the media type */
    static Reply json(int status, JsonObject body, Map<String, String> headers) {
        return new Reply(status, headers, new Body.Whole(JSON, bytes(body)));
    }

    /** Returns JSON as it is sent. */
    static ByteBuffer bytes(JsonObject body) {
        return ByteBuffer.wrap(body.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Sends it, the headers alone if that is what was asked for. */
    void send(ServerRequest request, ServerResponse response) {
        response.status(Status.create(status));
        headers.forEach((name, value) -> response.header(HeaderValues.create(name, value)));
        switch (body) {
            case Body.None() -> response.send();
            case Body.Failed(var problem) ->
                send(request, response, ErrorStyle.of(request).body(problem));
            case Body.Whole whole -> send(request, response, whole);
            case Body.Streamed(var mediaType, var length, var content) -> {
                try (content) {
                    response.header(HeaderValues.create(HeaderNames.CONTENT_TYPE, mediaType));
                    length.ifPresent(bytes -> response.header(HeaderValues.create(HeaderNames.CONTENT_LENGTH, bytes)));
                    if (isHeadersAlone(request)) {
                        response.send();
                    } else {
                        write(content, request, response);
                    }
                }
            }
        }
    }

    private static void send(ServerRequest request, ServerResponse response, Body.Whole body) {
        response.header(HeaderValues.create(HeaderNames.CONTENT_TYPE, body.mediaType()));
        if (isHeadersAlone(request)) {
            response.header(
                    HeaderValues.create(HeaderNames.CONTENT_LENGTH, body.bytes().remaining()));
            response.send();
        } else {
            var copy = new byte[body.bytes().remaining()];
            body.bytes().duplicate().get(copy);
            response.send(copy);
        }
    }

    private static boolean isHeadersAlone(ServerRequest request) {
        return request.prologue().method().equals(Method.HEAD);
    }

    private static void write(Content content, ServerRequest request, ServerResponse response) {
        try {
            var plain = response.outputStream();
            var out = request.context()
                    .get(SlowRequests.class)
                    .map(slow -> slow.watched(plain))
                    .orElse(plain);
            content.writeTo(out);
            // Not closed after a failure: the end would then look like a proper one.
            out.close();
        } catch (IOException | RuntimeException failure) {
            request.context().register(new CutShort());
            throw new CloseConnectionException("a body could not be sent to its end", failure);
        }
    }
}
