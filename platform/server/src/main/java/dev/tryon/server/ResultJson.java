package dev.tryon.server;

import dev.tryon.store.Result;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;

/** How a result is told over REST and on live connections. */
final class ResultJson {
    private ResultJson() {}

    static JsonObject of(Result result) {
        var json = Json.createObjectBuilder()
                .add("id", result.id().toString())
                .add("kind", result.kind())
                .add("engine", result.engine())
                .add("look", result.look());
        result.confidence().ifPresent(confidence -> json.add("confidence", confidence));
        result.session().ifPresent(session -> json.add("sessionId", session.toString()));
        result.job().ifPresent(job -> json.add("jobId", job.toString()));
        return json.add("metadata", result.metadata())
                .add("files", files(result))
                .add("createdAt", result.createdAt().toString())
                .add("expiresAt", result.expiresAt().toString())
                .build();
    }

    /** Returns the files of a result, each with the address that its owner finds it at. */
    static JsonArray files(Result result) {
        var files = Json.createArrayBuilder();
        result.files()
                .forEach(file -> files.add(Json.createObjectBuilder()
                        .add("name", file.name())
                        .add("mediaType", file.mediaType())
                        .add("bytes", file.bytes())
                        .add("url", "/api/v1/results/" + result.id() + "/files/" + file.name())));
        return files.build();
    }
}
