package dev.tryon.server;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerResponse;
import jakarta.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What a request is answered with.
 *
 * @param status of HTTP
 * @param mediaType of the body
 * @param headers besides the media type
 * @param body empty if there is none
 */
record Reply(int status, String mediaType, Map<String, String> headers, ByteBuffer body) {
    private static final String JSON = "application/json";

    /** Copies the headers. */
    Reply {
        headers = Map.copyOf(headers);
        body = body.asReadOnlyBuffer();
    }

    /** Something that may be seen by its asker alone. */
    static Reply ok(JsonObject body) {
        return json(200, body, Map.of("Cache-Control", "no-store"));
    }

    /** Something that everybody may see, asked anew every time. */
    static Reply open(JsonObject body) {
        return json(200, body, Map.of("Cache-Control", "no-cache"));
    }

    /** Something new. @param location where it is */
    static Reply created(String location, JsonObject body) {
        return json(201, body, Map.of("Cache-Control", "no-store", "Location", location));
    }

    static Reply noContent() {
        return new Reply(204, JSON, Map.of(), ByteBuffer.allocate(0));
    }

    static Reply problem(Problem problem) {
        return new Reply(problem.status(), Problem.MEDIA_TYPE, problemHeaders(problem), bytes(problem.toJson()));
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

    static Reply json(int status, JsonObject body, Map<String, String> headers) {
        return new Reply(status, JSON, headers, bytes(body));
    }

    private static ByteBuffer bytes(JsonObject body) {
        return ByteBuffer.wrap(body.toString().getBytes(StandardCharsets.UTF_8));
    }

    void send(ServerResponse response) {
        response.status(Status.create(status));
        headers.forEach((name, value) -> response.header(HeaderValues.create(name, value)));
        if (!body.hasRemaining()) {
            response.send();
            return;
        }
        response.header(HeaderValues.create(HeaderNames.CONTENT_TYPE, mediaType));
        var bytes = new byte[body.remaining()];
        body.duplicate().get(bytes);
        response.send(bytes);
    }
}
