package dev.tryon.server;

import dev.tryon.store.Store;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;

/** {@code /me}: everything that is held of the caller, to take along or to be erased. */
final class MeRoutes {
    private static final int EXPORTS_AT_A_TIME = 4;
    private static final Duration RETRY = Duration.ofSeconds(10);

    private final Caller caller;
    private final Store store;
    private final Erasing erasing;
    private final InstantSource clock;
    private final Semaphore exports = new Semaphore(EXPORTS_AT_A_TIME);

    MeRoutes(Caller caller, Store store, Erasing erasing, InstantSource clock) {
        this.caller = caller;
        this.store = store;
        this.erasing = erasing;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(Route.get("/api/v1/me/export", this::export), Route.delete("/api/v1/me", this::erase));
    }

    private Reply export(ServerRequest request) {
        var subject = caller.subject(request);
        if (exports.availablePermits() == 0) {
            throw Problem.busy(RETRY).refusal();
        }
        return Reply.streamed(
                200,
                "application/zip",
                OptionalLong.empty(),
                Map.of(
                        "Cache-Control", "no-store",
                        "Content-Disposition", "attachment; filename=\"tryon-export.zip\""),
                out -> write(subject, out));
    }

    private void write(String subject, OutputStream out) throws IOException {
        // Hardly ever waits: a few may have come past the check at the same time.
        exports.acquireUninterruptibly();
        try {
            Export.write(store, subject, clock.instant(), out);
        } finally {
            exports.release();
        }
    }

    private Reply erase(ServerRequest request) {
        var who = caller.identify(request);
        return Reply.ok(erasing.erase(who, who.subject()));
    }
}
