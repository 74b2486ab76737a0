package dev.tryon.server;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Reads the bodies of requests, bounded. */
final class RequestBody {
    private static final int LONGEST_JSON_BYTES = 64 * 1024;

    private RequestBody() {}

    /**
     * Reads a JSON object.
     *
     * @throws Refusal if it is none, is sent as something else or is too long
     */
    static JsonObject json(ServerRequest request) {
        if (!mediaType(request).split(";", 2)[0].equals("application/json")) {
            throw Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send application/json.")
                    .refusal();
        }
        try {
            var bytes = stream(request).readNBytes(LONGEST_JSON_BYTES + 1);
            if (bytes.length > LONGEST_JSON_BYTES) {
                throw Problem.of(ProblemType.PAYLOAD_TOO_LARGE, "A JSON body has 64 KiB at most.")
                        .refusal();
            }
            return JsonBody.parse(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException | MalformedException _) {
            throw Problem.of(ProblemType.MALFORMED_REQUEST, "Send one JSON object in UTF-8.")
                    .refusal();
        } catch (IOException _) {
            throw Problem.of(ProblemType.MALFORMED_REQUEST, "The body ended too early.")
                    .refusal();
        }
    }

    /** Returns the body as a stream, to be read once. */
    static InputStream stream(ServerRequest request) {
        return request.context()
                .get(Kept.class)
                .<InputStream>map(kept -> new ByteArrayInputStream(kept.bytes()))
                .orElseGet(() -> request.content().inputStream());
    }

    /**
     * Reads the whole body and keeps it for whoever asks for its stream later, until {@link #release}.
     *
     * <p>The listener bounds forms; any other body has what JSON may have at most.
     *
     * @param memory that counts it as it comes
     * @throws Refusal if it is too long, or there is no room for it just now
     */
    static byte[] keep(ServerRequest request, BodyMemory memory) {
        var share = memory.share();
        request.context().register(share);
        var most = mediaType(request).startsWith("multipart/form-data") ? Integer.MAX_VALUE : LONGEST_JSON_BYTES + 1;
        try {
            var bytes = request.content().hasEntity()
                    ? share.counted(request.content().inputStream()).readNBytes(most)
                    : new byte[0];
            if (bytes.length == most) {
                throw Problem.of(ProblemType.PAYLOAD_TOO_LARGE, "A body that is no form has 64 KiB at most.")
                        .refusal();
            }
            request.context().register(new Kept(bytes));
            return bytes;
        } catch (IOException | UncheckedIOException _) {
            throw Problem.of(ProblemType.MALFORMED_REQUEST, "The body ended too early.")
                    .refusal();
        }
    }

    /** Lets go of the memory of a body that was kept; nothing if none was. */
    static void release(ServerRequest request) {
        request.context().get(BodyMemory.Share.class).ifPresent(BodyMemory.Share::close);
    }

    /** A body that was read already. */
    @SuppressWarnings("ArrayRecordComponent") // a body is never compared
    private record Kept(byte[] bytes) {}

    /** Returns the media type with its parameters, in lower case but for those; empty if there is none. */
    static String mediaType(ServerRequest request) {
        var header = request.headers().first(HeaderNames.CONTENT_TYPE).orElse("");
        var semicolon = header.indexOf(';');
        return semicolon < 0
                ? header.strip().toLowerCase(Locale.ROOT)
                : header.substring(0, semicolon).strip().toLowerCase(Locale.ROOT) + header.substring(semicolon);
    }
}
