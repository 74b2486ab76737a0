package dev.tryon.server;

import dev.tryon.store.Store;
import io.helidon.webserver.http.ServerRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** {@code /me}: everything that is held of the caller, to take along or to be erased. */
final class MeRoutes {
    private static final int EXPORTS_AT_A_TIME = 4;
    private static final Duration RETRY = Duration.ofSeconds(10);

    private final Caller caller;
    private final Store store;
    private final Erasing erasing;
    private final InstantSource clock;
    private final Places exports = new Places(EXPORTS_AT_A_TIME, 1);

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
        var place = exports.take(subject).orElseThrow(() -> Problem.busy(RETRY).refusal());
        return Reply.streamed(
                200,
                "application/zip",
                OptionalLong.empty(),
                Map.of(
                        "Cache-Control", "no-store",
                        "Content-Disposition", "attachment; filename=\"tryon-export.zip\""),
                place.during(out -> Export.write(store, subject, clock.instant(), out)));
    }

    private Reply erase(ServerRequest request) {
        var who = caller.identify(request);
        return Reply.ok(erasing.erase(who, who.subject()));
    }
}
