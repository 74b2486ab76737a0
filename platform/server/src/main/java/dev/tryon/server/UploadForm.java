package dev.tryon.server;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What came with {@code POST /uploads}.
 *
 * @param claimedType what the sender calls the file's media type, in lower case; empty if nothing
 * @param file the encoded picture or video, perhaps empty
 */
record UploadForm(Purpose purpose, String claimedType, ByteBuffer file) {
    private static final int LONGEST_PURPOSE_BYTES = 64;
    /** What boundaries and headers may add to the file. */
    private static final int OVERHEAD_BYTES = 16 * 1024;

    /** What an upload is for. */
    enum Purpose {
        /** A look to take over. */
        REFERENCE,
        /** The person to dress. */
        PERSON,
        /** A colour to match. */
        COLOR,
        /** A garment to wear. */
        GARMENT,
        /** A fabric to scan. */
        FABRIC,
        /** A film to try a look on. */
        VIDEO
    }

    /** Copies nothing, but lets nobody write. */
    UploadForm {
        file = file.asReadOnlyBuffer();
    }

    /**
     * Reads the form.
     *
     * @param settings how large the file may be
     * @param share that the body is counted by
     * @throws Refusal if it is no form, lacks a part, has one too many or is too long
     */
    static UploadForm read(ServerRequest request, ServerSettings.Uploads settings, BodyMemory.Share share) {
        var mostBytes = Math.max(settings.maxBytes(), settings.maxVideoBytes());
        var boundary = MultipartReader.boundary(RequestBody.mediaType(request)).orElseThrow(() -> Problem.of(
                        ProblemType.UNSUPPORTED_MEDIA_TYPE,
                        "Send multipart/form-data with a boundary, and the parts file and purpose.")
                .refusal());
        var length = request.headers().first(HeaderNames.CONTENT_LENGTH).map(UploadForm::length);
        if (length.isPresent() && length.get() > (long) mostBytes + OVERHEAD_BYTES) {
            throw tooLong(mostBytes);
        }
        try {
            var form = new Parts()
                    .read(new MultipartReader(share.counted(RequestBody.stream(request)), boundary), mostBytes);
            var most = form.purpose() == Purpose.VIDEO ? settings.maxVideoBytes() : settings.maxBytes();
            if (form.file().remaining() > most) {
                throw tooLong(most);
            }
            return form;
        } catch (MultipartReader.TooLongException _) {
            throw tooLong(mostBytes);
        } catch (MalformedException failure) {
            throw Problem.of(ProblemType.MALFORMED_REQUEST, String.valueOf(failure.getMessage()))
                    .refusal();
        } catch (IOException _) {
            throw Problem.of(ProblemType.MALFORMED_REQUEST, "The body ended too early.")
                    .refusal();
        }
    }

    private static long length(String header) {
        return header.matches("[0-9]{1,18}") ? Long.parseLong(header) : Long.MAX_VALUE;
    }

    private static Refusal tooLong(int mostBytes) {
        return Problem.of(ProblemType.PAYLOAD_TOO_LARGE, "A file has " + mostBytes + " bytes at most.")
                .refusal();
    }

    /** The parts that came so far. */
    private static final class Parts {
        private final ArrayList<Problem.Violation> violations = new ArrayList<>();
        private byte @Nullable [] file;
        private @Nullable String purpose;
        private String claimedType = "";

        UploadForm read(MultipartReader reader, int mostBytes)
                throws IOException, MalformedException, MultipartReader.TooLongException {
            for (var name = reader.next(); name.isPresent(); name = reader.next()) {
                switch (name.get()) {
                    case "file" -> {
                        refuseSecond("file", file);
                        claimedType = reader.contentType();
                        file = reader.body(mostBytes);
                    }
                    case "purpose" -> {
                        refuseSecond("purpose", purpose);
                        purpose = new String(reader.body(LONGEST_PURPOSE_BYTES), StandardCharsets.UTF_8);
                    }
                    default -> {
                        violations.add(new Problem.Violation("/" + name.get(), "is not known"));
                        reader.body(mostBytes);
                    }
                }
            }
            return form();
        }

        private void refuseSecond(String name, @Nullable Object first) {
            if (first != null) {
                violations.add(new Problem.Violation("/" + name, "is there twice"));
            }
        }

        private UploadForm form() {
            var bytes = file;
            if (bytes == null) {
                violations.add(new Problem.Violation("/file", "is required"));
            }
            var chosen = Optional.ofNullable(purpose).flatMap(word -> Words.of(Purpose.class, word));
            if (chosen.isEmpty()) {
                violations.add(new Problem.Violation(
                        "/purpose", "must be one of " + String.join(", ", Words.all(Purpose.class))));
            }
            if (bytes == null || chosen.isEmpty() || !violations.isEmpty()) {
                throw Problem.invalid(violations).refusal();
            }
            return new UploadForm(chosen.get(), claimedType, ByteBuffer.wrap(bytes));
        }
    }

    /** Returns a text that is the same for the same upload. */
    String fingerprint() {
        return Digests.of(purpose.name(), claimedType, Digests.of(file));
    }
}
