package dev.tryon.server;

import io.helidon.webserver.http.ServerRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Map;

/**
 * What came with {@code POST /uploads}.
 *
 * @param claimedType what the sender calls the file's media type, in lower case; empty if nothing
 * @param file the encoded picture or video, perhaps empty
 */
record UploadForm(Purpose purpose, String claimedType, ByteBuffer file) {
    private static final String FILE = "file";
    private static final String PURPOSE = "purpose";
    private static final int LONGEST_PURPOSE_BYTES = 64;

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
        var parts = FormParts.read(request, Map.of(FILE, mostBytes, PURPOSE, LONGEST_PURPOSE_BYTES), share);
        var violations = new ArrayList<>(parts.violations());
        var file = parts.part(FILE);
        if (file.isEmpty()) {
            violations.add(new Problem.Violation("/file", "is required"));
        }
        var purpose = parts.part(PURPOSE)
                .flatMap(part -> Words.of(Purpose.class, new String(part.bytes(), StandardCharsets.UTF_8)));
        if (purpose.isEmpty()) {
            violations.add(
                    new Problem.Violation("/purpose", "must be one of " + String.join(", ", Words.all(Purpose.class))));
        }
        if (!violations.isEmpty()) {
            throw Problem.invalid(violations).refusal();
        }
        var form = new UploadForm(
                purpose.orElseThrow(),
                file.orElseThrow().claimedType(),
                ByteBuffer.wrap(file.orElseThrow().bytes()));
        var most = form.purpose() == Purpose.VIDEO ? settings.maxVideoBytes() : settings.maxBytes();
        if (form.file().remaining() > most) {
            throw FormParts.tooLong(most);
        }
        return form;
    }

    /** Returns a text that is the same for the same upload. */
    String fingerprint() {
        return Digests.of(purpose.name(), claimedType, Digests.of(file));
    }
}
