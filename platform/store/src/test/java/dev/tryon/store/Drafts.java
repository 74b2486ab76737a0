package dev.tryon.store;

import jakarta.json.JsonValue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Holdings to be kept in tests. */
final class Drafts {
    static final Duration LIFETIME = Duration.ofHours(1);

    private Drafts() {}

    static Result result(UUID id, String owner, InstantSource clock) {
        return new Result(
                Custody.draft(id, owner, clock.instant(), LIFETIME),
                "nails",
                "capture",
                JsonValue.EMPTY_JSON_OBJECT,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                JsonValue.EMPTY_JSON_OBJECT);
    }

    static List<NewFile> files(String image) {
        return List.of(file("image", image), file("thumbnail", "small " + image));
    }

    static NewFile file(String name, String content) {
        return new NewFile(name, "text/plain", ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)));
    }

    static String text(Store store, Result result, String name) {
        var content = store.results().read(result.file(name).orElseThrow());
        return StandardCharsets.UTF_8.decode(content).toString();
    }
}
