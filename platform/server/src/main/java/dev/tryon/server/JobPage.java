package dev.tryon.server;

import dev.tryon.store.Filter;
import dev.tryon.store.Job;
import io.helidon.webserver.http.ServerRequest;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.function.Function;

/** One page of jobs, newest first: {@code ?status=&limit=&cursor=}. */
final class JobPage {
    private JobPage() {}

    /** Answers a request for a page. @param filter which jobs there are for the asker */
    static Reply of(ServerRequest request, Filter filter, Jobs jobs, Function<Job, JsonObject> toJson) {
        var page = PageOfList.of(request, "status");
        var status = PageOfList.parameter(request, "status");
        if (status.isPresent() && Words.of(Job.Status.class, status.get()).isEmpty()) {
            var words = String.join(", ", Words.all(Job.Status.class));
            throw Problem.invalid(List.of(new Problem.Violation("/status", "must be one of " + words)))
                    .refusal();
        }
        var wanted = status.map(filter::status).orElse(filter);
        return page.answer((after, limit) -> jobs.list(wanted, after, limit), toJson);
    }
}
