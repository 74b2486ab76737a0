package dev.tryon.server;

import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.TryOnException;
import dev.tryon.store.NoRoomException;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * An error as REST tells it (RFC 9457).
 *
 * @param code for programs, {@code NOT_FOUND} say
 * @param title one fixed sentence for people
 * @param recoverable whether the same request may succeed later or after a change
 * @param suggestion what to do about it
 * @param retryAfter when to come back
 * @param errors what is wrong with single fields
 */
record Problem(
        int status,
        String code,
        String title,
        boolean recoverable,
        Optional<String> suggestion,
        Optional<Duration> retryAfter,
        List<Violation> errors) {

    /** The media type of problems. */
    static final String MEDIA_TYPE = "application/problem+json";

    private static final Duration STORE_RETRY = Duration.ofSeconds(2);

    /** Copies the errors. */
    Problem {
        errors = List.copyOf(errors);
    }

    /** What is wrong with one field. @param pointer where it stands (RFC 6901) */
    record Violation(String pointer, String detail) {}

    static Problem of(ProblemType type) {
        return new Problem(
                type.status(),
                type.name(),
                type.title(),
                switch (type.status()) {
                    case 409, 422, 503, 507 -> true;
                    default -> false;
                },
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    static Problem of(ProblemType type, String suggestion) {
        return of(type).suggesting(suggestion);
    }

    /** Some fields cannot be used. */
    static Problem invalid(List<Violation> errors) {
        return new Problem(
                ProblemType.VALIDATION_FAILED.status(),
                ProblemType.VALIDATION_FAILED.name(),
                ProblemType.VALIDATION_FAILED.title(),
                true,
                Optional.of("Correct the fields named in errors."),
                Optional.empty(),
                errors);
    }

    /** A try-on error outside of a live connection. */
    static Problem of(TryOnException failure) {
        return of(failure.code(), failure.userMessage());
    }

    /** A try-on error outside of a live connection. @param title one fixed sentence for people */
    static Problem of(ErrorCode code, String title) {
        return new Problem(
                status(code), code.name(), title, code.recoverable(), Optional.empty(), Optional.empty(), List.of());
    }

    /** A picture that an engine cannot use. @param suggestion how the person can help */
    static Problem rejected(ErrorCode code, String suggestion) {
        return of(code, LiveError.message(code)).suggesting(suggestion);
    }

    /** Tells that a video is longer than its owner's tier allows. */
    static Problem tooLong(Duration longest) {
        return of(ProblemType.VIDEO_TOO_LONG, "Bring a video of " + longest.toSeconds() + " seconds at most.");
    }

    /** The caller has called too often. */
    static Problem limited(Duration retryAfter) {
        return new Problem(
                429,
                ErrorCode.RATE_LIMITED.name(),
                "Too many requests.",
                true,
                Optional.of("Try again when Retry-After has passed."),
                Optional.of(retryAfter),
                List.of());
    }

    /** The server has no room. */
    static Problem busy(Duration retryAfter) {
        return new Problem(
                503,
                ErrorCode.SERVER_BUSY.name(),
                "The server has no room just now.",
                true,
                Optional.of("Try again in a moment."),
                Optional.of(retryAfter),
                List.of());
    }

    /** Returns what a caller is told whose things could not be kept or looked up. */
    static Problem storeFailed(RuntimeException failure) {
        return failure instanceof NoRoomException ? of(ProblemType.STORAGE_FULL, "Try again later.") : storeAway();
    }

    /** The database or the files cannot be reached. */
    static Problem storeAway() {
        var problem = of(ProblemType.STORE_UNAVAILABLE, "Try again in a moment.");
        return new Problem(
                problem.status(),
                problem.code(),
                problem.title(),
                true,
                problem.suggestion(),
                Optional.of(STORE_RETRY),
                List.of());
    }

    private static int status(ErrorCode code) {
        return switch (code) {
            case INVALID_SESSION, SESSION_EXPIRED -> 404;
            case RATE_LIMITED -> 429;
            case SERVER_BUSY, PROCESSING_TIMEOUT -> 503;
            case MODEL_ERROR, PROCESSING_FAILED -> 500;
            case HAND_NOT_DETECTED,
                    PARTIAL_HAND_DETECTED,
                    FACE_NOT_DETECTED,
                    BODY_NOT_DETECTED,
                    FABRIC_NOT_DETECTED,
                    LOW_LIGHT,
                    BLUR_DETECTED,
                    INVALID_IMAGE,
                    INVALID_LOOK -> 422;
        };
    }

    private Problem suggesting(String text) {
        return new Problem(status, code, title, recoverable, Optional.of(text), retryAfter, errors);
    }

    /** Reads what {@link #toJson} has written; what single fields were wrong with is left out. */
    static Problem parse(JsonObject json) {
        return new Problem(
                json.getInt("status"),
                json.getString("code"),
                json.getString("title"),
                json.getBoolean("recoverable"),
                Optional.ofNullable(json.getJsonString("suggestion")).map(JsonString::getString),
                Optional.ofNullable(json.getJsonNumber("retryAfterMs"))
                        .map(millis -> Duration.ofMillis(millis.longValue())),
                List.of());
    }

    JsonObject toJson() {
        var json = Json.createObjectBuilder()
                .add("type", "about:blank")
                .add("title", title)
                .add("status", status)
                .add("code", code)
                .add("recoverable", recoverable);
        suggestion.ifPresent(text -> json.add("suggestion", text));
        retryAfter.ifPresent(duration -> json.add("retryAfterMs", duration.toMillis()));
        if (!errors.isEmpty()) {
            var list = Json.createArrayBuilder();
            errors.forEach(error -> list.add(
                    Json.createObjectBuilder().add("pointer", error.pointer()).add("detail", error.detail())));
            json.add("errors", list);
        }
        return json.build();
    }

    /** Returns this as something to throw. */
    Refusal refusal() {
        return new Refusal(this);
    }
}
