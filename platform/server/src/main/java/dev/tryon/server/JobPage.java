package dev.tryon.server;

import dev.tryon.store.Filter;
import dev.tryon.store.Job;
import dev.tryon.store.Position;
import io.helidon.webserver.http.ServerRequest;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** One page of jobs, newest first: {@code ?status=&limit=&cursor=}. */
final class JobPage {
    private static final int USUAL = 20;
    private static final int MOST = 100;

    private JobPage() {}

    /** Answers a request for a page. @param filter which jobs there are for the asker */
    static Reply of(ServerRequest request, Filter filter, Jobs jobs, Function<Job, JsonObject> toJson) {
        var errors = new ArrayList<Problem.Violation>();
        var limit = limit(request, errors);
        var cursor = cursor(request, errors);
        var wanted = status(request, errors).map(filter::status).orElse(filter);
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors).refusal();
        }
        var found = jobs.list(wanted, cursor, limit + 1);
        var page = found.subList(0, Math.min(limit, found.size()));
        var items = Json.createArrayBuilder();
        page.forEach(job -> items.add(toJson.apply(job)));
        var body = Json.createObjectBuilder().add("items", items);
        if (found.size() > limit) {
            body.add("nextCursor", Position.after(page.getLast()).toString());
        }
        return Reply.ok(body.build());
    }

    private static int limit(ServerRequest request, List<Problem.Violation> errors) {
        var text = request.query().first("limit").asOptional().orElse(String.valueOf(USUAL));
        if (text.matches("[1-9]\\d{0,2}") && Integer.parseInt(text) <= MOST) {
            return Integer.parseInt(text);
        }
        errors.add(new Problem.Violation("/limit", "must be a whole number from 1 to " + MOST));
        return USUAL;
    }

    private static Optional<Position> cursor(ServerRequest request, List<Problem.Violation> errors) {
        var text = request.query().first("cursor").asOptional();
        var position = text.flatMap(Position::parse);
        if (text.isPresent() && position.isEmpty()) {
            errors.add(new Problem.Violation("/cursor", "is not what nextCursor was"));
        }
        return position;
    }

    private static Optional<String> status(ServerRequest request, List<Problem.Violation> errors) {
        var text = request.query().first("status").asOptional();
        if (text.flatMap(word -> Words.of(Job.Status.class, word)).isEmpty() && text.isPresent()) {
            errors.add(new Problem.Violation(
                    "/status", "must be one of " + String.join(", ", Words.all(Job.Status.class))));
        }
        return text;
    }
}
