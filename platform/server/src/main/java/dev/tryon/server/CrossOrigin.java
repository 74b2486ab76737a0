package dev.tryon.server;

import io.helidon.cors.CrossOriginConfig;
import io.helidon.webserver.cors.CorsSupport;
import io.helidon.webserver.http.HttpRouting;
import java.util.Set;

/** Lets pages of other origins call the interface (CORS); without any, browsers keep to the server's own page. */
final class CrossOrigin {
    private static final long KNOWN_FOR_SECONDS = 600;

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
                                .exposeHeaders(
                                        "Content-Disposition",
                                        "Content-Range",
                                        "ETag",
                                        "Location",
                                        "Retry-After",
                                        "RateLimit-Limit",
                                        "RateLimit-Remaining",
                                        "RateLimit-Reset",
                                        "X-Request-Id")
                                .maxAgeSeconds(KNOWN_FOR_SECONDS)
                                .build())
                        .build());
    }
}
