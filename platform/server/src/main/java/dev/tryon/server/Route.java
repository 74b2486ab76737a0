package dev.tryon.server;

import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;
import java.util.UUID;

/**
 * One call of the interface.
 *
 * @param path with {@code {name}} for parts that vary
 * @param action what answers it
 */
record Route(Method method, String path, Action action) {
    /** Answers a request, on the virtual thread that it came on. */
    @FunctionalInterface
    interface Action {
        /**
         * Answers.
         *
         * @throws Refusal if the request is answered with a problem
         */
        Reply answer(ServerRequest request);
    }

    static Route get(String path, Action action) {
        return new Route(Method.GET, path, action);
    }

    static Route post(String path, Action action) {
        return new Route(Method.POST, path, action);
    }

    static Route put(String path, Action action) {
        return new Route(Method.PUT, path, action);
    }

    /** Returns the id in a request's address. */
    static UUID id(ServerRequest request) {
        return Ids.parse(request.path().pathParameters().get("id"))
                .orElseThrow(() -> Problem.of(ProblemType.NOT_FOUND).refusal());
    }

    static Route delete(String path, Action action) {
        return new Route(Method.DELETE, path, action);
    }
}
