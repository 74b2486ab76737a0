package dev.tryon.store;

import java.util.Date;
import org.bson.Document;

/**
 * The names that fields of a kind have in a collection of MongoDB.
 *
 * @param key that the value of {@code _id} also stands under
 * @param bytes of the files
 */
record Layout(String key, String bytes) {
    static final String OWNER = "user_id";

    static Layout of(Kind<?> kind) {
        return switch (kind.name()) {
            case "uploads" -> new Layout("upload_id", "file_size");
            case "results" -> new Layout("result_id", "file_size");
            case "sessions" -> new Layout("session_id", "bytes");
            case "jobs", "tasks" -> new Layout("job_id", "bytes");
            default -> new Layout("key", "bytes");
        };
    }

    /** Adds what others may want to ask the collection for; the store itself reads nothing of it. */
    static void tell(Entry<?> entry, Document document) {
        switch (entry) {
            case Upload upload -> {
                document.append("format", upload.mediaType());
                upload.file(Upload.CONTENT)
                        .ifPresent(
                                file -> document.append("file_path", file.id().toString()));
                upload.film().ifPresent(film -> document.append(
                                "duration", film.duration().toNanos() / 1e9)
                        .append("frame_count", film.frames()));
            }
            case Result result -> {
                document.append("ai_model", result.engine());
                result.files()
                        .forEach(file ->
                                document.append(file.name() + "_path", file.id().toString()));
            }
            case Session session -> document.append("last_activity", Date.from(session.updatedAt()));
            default -> {
                // The other kinds are nobody else's.
            }
        }
    }
}
