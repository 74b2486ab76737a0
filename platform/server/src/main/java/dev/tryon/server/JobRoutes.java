package dev.tryon.server;

import dev.tryon.store.Filter;
import dev.tryon.store.Job;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** {@code /jobs}: takes orders for work that outlives the request, tells how it stands, calls it off. */
final class JobRoutes {
    private static final String PATH = "/api/v1/jobs";
    private static final HeaderName PREFER = HeaderNames.create("Prefer");
    private static final Pattern WAIT = Pattern.compile("wait=(\\d{1,4})");
    private static final long LONGEST_WAIT_SECONDS = 60;

    private final Caller caller;
    private final JobOrders orders;
    private final Jobs jobs;
    private final JobEvents events;
    private final VideoQuota quota;
    private final InstantSource clock;

    JobRoutes(Caller caller, JobOrders orders, Jobs jobs, JobEvents events, VideoQuota quota, InstantSource clock) {
        this.caller = caller;
        this.orders = orders;
        this.jobs = jobs;
        this.events = events;
        this.quota = quota;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.post(PATH, this::create),
                Route.get(PATH, this::list),
                Route.get(PATH + "/{id}", request -> Reply.ok(JobJson.of(find(request), clock.instant()))),
                Route.delete(PATH + "/{id}", this::cancel),
                Route.get(PATH + "/{id}/events", request -> events.of(find(request))));
    }

    private Reply create(ServerRequest request) {
        var identity = caller.identify(request);
        var patience = patience(request);
        var body = RequestBody.json(request);
        // A repeated request finds the job even if what it was made from is gone by now.
        var job = caller.once(request, identity.subject(), body.toString(), id -> jobs.find(id, identity.subject())
                .orElseGet(() -> submit(id, identity, body)));
        return patience.map(most -> await(job, most)).orElseGet(() -> accepted(job, Map.of()));
    }

    private Reply await(Job job, Duration patience) {
        var applied = Map.of("Preference-Applied", "wait=" + patience.toSeconds());
        var then = jobs.await(job.id(), patience).orElse(job);
        return then.standing().isOver()
                ? Reply.json(200, JobJson.of(then, clock.instant()), with(applied, "Content-Location", address(then)))
                : accepted(then, applied);
    }

    private Job submit(UUID id, Identity identity, JsonObject body) {
        var order = orders.read(id, identity, body);
        return order.kind() == JobKind.VIDEO ? quota.order(identity, id, () -> jobs.submit(order)) : jobs.submit(order);
    }

    private Reply accepted(Job job, Map<String, String> headers) {
        return Reply.json(202, JobJson.of(job, clock.instant()), with(headers, "Location", address(job)));
    }

    private static Map<String, String> with(Map<String, String> headers, String name, String value) {
        var all = new HashMap<>(headers);
        all.put(name, value);
        all.put("Cache-Control", "no-store");
        return all;
    }

    private static String address(Job job) {
        return PATH + "/" + job.id();
    }

    /** How long the client would wait (RFC 7240); what cannot be read is no preference. */
    private static Optional<Duration> patience(ServerRequest request) {
        return request.headers()
                .first(PREFER)
                .flatMap(text -> {
                    var wait = WAIT.matcher(text);
                    return wait.find() ? Optional.of(Long.parseLong(wait.group(1))) : Optional.empty();
                })
                .map(seconds -> Duration.ofSeconds(Math.min(seconds, LONGEST_WAIT_SECONDS)));
    }

    private Reply list(ServerRequest request) {
        var owner = caller.subject(request);
        return JobPage.of(request, Filter.of(owner), jobs, job -> JobJson.of(job, clock.instant()));
    }

    private Reply cancel(ServerRequest request) {
        var owner = caller.subject(request);
        if (!jobs.cancel(Route.id(request), owner)) {
            throw Problem.of(ProblemType.NOT_FOUND).refusal();
        }
        return Reply.noContent();
    }

    private Job find(ServerRequest request) {
        var owner = caller.subject(request);
        return jobs.find(Route.id(request), owner)
                .orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND).refusal());
    }
}
