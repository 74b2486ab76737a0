package dev.tryon.server;

import dev.tryon.store.Holdings;
import dev.tryon.store.StoreException;
import dev.tryon.store.StoredFile;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Sends files, whole or a range of them (RFC 9110, section 14), a buffer at a time.
 *
 * <p>A file never changes, so its entity tag is strong. Of what belongs to somebody, only its asker may keep a copy, and
 * asks each time whether it is still there: what was deleted is seen no more. What is open to all may be kept for good.
 */
final class FileReply {
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final Pattern RANGE = Pattern.compile("bytes=(?:([0-9]{1,18})-([0-9]{1,18})?|-([0-9]{1,18}))");

    private FileReply() {}

    /** Bytes of a file, both ends included. */
    private record Range(long first, long last) {
        long bytes() {
            return last - first + 1;
        }
    }

    /**
     * A file to be sent.
     *
     * @param tag its strong entity tag, with its quotes
     * @param name to save it under, with its ending; nothing that a person wrote
     * @param content asked for only what is sent
     */
    record Sent(String tag, String mediaType, long bytes, String name, Bytes content) {}

    /** Bytes of a file. */
    @FunctionalInterface
    interface Bytes {
        /** Writes some of them. @param first of them, from 0 */
        void copy(long first, long bytes, OutputStream out) throws IOException;
    }

    /**
     * Answers with a file that the store keeps for somebody.
     *
     * @param name to save it under, without its ending; nothing that a person wrote
     * @throws Refusal if the range lies beyond the file
     */
    static Reply of(ServerRequest request, Holdings<?> holdings, StoredFile file, String name) {
        return owned(
                request,
                new Sent(
                        "\"" + file.id() + "\"",
                        file.mediaType(),
                        file.bytes(),
                        name + "." + MediaTypes.ending(file.mediaType()),
                        (first, bytes, out) -> copy(holdings, file, first, bytes, out)));
    }

    /** Answers with a file that is its asker's alone. @throws Refusal if the range lies beyond it */
    static Reply owned(ServerRequest request, Sent file) {
        return of(request, file, Map.of("Cache-Control", "private, no-cache", "Vary", "Authorization"));
    }

    /** Answers with a file that anybody may have and keep. @throws Refusal if the range lies beyond it */
    static Reply shared(ServerRequest request, Sent file) {
        return of(request, file, Map.of("Cache-Control", "public, max-age=31536000, immutable"));
    }

    /** Returns whether the asker says that it has the file with this tag. */
    static boolean isHeld(ServerRequest request, String tag) {
        return header(request, HeaderNames.IF_NONE_MATCH)
                .filter(tags -> names(tags, tag))
                .isPresent();
    }

    private static Reply of(ServerRequest request, Sent file, Map<String, String> keeping) {
        var headers = new HashMap<>(keeping);
        headers.put("Accept-Ranges", "bytes");
        headers.put("ETag", file.tag());
        if (isHeld(request, file.tag())) {
            return new Reply(304, headers, new Reply.Body.None());
        }
        headers.put("Content-Disposition", "inline; filename=\"" + file.name() + "\"");
        var range = range(request, file.tag(), file.bytes());
        if (range.isPresent()) {
            headers.put(
                    "Content-Range",
                    "bytes " + range.get().first() + "-" + range.get().last() + "/" + file.bytes());
        }
        var part = range.orElse(new Range(0, file.bytes() - 1));
        return Reply.streamed(
                range.isPresent() ? 206 : 200,
                file.mediaType(),
                OptionalLong.of(part.bytes()),
                headers,
                out -> file.content().copy(part.first(), part.bytes(), out));
    }

    private static Optional<String> header(ServerRequest request, HeaderName name) {
        return request.headers().first(name);
    }

    private static boolean names(String tags, String tag) {
        return Arrays.stream(tags.split(","))
                .map(String::strip)
                .anyMatch(one -> one.equals("*") || one.equals(tag) || one.equals("W/" + tag));
    }

    /**
     * Returns the range that is asked for, as it was written.
     *
     * <p>Helidon takes {@code range} in HTTP/2's table of common headers (RFC 7541, appendix A, index 50) for
     * {@code content-location} (helidon-io/helidon issue 11918, mended after 4.1).
     */
    private static Optional<String> asked(ServerRequest request) {
        return header(request, HeaderNames.RANGE).or(() -> header(request, HeaderNames.CONTENT_LOCATION)
                .filter(_ -> request.prologue().protocolVersion().startsWith("2"))
                .filter(text -> text.startsWith("bytes=")));
    }

    /** What is no range, or several, is passed over, as the standard has it. */
    private static Optional<Range> range(ServerRequest request, String tag, long bytes) {
        var header = asked(request)
                .filter(_ -> request.prologue().method().equals(Method.GET))
                .filter(_ ->
                        header(request, HeaderNames.IF_RANGE).map(tag::equals).orElse(true));
        if (header.isEmpty()) {
            return Optional.empty();
        }
        var matcher = RANGE.matcher(header.get().strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        if (matcher.group(3) != null) {
            var last = Long.parseLong(matcher.group(3));
            return Optional.of(satisfiable(new Range(Math.max(0, bytes - last), bytes - 1), bytes));
        }
        var first = Long.parseLong(matcher.group(1));
        var last = matcher.group(2) == null ? bytes - 1 : Long.parseLong(matcher.group(2));
        if (matcher.group(2) != null && last < first) {
            return Optional.empty();
        }
        return Optional.of(satisfiable(new Range(first, Math.min(last, bytes - 1)), bytes));
    }

    private static Range satisfiable(Range range, long bytes) {
        if (range.bytes() < 1) {
            throw Problem.of(ProblemType.RANGE_NOT_SATISFIABLE, "The file has " + bytes + " bytes.")
                    .refusal();
        }
        return range;
    }

    /** Writes bytes of a file to a stream, a buffer at a time. */
    static void copy(Holdings<?> holdings, StoredFile file, long first, long bytes, OutputStream out)
            throws IOException {
        try (var channel = holdings.open(file)) {
            channel.position(first);
            var buffer = ByteBuffer.allocate(BUFFER_BYTES);
            for (long left = bytes; left > 0; left -= buffer.limit()) {
                buffer.clear().limit((int) Math.min(left, BUFFER_BYTES));
                while (buffer.hasRemaining()) {
                    if (channel.read(buffer) < 0) {
                        throw new StoreException("the file " + file.id() + " is shorter than it was");
                    }
                }
                out.write(buffer.array(), 0, buffer.limit());
            }
        }
    }

    /** Writes bytes of a stream to another, a buffer at a time. */
    static void copy(InputStream in, long first, long bytes, OutputStream out) throws IOException {
        in.skipNBytes(first);
        var buffer = new byte[BUFFER_BYTES];
        for (long left = bytes; left > 0; ) {
            var read = in.readNBytes(buffer, 0, (int) Math.min(left, BUFFER_BYTES));
            if (read == 0) {
                throw new StoreException("a file is shorter than it was");
            }
            out.write(buffer, 0, read);
            left -= read;
        }
    }
}
