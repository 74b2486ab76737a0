package dev.tryon.server;

import dev.tryon.spi.TryOnException;
import dev.tryon.store.StoreException;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpException;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts routes into Helidon, and turns everything that goes wrong into problems: ours and Helidon's own. */
final class RestRouting {
    private static final Logger LOG = LoggerFactory.getLogger(RestRouting.class);

    private RestRouting() {}

    /** Adds routes, each GET with its HEAD; other methods on the same paths are answered 405. */
    static void add(HttpRouting.Builder routing, List<Route> routes) {
        var methods = new LinkedHashMap<String, List<Method>>(routes.stream()
                .collect(Collectors.groupingBy(
                        Route::path, LinkedHashMap::new, Collectors.mapping(Route::method, Collectors.toList()))));
        routes.forEach(route -> {
            Handler handler =
                    (request, response) -> route.action().answer(request).send(request, response);
            routing.route(route.method(), route.path(), handler);
            if (route.method().equals(Method.GET)) {
                routing.route(Method.HEAD, route.path(), handler);
            }
        });
        methods.forEach((path, known) -> routing.any(path, (request, response) -> {
            response.header(HeaderNames.ALLOW, allowed(known));
            Reply.problem(Problem.of(ProblemType.METHOD_NOT_ALLOWED)).send(request, response);
        }));
    }

    private static String allowed(List<Method> known) {
        return Stream.concat(known.stream(), known.contains(Method.GET) ? Stream.of(Method.HEAD) : Stream.empty())
                .map(Method::text)
                .sorted()
                .collect(Collectors.joining(", "));
    }

    /** Adds what answers exceptions. */
    static void addErrors(HttpRouting.Builder routing) {
        // The filter of the metrics swallows every exception, and a body cut short would be given a proper end.
        routing.addFilter((chain, request, _) -> {
            chain.proceed();
            if (request.context().get(Reply.CutShort.class).isPresent()) {
                throw new CloseConnectionException("a body could not be sent to its end");
            }
        });
        routing.error(Refusal.class, (request, response, refusal) -> Reply.problem(refusal.problem())
                        .send(request, response))
                .error(TryOnException.class, (request, response, failure) -> {
                    switch (failure.code().category()) {
                        case INTERNAL -> LOG.error("{} failed", request.path().path(), failure);
                        case USER, RESOURCE ->
                            LOG.warn("{} failed: {}", request.path().path(), failure.getMessage());
                    }
                    Reply.problem(Problem.of(failure)).send(request, response);
                })
                .error(StoreException.class, (request, response, failure) -> {
                    LOG.error("{} could not use the store", request.path().path(), failure);
                    Reply.problem(Problem.storeAway()).send(request, response);
                })
                .error(HttpException.class, (request, response, failure) -> answer(failure.status(), request, response))
                .error(Throwable.class, (request, response, failure) -> {
                    LOG.error("{} failed", request.path().path(), failure);
                    Reply.problem(Problem.of(ProblemType.INTERNAL_ERROR)).send(request, response);
                });
    }

    /** Helidon says by exception, too, that a file has not changed since the browser kept it: that is no problem. */
    private static void answer(Status status, ServerRequest request, ServerResponse response) {
        if (status.code() == Status.NOT_MODIFIED_304.code()) {
            response.status(status).send();
        } else {
            Reply.problem(problem(status)).send(request, response);
        }
    }

    /** Returns what answers requests that never reach a route. */
    static DirectHandlers direct() {
        var builder = DirectHandlers.builder();
        DirectHandler handler = (_, _, status, headers, _) -> {
            headers.set(HeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE);
            var body = problem(status).toJson().toString().getBytes(StandardCharsets.UTF_8);
            return DirectHandler.TransportResponse.builder()
                    .status(status)
                    .headers(headers)
                    .entity(body)
                    .build();
        };
        for (var type : DirectHandler.EventType.values()) {
            builder.addHandler(type, handler);
        }
        return builder.build();
    }

    private static final Map<Integer, ProblemType> BY_STATUS = Map.of(
            400, ProblemType.MALFORMED_REQUEST,
            401, ProblemType.UNAUTHENTICATED,
            403, ProblemType.FORBIDDEN,
            404, ProblemType.NOT_FOUND,
            405, ProblemType.METHOD_NOT_ALLOWED,
            413, ProblemType.PAYLOAD_TOO_LARGE,
            415, ProblemType.UNSUPPORTED_MEDIA_TYPE,
            500, ProblemType.INTERNAL_ERROR);

    private static Problem problem(Status status) {
        var type = BY_STATUS.get(status.code());
        if (type != null) {
            return Problem.of(type);
        }
        return Problem.of(status.code() < 500 ? ProblemType.MALFORMED_REQUEST : ProblemType.INTERNAL_ERROR);
    }
}
