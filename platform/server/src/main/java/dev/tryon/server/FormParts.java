package dev.tryon.server;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parts of a form, in memory.
 *
 * @param parts by name, those that are known
 * @param violations parts that are not known or there twice
 */
record FormParts(Map<String, Part> parts, List<Problem.Violation> violations) {
    /** What boundaries and headers may add to the parts. */
    private static final int OVERHEAD_BYTES = 16 * 1024;

    /** Copies both. */
    FormParts {
        parts = Map.copyOf(parts);
        violations = List.copyOf(violations);
    }

    /** One part. @param claimedType what the sender calls its media type, in lower case; empty if nothing */
    @SuppressWarnings("ArrayRecordComponent") // parts are never compared
    record Part(String claimedType, byte[] bytes) {}

    /**
     * Reads a form.
     *
     * @param mostBytes of each part that is known
     * @param share that the body is counted by
     * @throws Refusal if it is no form or too long
     */
    static FormParts read(ServerRequest request, Map<String, Integer> mostBytes, BodyMemory.Share share) {
        var longest =
                mostBytes.values().stream().mapToInt(Integer::intValue).max().orElseThrow();
        var names = mostBytes.keySet().stream().sorted().toList();
        var boundary = MultipartReader.boundary(RequestBody.mediaType(request)).orElseThrow(() -> Problem.of(
                        ProblemType.UNSUPPORTED_MEDIA_TYPE,
                        "Send multipart/form-data with a boundary, and the parts " + String.join(" and ", names) + ".")
                .refusal());
        var length = request.headers().first(HeaderNames.CONTENT_LENGTH).map(FormParts::length);
        if (length.isPresent() && length.get() > (long) longest + OVERHEAD_BYTES) {
            throw tooLong(longest);
        }
        try {
            return read(new MultipartReader(share.counted(RequestBody.stream(request)), boundary), mostBytes, longest);
        } catch (MultipartReader.TooLongException _) {
            throw tooLong(longest);
        } catch (MalformedException failure) {
            throw Problem.of(ProblemType.MALFORMED_REQUEST, String.valueOf(failure.getMessage()))
                    .refusal();
        } catch (IOException _) {
            throw Problem.of(ProblemType.MALFORMED_REQUEST, "The body ended too early.")
                    .refusal();
        }
    }

    private static FormParts read(MultipartReader reader, Map<String, Integer> mostBytes, int longest)
            throws IOException, MalformedException, MultipartReader.TooLongException {
        var parts = new HashMap<String, Part>();
        var violations = new ArrayList<Problem.Violation>();
        for (var next = reader.next(); next.isPresent(); next = reader.next()) {
            var name = next.get();
            var type = reader.contentType();
            var part = new Part(type, reader.body(mostBytes.getOrDefault(name, longest)));
            if (!mostBytes.containsKey(name)) {
                violations.add(new Problem.Violation("/" + name, "is not known"));
            } else if (parts.put(name, part) != null) {
                violations.add(new Problem.Violation("/" + name, "is there twice"));
            }
        }
        return new FormParts(parts, violations);
    }

    /** Returns a part, if it is there. */
    Optional<Part> part(String name) {
        return Optional.ofNullable(parts.get(name));
    }

    private static long length(String header) {
        return header.matches("[0-9]{1,18}") ? Long.parseLong(header) : Long.MAX_VALUE;
    }

    /** Returns what refuses a file that is too long. */
    static Refusal tooLong(int mostBytes) {
        return Problem.of(ProblemType.PAYLOAD_TOO_LARGE, "A file has " + mostBytes + " bytes at most.")
                .refusal();
    }
}
