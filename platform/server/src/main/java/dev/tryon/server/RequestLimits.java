package dev.tryon.server;

import dev.tryon.store.Limit;
import dev.tryon.store.RateLimits;
import dev.tryon.store.Taking;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.PathMatcher;
import io.helidon.http.PathMatchers;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Lets a caller call so often and no more: the one place where that is decided.
 *
 * <p>Calls of somebody who is known count by subject, all others by address. New guests count by address whoever asks, and
 * signed calls before their bodies are read. Photos for the older fabric backend's clients count by address too, whoever
 * sends them. Administrators are not counted but for those. Only the
 * interface below {@code /api/} is: pages, documents, health, what travels on a live connection and
 * the questions of browsers (CORS) are not.
 */
final class RequestLimits implements Filter {
    private static final String COUNTED = "/api/";
    /** As the routing takes it: with a slash at its end, say. */
    private static final PathMatcher GUESTS = PathMatchers.create("/api/v1/guests");

    private static final PathMatcher DIALECT_PHOTOS = PathMatchers.create(FabricDialect.SCAN);

    private final LimitSettings settings;
    private final RateLimits limits;
    private final Identities identities;
    private final Addresses addresses;
    private final Secrets secrets;
    private final RequestMetrics metrics;
    private final Set<String> origins;

    /** @param origins of other pages that may read a refusal */
    RequestLimits(
            LimitSettings settings,
            RateLimits limits,
            Identities identities,
            Addresses addresses,
            Secrets secrets,
            RequestMetrics metrics,
            Set<String> origins) {
        this.settings = settings;
        this.limits = limits;
        this.identities = identities;
        this.addresses = addresses;
        this.secrets = secrets;
        this.metrics = metrics;
        this.origins = origins;
    }

    /** What is counted, and for whom. */
    private record Count(Limit limit, String caller) {}

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        if (!request.path().path().startsWith(COUNTED)
                || request.prologue().method().equals(Method.OPTIONS)) {
            chain.proceed();
            return;
        }
        try {
            if (isTaken(before(request), request, response) && isTaken(counts(request), request, response)) {
                chain.proceed();
            }
        } finally {
            RequestBody.release(request);
        }
    }

    /** Takes one of each; where there is none left, the request is answered. */
    private boolean isTaken(List<Count> counts, RoutingRequest request, RoutingResponse response) {
        for (var count : counts) {
            switch (limits.take(count.limit(), count.caller())) {
                case Taking.Allowed allowed -> headers(response, count.limit(), allowed.remaining());
                case Taking.Refused refused -> {
                    metrics.limited(count.limit().name());
                    CrossOrigin.letRead(origins, request, response);
                    Reply.problem(Problem.limited(refused.retryAfter())).send(request, response);
                    return false;
                }
            }
        }
        return true;
    }

    /** A signature can be told only from the whole body: whoever sends one is counted before that is read. */
    private List<Count> before(ServerRequest request) {
        return request.headers().contains(SignedRequests.CLIENT)
                ? List.of(byAddress(settings.address(), request))
                : List.of();
    }

    private Count byAddress(Limit limit, ServerRequest request) {
        return new Count(limit, caller(addresses.of(request)));
    }

    /** The last, which is the narrowest, is the one that is told. */
    private static void headers(RoutingResponse response, Limit limit, long remaining) {
        response.header(HeaderValues.create("RateLimit-Limit", String.valueOf(limit.most())));
        response.header(HeaderValues.create("RateLimit-Remaining", String.valueOf(remaining)));
        response.header(HeaderValues.create("RateLimit-Reset", String.valueOf(untilFull(limit, remaining))));
    }

    private static long untilFull(Limit limit, long remaining) {
        return Math.ceilDiv(
                Math.multiplyExact(limit.most() - remaining, limit.per().toSeconds()), limit.most());
    }

    private List<Count> counts(ServerRequest request) {
        var counts = new ArrayList<Count>();
        var identity = identities.find(request);
        if (identity.isEmpty()) {
            if (before(request).isEmpty()) {
                counts.add(byAddress(settings.address(), request));
            }
        } else if (!identity.get().isAdmin()) {
            var caller = caller(identity.get().subject());
            settings.of(identity.get().callerClass())
                    .filter(limit -> isUpload(request) || !settings.isForUploads(limit))
                    .forEach(limit -> counts.add(new Count(limit, caller)));
        }
        if (isPost(request, DIALECT_PHOTOS) || (identity.isEmpty() && isUpload(request))) {
            counts.add(byAddress(settings.addressUploads(), request));
        }
        if (identity.filter(Identity::isAdmin).isEmpty() && isPost(request, GUESTS)) {
            counts.add(byAddress(settings.guests(), request));
        }
        return counts;
    }

    private static boolean isPost(ServerRequest request, PathMatcher path) {
        return request.prologue().method().equals(Method.POST)
                && path.match(request.path()).accepted();
    }

    private static boolean isUpload(ServerRequest request) {
        return request.headers()
                .first(HeaderNames.CONTENT_TYPE)
                .filter(type -> type.regionMatches(true, 0, "multipart/form-data", 0, 19))
                .isPresent();
    }

    private String caller(Network address) {
        return secrets.derive("limited address", address.toString());
    }

    /** Returns what a subject is called where it is counted. */
    private String caller(String subject) {
        return secrets.derive("limited subject", subject);
    }

    /** A limit, and how much of it a subject has left. */
    record Standing(Limit limit, long remaining) {}

    /** Returns what a subject has left, as a person and as a program. */
    List<Standing> standings(String subject) {
        var caller = caller(subject);
        return settings.ofSubjects()
                .map(limit -> new Standing(limit, limits.remaining(limit, caller)))
                .toList();
    }

    /** Lets a subject begin anew. */
    void reset(String subject) {
        var caller = caller(subject);
        settings.ofSubjects().forEach(limit -> limits.reset(limit, caller));
    }
}
