package dev.tryon.server;

import io.helidon.cors.CrossOriginConfig;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.cors.CorsSupport;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Set;

/** Lets pages of other origins call the interface (CORS); without any, browsers keep to the server's own page. */
final class CrossOrigin {
    private static final long KNOWN_FOR_SECONDS = 600;

    private static final List<String> EXPOSED = List.of(
            "Content-Disposition",
            "Content-Range",
            "ETag",
            "Location",
            "Retry-After",
            "RateLimit-Limit",
            "RateLimit-Remaining",
            "RateLimit-Reset",
            "X-Request-Id");

    private CrossOrigin() {}

    /** Adds what answers browsers that ask; it must come before the routes. */
    static void add(HttpRouting.Builder routing, Set<String> origins) {
        if (origins.isEmpty()) {
            return;
        }
        routing.register(
                "/api",
                CorsSupport.builder()
                        .addCrossOrigin(CrossOriginConfig.builder()
                                .allowOrigins(origins.toArray(String[]::new))
                                .allowMethods("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
                                .allowHeaders(
                                        "Authorization",
                                        "Content-Type",
                                        "Idempotency-Key",
                                        "If-Match",
                                        "If-None-Match",
                                        "If-Range",
                                        "Prefer",
                                        "Range",
                                        "X-Request-Id")
                                .exposeHeaders(EXPOSED.toArray(String[]::new))
                                .maxAgeSeconds(KNOWN_FOR_SECONDS)
                                .build())
                        .build());
    }

    /** Lets a page of one of these origins read an answer that is given before the routes are reached. */
    static void letRead(Set<String> origins, ServerRequest request, ServerResponse response) {
        request.headers().first(HeaderNames.ORIGIN).filter(origins::contains).ifPresent(origin -> {
            response.header(HeaderValues.create(HeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, origin));
            response.header(HeaderValues.create(HeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, String.join(", ", EXPOSED)));
            response.header(HeaderValues.create(HeaderNames.VARY, "Origin"));
        });
    }
}
