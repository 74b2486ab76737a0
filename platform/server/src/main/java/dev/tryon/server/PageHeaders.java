package dev.tryon.server;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;

/**
 * The headers that every answer bears: what a page from here may load and use, and how long a file may be kept.
 *
 * <p>Built files have a hash of their content in the name and never change; {@code index.html}, which names them, is
 * asked for anew every time.
 */
final class PageHeaders implements Filter {
    private static final String CONTENT_SECURITY_POLICY = "default-src 'self'; img-src 'self' blob: data:; "
            + "media-src 'self' blob:; connect-src 'self'; worker-src 'self' blob:; "
            + "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        response.header(HeaderValues.create("Content-Security-Policy", CONTENT_SECURITY_POLICY));
        response.header(HeaderValues.create("Permissions-Policy", "camera=(self), microphone=(), geolocation=()"));
        response.header(HeaderValues.create("Referrer-Policy", "no-referrer"));
        response.header(HeaderValues.create("X-Content-Type-Options", "nosniff"));
        var path = request.path().path();
        if (path.startsWith("/assets/")) {
            response.header(HeaderValues.create(HeaderNames.CACHE_CONTROL, "public, max-age=31536000, immutable"));
        } else if (!path.startsWith("/api/")) {
            response.header(HeaderValues.create(HeaderNames.CACHE_CONTROL, "no-cache"));
        }
        chain.proceed();
    }
}
