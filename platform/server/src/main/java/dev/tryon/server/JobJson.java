package dev.tryon.server;

import dev.tryon.store.Job;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/** How a job is told over REST. */
final class JobJson {
    /** Less than that says nothing about the rest. */
    private static final double ENOUGH = 0.02;

    private JobJson() {}

    /** Tells a job to its owner. @param now for the time that is left */
    static JsonObject of(Job job, Instant now) {
        return builder(job, now).build();
    }

    /** Tells a job to an administrator. @param person whose it is, in words that lead nowhere */
    static JsonObject of(Job job, Instant now, String person) {
        return builder(job, now)
                .add("person", person)
                .add("attempts", job.attempts())
                .build();
    }

    private static JsonObjectBuilder builder(Job job, Instant now) {
        var json = Json.createObjectBuilder()
                .add("id", job.id().toString())
                .add("kind", job.kind())
                .add("engine", job.engine())
                .add("status", job.status())
                .add("progress", DetectionJson.rounded(job.progress()));
        eta(job, now).ifPresent(seconds -> json.add("etaSeconds", seconds));
        if (job.standing() == Job.Status.SUCCEEDED) {
            json.add("resultId", job.result().toString());
        }
        job.problem().ifPresent(problem -> json.add("problem", problem));
        var inputs = Json.createObjectBuilder();
        job.inputs().forEach((name, upload) -> inputs.add(name, upload.toString()));
        json.add("inputs", inputs)
                .add("look", job.look())
                .add("createdAt", job.createdAt().toString());
        job.startedAt().ifPresent(time -> json.add("startedAt", time.toString()));
        job.finishedAt().ifPresent(time -> json.add("finishedAt", time.toString()));
        return json.add("expiresAt", job.expiresAt().toString());
    }

    /** What is left takes as long in proportion as what is done. */
    static OptionalLong eta(Job job, Instant now) {
        if (job.standing() != Job.Status.RUNNING || job.startedAt().isEmpty() || job.progress() < ENOUGH) {
            return OptionalLong.empty();
        }
        var spent = Duration.between(job.startedAt().get(), now).toMillis();
        var left = Math.max(0, spent * (1 - job.progress()) / job.progress());
        return OptionalLong.of((long) Math.ceil(left / 1000));
    }
}
