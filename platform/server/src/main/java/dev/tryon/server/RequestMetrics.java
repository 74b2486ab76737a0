package dev.tryon.server;

import java.time.Duration;
import java.util.Map;

/** The figures of requests, for Prometheus. Thread-safe. */
record RequestMetrics(LiveMetrics meters) {
    /** Notes that a limit has refused a request. */
    void limited(String limit) {
        meters.count("tryon_limited", "requests refused by a limit", Map.of("limit", limit));
    }

    /** Notes an answer. @param route as it is written in the interface, never the address that was asked for */
    void answered(String method, String route, int status, Duration time) {
        meters.count(
                "tryon_requests",
                "requests answered, by route and status",
                Map.of("method", method, "route", route, "status", String.valueOf(status)));
        meters.time("tryon_request", "time until a request was answered, by route", Map.of("route", route), time);
    }
}
