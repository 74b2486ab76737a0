package dev.tryon.store;

import jakarta.json.JsonObject;
import java.util.Optional;
import java.util.UUID;

/**
 * What was captured live or made by a job: files such as {@code image}, {@code thumbnail}, {@code video} or {@code
 * basecolor}.
 *
 * @param engine the id of the engine that made it
 * @param kind {@code capture}, {@code video} or {@code scan}
 * @param look that was tried on, every option spelt out
 * @param confidence 0..1; empty where the engine has none
 * @param session that it was captured in
 * @param job that made it
 * @param metadata what the engine found besides: detections, properties of a material
 */
public record Result(
        Custody custody,
        String engine,
        String kind,
        JsonObject look,
        Optional<Double> confidence,
        Optional<UUID> session,
        Optional<UUID> job,
        JsonObject metadata)
        implements Holding<Result> {

    @Override
    public Result with(Custody changed) {
        return new Result(changed, engine, kind, look, confidence, session, job, metadata);
    }
}
