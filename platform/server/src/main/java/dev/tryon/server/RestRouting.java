package dev.tryon.server;

import dev.tryon.spi.TryOnException;
import dev.tryon.store.OwnerErasedException;
import dev.tryon.store.StoreException;
import dev.tryon.store.StoreFullException;
import dev.tryon.store.TakenException;
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
            Handler handler = (request, response) -> {
                RequestLog.matched(request, route);
                answer(route, request).send(request, response);
            };
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

    /** Helidon would take away the headers that the answer has already, were it left to it: a request's id, CORS. */
    private static Reply answer(Route route, ServerRequest request) {
        try {
            return route.action().answer(request);
        } catch (Refusal refusal) {
            return refused(refusal);
        } catch (TryOnException failure) {
            return failed(request, failure);
        } catch (StoreException failure) {
            return failed(request, failure);
        }
    }

    private static Reply refused(Refusal refusal) {
        return Reply.problem(refusal.problem());
    }

    private static Reply failed(ServerRequest request, TryOnException failure) {
        switch (failure.code().category()) {
            case INTERNAL -> LOG.error("{} failed", RequestLog.route(request), failure);
            case USER, RESOURCE -> LOG.warn("{} failed: {}", RequestLog.route(request), failure.getMessage());
        }
        return Reply.problem(Problem.of(failure));
    }

    private static Reply failed(ServerRequest request, StoreException failure) {
        LOG.error("{} could not use the store", RequestLog.route(request), failure);
        return Reply.problem(Problem.storeFailed(failure));
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
        routing.error(Refusal.class, (request, response, failure) -> refused(failure)
                        .send(request, response))
                .error(TryOnException.class, (request, response, failure) -> failed(request, failure)
                        .send(request, response))
                .error(StoreException.class, (request, response, failure) -> failed(request, failure)
                        .send(request, response))
                .error(StoreFullException.class, (request, response, _) -> Reply.problem(
                                Problem.of(ProblemType.STORAGE_QUOTA_EXCEEDED, "Delete something that you keep."))
                        .send(request, response))
                .error(TakenException.class, (request, response, _) -> Reply.problem(
                                Problem.of(ProblemType.REQUEST_IN_PROGRESS, "Try again in a moment."))
                        .send(request, response))
                .error(OwnerErasedException.class, (request, response, _) -> Reply.problem(
                                Problem.of(ProblemType.UNAUTHENTICATED, "What you kept was erased: begin anew."))
                        .send(request, response))
                .error(HttpException.class, (request, response, failure) -> answer(failure.status(), request, response))
                .error(Throwable.class, (request, response, failure) -> {
                    LOG.error("{} failed", RequestLog.route(request), failure);
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
        DirectHandler handler = (request, _, status, headers, _) -> {
            var body = ErrorStyle.of(request.path()).body(problem(status));
            headers.set(HeaderNames.CONTENT_TYPE, body.mediaType());
            var bytes = new byte[body.bytes().remaining()];
            body.bytes().get(bytes);
            return DirectHandler.TransportResponse.builder()
                    .status(status)
                    .headers(headers)
                    .entity(bytes)
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
            408, ProblemType.REQUEST_TIMEOUT,
            413, ProblemType.PAYLOAD_TOO_LARGE,
            414, ProblemType.ADDRESS_TOO_LONG,
            415, ProblemType.UNSUPPORTED_MEDIA_TYPE,
            431, ProblemType.HEADERS_TOO_LARGE);

    private static Problem problem(Status status) {
        var type = BY_STATUS.get(status.code());
        if (type != null) {
            return Problem.of(type);
        }
        return Problem.of(status.code() < 500 ? ProblemType.MALFORMED_REQUEST : ProblemType.INTERNAL_ERROR);
    }
}
