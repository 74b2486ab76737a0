package dev.tryon.server;

import dev.tryon.store.Filter;
import io.helidon.webserver.http.ServerRequest;
import jakarta.json.Json;
import java.time.InstantSource;
import java.util.List;

/** {@code /admin/jobs}: everybody's jobs, and the queue itself. */
final class AdminJobRoutes {
    private static final String PATH = "/api/v1/admin/jobs";

    private final Caller caller;
    private final Jobs jobs;
    private final Audit audit;
    private final InstantSource clock;

    AdminJobRoutes(Caller caller, Jobs jobs, Audit audit, InstantSource clock) {
        this.caller = caller;
        this.jobs = jobs;
        this.audit = audit;
        this.clock = clock;
    }

    List<Route> routes() {
        return List.of(
                Route.get(PATH, this::list),
                Route.post(PATH + "/pause", this::pause),
                Route.post(PATH + "/resume", this::resume),
                Route.post(PATH + "/{id}/retry", this::retry),
                Route.delete(PATH + "/{id}", this::cancel));
    }

    private Reply list(ServerRequest request) {
        caller.admin(request);
        return JobPage.of(
                request, Filter.all(), jobs, job -> JobJson.of(job, clock.instant(), audit.person(job.owner())));
    }

    private Reply pause(ServerRequest request) {
        var admin = caller.admin(request);
        jobs.pause();
        audit.log(admin, "jobs.paused", "jobs", "");
        return standing();
    }

    private Reply resume(ServerRequest request) {
        var admin = caller.admin(request);
        jobs.resume();
        audit.log(admin, "jobs.resumed", "jobs", "");
        return standing();
    }

    private Reply standing() {
        return Reply.ok(
                Json.createObjectBuilder().add("paused", jobs.isPaused()).build());
    }

    private Reply retry(ServerRequest request) {
        var admin = caller.admin(request);
        var job = jobs.retry(Route.id(request))
                .orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND).refusal());
        audit.log(admin, "job.retried", job.key(), "");
        return Reply.ok(JobJson.of(job, clock.instant(), audit.person(job.owner())));
    }

    private Reply cancel(ServerRequest request) {
        var admin = caller.admin(request);
        var id = Route.id(request);
        if (!jobs.cancel(id)) {
            throw Problem.of(ProblemType.NOT_FOUND).refusal();
        }
        audit.log(admin, "job.canceled", id.toString(), "");
        return Reply.noContent();
    }
}
