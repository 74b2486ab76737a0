package dev.tryon.server;

import dev.tryon.store.Upload;
import jakarta.json.Json;
import jakarta.json.JsonObject;

/** How an upload is told over REST. */
final class UploadJson {
    private UploadJson() {}

    static JsonObject of(Upload upload) {
        var json = Json.createObjectBuilder()
                .add("id", upload.id().toString())
                .add("purpose", upload.purpose())
                .add("mediaType", upload.mediaType())
                .add("bytes", upload.bytes())
                .add("width", upload.width())
                .add("height", upload.height());
        upload.film()
                .ifPresent(film -> json.add("durationSeconds", film.duration().toMillis() / 1000.0)
                        .add("frameCount", film.frames()));
        return json.add("url", "/api/v1/uploads/" + upload.id() + "/content")
                .add("createdAt", upload.createdAt().toString())
                .add("expiresAt", upload.expiresAt().toString())
                .build();
    }
}
