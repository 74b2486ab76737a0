package dev.tryon.server;

import dev.tryon.store.Result;
import dev.tryon.vision.PictureFormat;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;

/** Text messages of the server, but for errors. */
final class ServerMessages {
    private ServerMessages() {}

    static JsonObject skipped(long sequence, SkipReason reason) {
        return Json.createObjectBuilder()
                .add("type", "skipped")
                .add("sequence", sequence)
                .add("reason", Words.of(reason))
                .build();
    }

    /** A picture is kept. @param requestId of the capture that asked for it */
    static JsonObject captured(String requestId, Result result) {
        return Json.createObjectBuilder()
                .add("type", "captured")
                .add("requestId", requestId)
                .add("resultId", result.id().toString())
                .add("files", ResultJson.files(result))
                .build();
    }

    static JsonObject pong(JsonValue timestamp) {
        return Json.createObjectBuilder()
                .add("type", "pong")
                .add("timestamp", timestamp)
                .build();
    }

    static JsonObject closing(CloseReason reason) {
        var json = Json.createObjectBuilder()
                .add("type", "closing")
                .add("code", reason.code())
                .add("reason", reason.text());
        reason.retryAfter().ifPresent(wait -> json.add("retryAfterMs", wait.toMillis()));
        return json.build();
    }

    static JsonObject stats(SessionStatistics statistics) {
        return statistics.addTo(Json.createObjectBuilder().add("type", "stats")).build();
    }

    /** What is worn from now on. */
    static JsonObject look(ChosenLook look) {
        return look.toJson().add("type", "look").build();
    }

    /** Advice. @param targetFps frames a second that are served in time */
    static JsonObject quality(LiveSession session, double targetFps, String reason) {
        return Json.createObjectBuilder()
                .add("type", "quality")
                .add("targetFps", targetFps)
                .add("maxResolution", resolution(session.quality()))
                .add("imageQuality", session.imageQuality())
                .add("reason", reason)
                .build();
    }

    /** It may begin. @param targetFps frames a second that are served in time */
    static JsonObject ready(LiveSession session, ClientView view, int maxInFlight, double targetFps) {
        var formats = Json.createArrayBuilder();
        for (var format : PictureFormat.values()) {
            formats.add(format.id());
        }
        return session.look()
                .toJson()
                .add("type", "ready")
                .add("session", session.id().toString())
                .add("engine", session.engine().id())
                .add("output", Words.of(view.output()))
                .add("quality", Words.of(session.quality()))
                .add("targetFps", targetFps)
                .add("maxResolution", resolution(session.quality()))
                .add("formats", formats)
                .add("maxInFlight", maxInFlight)
                .add(
                        "capabilities",
                        Json.createArrayBuilder()
                                .add("look")
                                .add("pause")
                                .add("quality")
                                .add("capture")
                                .add("ping"))
                .add("resumeToken", session.resumeToken())
                .build();
    }

    private static JsonObject resolution(Quality quality) {
        return Json.createObjectBuilder()
                .add("width", quality.widthPixels())
                .add("height", quality.heightPixels())
                .build();
    }
}
