package dev.tryon.server;

import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;

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

    static Route delete(String path, Action action) {
        return new Route(Method.DELETE, path, action);
    }
}
