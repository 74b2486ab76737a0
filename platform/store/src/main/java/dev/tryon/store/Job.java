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
 * @param progress 0..1
 * @param attempts how often it was begun
 * @param result the id that its result has or will have: one job never makes two
 * @param problem why it failed, as REST tells it
 * @param startedAt when it was first begun
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
