package dev.tryon.server;

import dev.tryon.store.Limit;
import io.helidon.webserver.http.ServerRequest;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Locale;

/** {@code /admin/limits}: how much callers may do, and what one of them has left. */
final class LimitRoutes {
    private static final String PATH = "/api/v1/admin/limits";

    private final Caller caller;
    private final LimitSettings settings;
    private final Tiers tiers;
    private final RequestLimits limits;
    private final Audit audit;

    LimitRoutes(Caller caller, LimitSettings settings, Tiers tiers, RequestLimits limits, Audit audit) {
        this.caller = caller;
        this.settings = settings;
        this.tiers = tiers;
        this.limits = limits;
        this.audit = audit;
    }

    List<Route> routes() {
        return List.of(Route.get(PATH, this::tell), Route.delete(PATH, this::reset));
    }

    private Reply tell(ServerRequest request) {
        caller.admin(request);
        var body = Json.createObjectBuilder().add("limits", limits()).add("tiers", tiers());
        if (request.query().contains("subject")) {
            var buckets = Json.createArrayBuilder();
            limits.standings(subject(request))
                    .forEach(standing -> buckets.add(json(standing.limit()).add("remaining", standing.remaining())));
            body.add("buckets", buckets);
        }
        return Reply.ok(body.build());
    }

    private JsonArrayBuilder limits() {
        var array = Json.createArrayBuilder();
        settings.all().forEach(limit -> array.add(json(limit)));
        return array;
    }

    private static JsonObjectBuilder json(Limit limit) {
        return Json.createObjectBuilder()
                .add("name", limit.name())
                .add("most", limit.most())
                .add("perSeconds", limit.per().toSeconds());
    }

    private JsonArrayBuilder tiers() {
        var array = Json.createArrayBuilder();
        for (var tier : Tier.values()) {
            var allowance = tiers.of(tier);
            var json = Json.createObjectBuilder().add("name", tier.word());
            allowance.videosPerMonth().ifPresent(videos -> json.add("videosPerMonth", videos));
            array.add(json.add("longestVideoSeconds", allowance.longestVideo().toSeconds())
                    .add("quality", allowance.quality().name().toLowerCase(Locale.ROOT)));
        }
        return array;
    }

    private Reply reset(ServerRequest request) {
        var admin = caller.admin(request);
        var subject = subject(request);
        limits.reset(subject);
        audit.log(admin, "limits.reset", audit.person(subject), "");
        return Reply.noContent();
    }

    private static String subject(ServerRequest request) {
        return request.query()
                .first("subject")
                .asOptional()
                .filter(Identity::isSubject)
                .orElseThrow(() -> Problem.of(ProblemType.MALFORMED_REQUEST, "Name the subject: ?subject=…")
                        .refusal());
    }
}
