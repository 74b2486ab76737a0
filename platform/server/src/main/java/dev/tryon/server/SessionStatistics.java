package dev.tryon.server;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of a session's frames.
 *
 * <p>Invariant: {@code received = served + skipped + errors} as soon as every frame is answered. Thread-safe.
 */
final class SessionStatistics {
    private final Map<SkipReason, Long> skipped = new EnumMap<>(SkipReason.class);
    private final Map<String, Long> errors = new TreeMap<>();
    private final Reservoir processing = new Reservoir();
    private final Reservoir age = new Reservoir();
    private long received;
    private long served;
    private double confidenceSum;

    synchronized void frameReceived() {
        received++;
    }

    /**
     * A picture or an overlay was sent.
     *
     * @param confidence 0..1
     * @param processingNanos from taken up to encoded
     * @param ageNanos from received to written
     */
    synchronized void frameServed(double confidence, long processingNanos, long ageNanos) {
        served++;
        confidenceSum += confidence;
        processing.add(processingNanos);
        age.add(ageNanos);
    }

    synchronized void frameSkipped(SkipReason reason) {
        skipped.merge(reason, 1L, Long::sum);
    }

    synchronized void frameFailed(String code) {
        errors.merge(code, 1L, Long::sum);
    }

    /** Adds the figures to a message or an answer. */
    synchronized JsonObjectBuilder addTo(JsonObjectBuilder json) {
        var reasons = Json.createObjectBuilder();
        skipped.forEach((reason, count) -> reasons.add(Words.of(reason), count));
        var codes = Json.createObjectBuilder();
        errors.forEach(codes::add);
        return json.add("received", received)
                .add("served", served)
                .add("skipped", reasons)
                .add("errors", codes)
                .add("meanConfidence", served == 0 ? 0 : Math.round(1000 * confidenceSum / served) / 1000.0)
                .add("processingMs", quantiles(processing))
                .add("ageMs", quantiles(age));
    }

    private static JsonObject quantiles(Reservoir reservoir) {
        return Json.createObjectBuilder()
                .add("p50", reservoir.millis(0.5))
                .add("p95", reservoir.millis(0.95))
                .build();
    }
}
