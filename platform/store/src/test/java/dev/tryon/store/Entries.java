package dev.tryon.store;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Entries of every kind, for tests. */
final class Entries {
    private static final Instant TIME = Instant.parse("2026-02-03T04:05:06.789012Z");

    private Entries() {}

    /** An entry and its kind. */
    record Sample<T extends Entry<T>>(Kind<T> kind, T entry) {}

    /** Returns entries of every kind, full ones and ones without what is optional. */
    static List<Sample<?>> all(String owner) {
        return List.of(
                new Sample<>(Kind.UPLOADS, upload(owner, 5)),
                new Sample<>(
                        Kind.UPLOADS,
                        new Upload(
                                custody(owner, 1),
                                "person",
                                "video/mp4",
                                640,
                                480,
                                Optional.of(new Upload.Film(Duration.ofNanos(5_000_000_001L), 150)))),
                new Sample<>(Kind.RESULTS, result(owner, json())),
                new Sample<>(
                        Kind.RESULTS,
                        new Result(
                                custody(owner, 1),
                                "nails",
                                "capture",
                                json(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                JsonObject.EMPTY_JSON_OBJECT)),
                new Sample<>(
                        Kind.SESSIONS,
                        new Session(
                                UUID.randomUUID(),
                                owner,
                                "nails",
                                "node",
                                Session.Status.PAUSED,
                                json(),
                                json(),
                                TIME,
                                TIME,
                                TIME,
                                3)),
                new Sample<>(
                        Kind.JOBS,
                        job(owner, Optional.of(json()), Optional.of(TIME), Map.of("person", UUID.randomUUID()))),
                new Sample<>(Kind.JOBS, job(owner, Optional.empty(), Optional.empty(), Map.of())),
                new Sample<>(Kind.MARKS, new Mark(owner + "/key", owner, "value", TIME, TIME, Long.MAX_VALUE)),
                new Sample<>(
                        Kind.CATALOG,
                        new CatalogEntry("nails-" + owner, "item", CatalogEntry.State.HIDDEN, json(), TIME, TIME, 0)),
                new Sample<>(Kind.AUDIT, new AuditEntry(UUID.randomUUID(), "who", "did", "what", "why", TIME, TIME, 0)),
                new Sample<>(Kind.TASKS, task(owner, Optional.of("node"))),
                new Sample<>(Kind.TASKS, task(owner, Optional.empty())),
                new Sample<>(Kind.ERASURES, new Erasure(owner, Optional.of("subject"), TIME, TIME, 1)),
                new Sample<>(Kind.ERASURES, new Erasure(owner + "/done", Optional.empty(), TIME, TIME, 1)),
                new Sample<>(Kind.BUCKETS, new Bucket(owner, "c3RhdGU=", TIME, TIME, 1)),
                new Sample<>(Kind.MATERIALS, new Material(custody(owner, 7), "fabric", "denim", "source", json())));
    }

    /** Returns an upload with one file of so many bytes. */
    static Upload upload(String owner, long bytes) {
        return new Upload(custody(owner, bytes), "reference", "image/png", 3, 4, Optional.empty());
    }

    /** Returns a result that has everything. */
    static Result result(String owner, JsonObject metadata) {
        return new Result(
                custody(owner, 9),
                "hair",
                "video",
                json(),
                Optional.of(0.1),
                Optional.of(UUID.randomUUID()),
                Optional.of(UUID.randomUUID()),
                metadata);
    }

    private static Job job(
            String owner, Optional<JsonObject> problem, Optional<Instant> time, Map<String, UUID> inputs) {
        return new Job(
                UUID.randomUUID(),
                owner,
                "video",
                "hair",
                inputs,
                json(),
                "high",
                Job.Status.RUNNING,
                1 / 3.0,
                2,
                UUID.randomUUID(),
                problem,
                TIME,
                time,
                time,
                TIME,
                7);
    }

    private static Task task(String owner, Optional<String> worker) {
        return new Task(UUID.randomUUID(), owner, "video", worker, 1, TIME, TIME, 2);
    }

    private static Custody custody(String owner, long bytes) {
        var files = List.of(new StoredFile("content", UUID.randomUUID(), "image/png", bytes));
        return new Custody(UUID.randomUUID(), owner, Custody.State.KEPT, files, "node", TIME, TIME.plusSeconds(9), 1);
    }

    private static JsonObject json() {
        return Json.createObjectBuilder()
                .add("a.b$c", new BigDecimal("123456789012345678901234567890.5"))
                .addNull("nothing")
                .add("text", "\u0000 ü \uD83D\uDC85 \" \\ </script>")
                .add("list", Json.createArrayBuilder().add(true).add(1.5).add(Json.createObjectBuilder()))
                .build();
    }
}
