package dev.tryon.store;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Work that outlives the request that asked for it.
 *
 * @param kind {@code capture}, {@code video} or {@code scan}
 * @param engine the id of the engine that does it
 * @param inputs uploads by what they are for: {@code person}, {@code video}, {@code fabric}
 * @param look to try on, as it was asked for and checked
 * @param quality {@code standard}, {@code high} or {@code ultra}: what its owner was entitled to when it was ordered
 * @param progress 0..1
 * @param attempts how often it was begun
 * @param result the id that its result has or will have: one job never makes two
 * @param problem why it failed, as REST tells it
 * @param startedAt when it was last begun
 * @param finishedAt when it came to its end
 * @param expiresAt when it is forgotten
 */
public record Job(
        UUID id,
        String owner,
        String kind,
        String engine,
        Map<String, UUID> inputs,
        JsonObject look,
        String quality,
        Status standing,
        double progress,
        int attempts,
        UUID result,
        Optional<JsonObject> problem,
        Instant createdAt,
        Optional<Instant> startedAt,
        Optional<Instant> finishedAt,
        Instant expiresAt,
        long version)
        implements Entry<Job> {

    /** How a job stands. */
    public enum Status {
        /** It waits for its turn. */
        QUEUED,
        /** A node works on it. */
        RUNNING,
        /** Its result is there. */
        SUCCEEDED,
        /** There will be no result. */
        FAILED,
        /** Nobody wants its result any more. */
        CANCELED;

        /** Returns the word that the database knows. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Returns whether it has come to its end. */
        public boolean isOver() {
            return this == SUCCEEDED || this == FAILED || this == CANCELED;
        }
    }

    /** Copies the inputs. */
    public Job {
        inputs = Map.copyOf(inputs);
    }

    /** Returns the job, begun once more. */
    public Job begun(Instant now) {
        return standing(Status.RUNNING, 0, attempts + 1, Optional.empty(), Optional.of(now), Optional.empty());
    }

    /** Returns the job, so far done. @param done 0..1 */
    public Job progressed(double done) {
        return standing(standing, done, attempts, problem, startedAt, finishedAt);
    }

    /** Returns the job, waiting for its turn again. */
    public Job queuedAgain() {
        return standing(Status.QUEUED, 0, attempts, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Returns the job, its result there. */
    public Job succeeded(Instant now) {
        return standing(Status.SUCCEEDED, 1, attempts, Optional.empty(), startedAt, Optional.of(now));
    }

    /** Returns the job, without a result. @param why as REST tells it */
    public Job failed(JsonObject why, Instant now) {
        return standing(Status.FAILED, progress, attempts, Optional.of(why), startedAt, Optional.of(now));
    }

    /** Returns the job, unwanted. */
    public Job canceled(Instant now) {
        return standing(Status.CANCELED, progress, attempts, Optional.empty(), startedAt, Optional.of(now));
    }

    private Job standing(
            Status newStanding,
            double newProgress,
            int newAttempts,
            Optional<JsonObject> newProblem,
            Optional<Instant> newStart,
            Optional<Instant> newFinish) {
        return new Job(
                id,
                owner,
                kind,
                engine,
                inputs,
                look,
                quality,
                newStanding,
                newProgress,
                newAttempts,
                result,
                newProblem,
                createdAt,
                newStart,
                newFinish,
                expiresAt,
                version);
    }

    @Override
    public String key() {
        return id.toString();
    }

    @Override
    public String status() {
        return standing.word();
    }

    @Override
    public Instant dueAt() {
        return expiresAt;
    }

    @Override
    public Job withVersion(long newVersion) {
        return new Job(
                id,
                owner,
                kind,
                engine,
                inputs,
                look,
                quality,
                standing,
                progress,
                attempts,
                result,
                problem,
                createdAt,
                startedAt,
                finishedAt,
                expiresAt,
                newVersion);
    }
}
