package dev.tryon.server;

import dev.tryon.store.Custody;
import dev.tryon.store.NewFile;
import dev.tryon.store.Result;
import dev.tryon.store.Store;
import jakarta.json.JsonValue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Keeps results in a server's store, as captures and jobs do. */
final class Holder {
    static final byte[] IMAGE = "0123456789".getBytes(StandardCharsets.US_ASCII);

    private Holder() {}

    static Result keep(TestServer server, String owner, String engine) {
        return keep(server.server.store(), server, owner, engine);
    }

    private static Result keep(Store store, TestServer server, String owner, String engine) {
        var now = server.clock.clocks().now();
        return store.results()
                .keep(
                        new Result(
                                Custody.draft(UUID.randomUUID(), owner, now, Duration.ofDays(30)),
                                engine,
                                "capture",
                                JsonValue.EMPTY_JSON_OBJECT,
                                Optional.of(0.9),
                                Optional.empty(),
                                Optional.empty(),
                                JsonValue.EMPTY_JSON_OBJECT),
                        List.of(
                                new NewFile("image", "image/jpeg", ByteBuffer.wrap(IMAGE)),
                                new NewFile("thumbnail", "image/jpeg", ByteBuffer.wrap(IMAGE, 0, 3))));
    }
}
