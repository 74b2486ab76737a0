package dev.tryon.server;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives each request an id, which its log lines and its answer bear, and notes how it was answered.
 *
 * <p>What is noted is the route as it is written in the interface: no address, query, header or body that came.
 */
final class RequestLog implements Filter {
    private static final Logger LOG = LoggerFactory.getLogger(RequestLog.class);
    private static final HeaderName ID = HeaderNames.create("X-Request-Id");
    private static final String NO_ROUTE = "other";

    private final Ids ids;
    private final LongSupplier nanos;
    private final RequestMetrics metrics;

    RequestLog(Ids ids, LongSupplier nanos, RequestMetrics metrics) {
        this.ids = ids;
        this.nanos = nanos;
        this.metrics = metrics;
    }

    /** The route that a request has come to. */
    private record Matched(String method, String path) {}

    private static final Matched NONE = new Matched(NO_ROUTE, NO_ROUTE);

    /** Notes which route a request has come to. */
    static void matched(ServerRequest request, Route route) {
        request.context().register(new Matched(route.method().text(), route.path()));
    }

    /** Returns the route that a request has come to, for people who read logs. */
    static String route(ServerRequest request) {
        return of(request).path();
    }

    private static Matched of(ServerRequest request) {
        return request.context().get(Matched.class).orElse(NONE);
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        var id = request.headers()
                .first(ID)
                .filter(given -> given.matches("[A-Za-z0-9._-]{1,64}"))
                .orElseGet(() -> ids.next().toString());
        response.header(HeaderValues.create(ID, id));
        var began = nanos.getAsLong();
        response.whenSent(() -> answered(request, response, began));
        LogScope.run(Map.of("requestId", id), chain::proceed);
    }

    private void answered(ServerRequest request, RoutingResponse response, long began) {
        var time = Duration.ofNanos(nanos.getAsLong() - began);
        // Whatever came as a method would make a series of its own: only what is written in the interface counts.
        var method = of(request).method();
        var route = route(request);
        var status = response.status().code();
        metrics.answered(method, route, status, time);
        if (route.equals(NO_ROUTE)) {
            return;
        }
        var fields = new TreeMap<>(Map.of("method", method, "route", route, "status", String.valueOf(status)));
        fields.put("millis", String.valueOf(time.toMillis()));
        LogScope.run(fields, () -> LOG.info("{} {} {} in {} ms", method, route, status, time.toMillis()));
    }
}
