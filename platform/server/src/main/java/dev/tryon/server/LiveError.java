package dev.tryon.server;

import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.TryOnException;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An error as a live connection tells it; the connection goes on.
 *
 * @param code for programs
 * @param message one fixed sentence for people
 * @param suggestion what to do about it
 * @param retryAfter when to try again
 * @param errors what is wrong with single fields
 */
record LiveError(
        String code,
        String message,
        boolean recoverable,
        Optional<String> suggestion,
        Optional<Duration> retryAfter,
        List<Problem.Violation> errors) {

    private static final String INVALID_MESSAGE = "INVALID_MESSAGE";

    /** Copies the errors. */
    LiveError {
        errors = List.copyOf(errors);
    }

    /** A message that the protocol does not know or that lacks something. */
    static LiveError invalidMessage(String message) {
        return new LiveError(INVALID_MESSAGE, message, true, Optional.empty(), Optional.empty(), List.of());
    }

    /** A message whose fields are wrong. */
    static LiveError invalidMessage(List<Problem.Violation> errors) {
        return new LiveError(
                INVALID_MESSAGE, "Some fields cannot be used.", true, Optional.empty(), Optional.empty(), errors);
    }

    /** A look whose fields are wrong; the old one stays on. */
    static LiveError invalidLook(List<Problem.Violation> errors) {
        return new LiveError(
                ErrorCode.INVALID_LOOK.name(),
                "The look cannot be worn; the one before stays on.",
                true,
                Optional.of("Correct the fields named in errors."),
                Optional.empty(),
                errors);
    }

    /** What an engine or the codec said. */
    static LiveError of(TryOnException failure) {
        return of(failure.code(), failure.userMessage());
    }

    static LiveError of(ErrorCode code, String message) {
        return new LiveError(code.name(), message, code.recoverable(), Optional.empty(), Optional.empty(), List.of());
    }

    /** A picture that an engine cannot use. @param suggestion how the person can help */
    static LiveError rejected(ErrorCode code, String suggestion) {
        return new LiveError(
                code.name(), message(code), code.recoverable(), Optional.of(suggestion), Optional.empty(), List.of());
    }

    /** There is nothing to capture yet. */
    static LiveError nothingShown() {
        return new LiveError(
                "NOTHING_SHOWN",
                "No picture with the look on was shown yet.",
                true,
                Optional.of("Capture again when one is seen."),
                Optional.empty(),
                List.of());
    }

    /** What REST would answer. */
    static LiveError of(Problem problem) {
        return new LiveError(
                problem.code(),
                problem.title(),
                problem.recoverable(),
                problem.suggestion(),
                problem.retryAfter(),
                problem.errors());
    }

    /** Too many frames. @param retryAfter when the next one will be taken */
    static LiveError rateLimited(Duration retryAfter) {
        return new LiveError(
                ErrorCode.RATE_LIMITED.name(),
                "More frames a second than allowed.",
                true,
                Optional.of("Send fewer frames."),
                Optional.of(retryAfter),
                List.of());
    }

    /** Too many looks or captures. @param retryAfter when the next one will be taken */
    static LiveError tooOften(Duration retryAfter) {
        return new LiveError(
                ErrorCode.RATE_LIMITED.name(),
                "More changes a second than allowed.",
                true,
                Optional.of("Wait a moment."),
                Optional.of(retryAfter),
                List.of());
    }

    /** Returns what a code means, in one sentence for people. */
    static String message(ErrorCode code) {
        return switch (code) {
            case HAND_NOT_DETECTED -> "No hand is in the picture.";
            case PARTIAL_HAND_DETECTED -> "Part of the hand is out of the picture.";
            case FACE_NOT_DETECTED -> "No face is in the picture.";
            case BODY_NOT_DETECTED -> "No person is in the picture.";
            case FABRIC_NOT_DETECTED -> "No cloth is in the picture.";
            case LOW_LIGHT -> "It is too dark.";
            case BLUR_DETECTED -> "The picture is blurred.";
            case INVALID_IMAGE -> "The picture cannot be used.";
            case INVALID_LOOK -> "The look cannot be worn.";
            case MODEL_ERROR, PROCESSING_FAILED -> "The picture could not be processed.";
            case PROCESSING_TIMEOUT -> "The picture took too long.";
            case INVALID_SESSION -> "There is no such session.";
            case SESSION_EXPIRED -> "The session is over.";
            case RATE_LIMITED -> "More frames a second than allowed.";
            case SERVER_BUSY -> "The server has no room just now.";
        };
    }

    /** Returns the message. @param sequence of the frame that it answers, if it answers one */
    JsonObject toJson(OptionalLong sequence) {
        var json = json();
        sequence.ifPresent(number -> json.add("sequence", number));
        return json.build();
    }

    /** Returns the message. @param requestId of the capture that it answers */
    JsonObject toJson(String requestId) {
        return json().add("requestId", requestId).build();
    }

    private JsonObjectBuilder json() {
        var json = Json.createObjectBuilder()
                .add("type", "error")
                .add("code", code)
                .add("message", message)
                .add("recoverable", recoverable);
        suggestion.ifPresent(text -> json.add("suggestion", text));
        retryAfter.ifPresent(duration -> json.add("retryAfterMs", duration.toMillis()));
        if (!errors.isEmpty()) {
            var list = Json.createArrayBuilder();
            errors.forEach(error -> list.add(
                    Json.createObjectBuilder().add("pointer", error.pointer()).add("detail", error.detail())));
            json.add("errors", list);
        }
        return json;
    }
}
