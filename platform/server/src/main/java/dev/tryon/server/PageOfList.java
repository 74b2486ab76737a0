package dev.tryon.server;

import dev.tryon.store.Entry;
import dev.tryon.store.Position;
import io.helidon.webserver.http.ServerRequest;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A page of a list as a request asks for it: {@code ?cursor=…&limit=…}, and filters.
 *
 * <p>A cursor is a place in time and nothing more: whoever's list it came from, it shows the asker's own.
 *
 * @param after where the page begins
 * @param limit entries at most
 */
record PageOfList(Optional<Position> after, int limit) {
    private static final int USUAL = 20;
    private static final int MOST = 100;
    private static final Instant FIRST = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-01-01T00:00:00Z");

    /** Gives entries, newest first. */
    @FunctionalInterface
    interface Source<T> {
        /** Lists entries after a place, at most so many and none only at the end. */
        List<T> list(Optional<Position> after, int limit);
    }

    /**
     * Reads what is asked for.
     *
     * @param filters other parameters that may stand there, once each
     * @throws Refusal if something cannot be used, or is not known
     */
    static PageOfList of(ServerRequest request, String... filters) {
        var violations = new ArrayList<Problem.Violation>();
        var known = Set.of(filters);
        for (var name : request.query().names()) {
            if (!name.equals("cursor") && !name.equals("limit") && !known.contains(name)) {
                violations.add(new Problem.Violation(JsonFields.pointer(name), "is not known"));
            } else if (request.query().all(name).size() > 1) {
                violations.add(new Problem.Violation(JsonFields.pointer(name), "is there twice"));
            }
        }
        var limit =
                parameter(request, "limit").map(text -> limit(text, violations)).orElse(USUAL);
        var after = parameter(request, "cursor").flatMap(text -> position(text, violations));
        if (!violations.isEmpty()) {
            throw Problem.invalid(violations).refusal();
        }
        return new PageOfList(after, limit);
    }

    /** Returns a parameter of a request's address. */
    static Optional<String> parameter(ServerRequest request, String name) {
        return request.query().first(name).asOptional();
    }

    private static int limit(String text, List<Problem.Violation> violations) {
        if (text.matches("[1-9][0-9]{0,2}") && Integer.parseInt(text) <= MOST) {
            return Integer.parseInt(text);
        }
        violations.add(new Problem.Violation("/limit", "must be a whole number from 1 to " + MOST));
        return USUAL;
    }

    private static Optional<Position> position(String text, List<Problem.Violation> violations) {
        var position = Position.parse(text)
                .filter(place -> !place.createdAt().isBefore(FIRST)
                        && place.createdAt().isBefore(LAST)
                        && place.key().chars().noneMatch(Character::isISOControl));
        if (position.isEmpty()) {
            violations.add(new Problem.Violation("/cursor", "is not a nextCursor of an earlier answer"));
        }
        return position;
    }

    /** Answers with the page. */
    <T extends Entry<T>> Reply answer(Source<T> source, Function<T, JsonObject> json) {
        var entries = source.list(after, limit);
        var items = Json.createArrayBuilder();
        entries.forEach(entry -> items.add(json.apply(entry)));
        var last = entries.isEmpty() ? Optional.<Position>empty() : Optional.of(Position.after(entries.getLast()));
        var next = last.filter(_ -> !source.list(last, 1).isEmpty());
        return Reply.ok(Json.createObjectBuilder()
                .add("items", items)
                .add(
                        "nextCursor",
                        next.<JsonValue>map(place -> Json.createValue(place.toString()))
                                .orElse(JsonValue.NULL))
                .build());
    }
}
