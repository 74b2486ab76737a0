package dev.tryon.server;

import dev.tryon.store.Entry;
import dev.tryon.store.Filter;
import dev.tryon.store.Holding;
import dev.tryon.store.Holdings;
import dev.tryon.store.Job;
import dev.tryon.store.Position;
import dev.tryon.store.Records;
import dev.tryon.store.Session;
import dev.tryon.store.Store;
import dev.tryon.store.StoreException;
import dev.tryon.store.StoredFile;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a ZIP of everything that is held of a subject: each record as JSON, each file, and a list of them all.
 *
 * <p>It is written as it is read, a page and a buffer at a time. What is deleted meanwhile is left out, and the list, which
 * comes last, names exactly what is in the archive. For one request.
 */
final class Export {
    private static final int PAGE = 50;
    private static final int BUFFER_BYTES = 64 * 1024;

    private final Store store;
    private final String subject;
    private final Instant now;
    private final ZipOutputStream zip;
    private final JsonArrayBuilder entries = Json.createArrayBuilder();

    private Export(Store store, String subject, Instant now, ZipOutputStream zip) {
        this.store = store;
        this.subject = subject;
        this.now = now;
        this.zip = zip;
    }

    /** Writes the archive; the stream stays open. */
    static void write(Store store, String subject, Instant now, OutputStream out) throws IOException {
        // Without its end an archive is not one: nothing is to be closed after a failure.
        var zip = new ZipOutputStream(new BufferedOutputStream(out, BUFFER_BYTES), StandardCharsets.UTF_8);
        // Pictures and videos are packed already.
        zip.setLevel(Deflater.BEST_SPEED);
        new Export(store, subject, now, zip).write();
        zip.finish();
        zip.flush();
    }

    private void write() throws IOException {
        holdings("uploads", store.uploads(), UploadJson::of);
        holdings("results", store.results(), ResultJson::of);
        records("sessions", store.sessions(), Export::session);
        records("jobs", store.jobs(), Export::job);
        json(
                "manifest.json",
                Json.createObjectBuilder()
                        .add("subject", subject)
                        .add("createdAt", now.toString())
                        .add("entries", entries)
                        .build());
    }

    private <T extends Holding<T>> void holdings(String folder, Holdings<T> holdings, Function<T, JsonObject> json)
            throws IOException {
        Optional<Position> after = Optional.empty();
        while (true) {
            var page = holdings.list(Filter.of(subject), after, PAGE);
            if (page.isEmpty()) {
                return;
            }
            for (var holding : page) {
                var path = folder + "/" + holding.id();
                var whole = true;
                for (var file : holding.files()) {
                    whole &= file(path + "/" + file.name(), holdings, file);
                }
                if (whole) {
                    entry(path + "/record.json", json.apply(holding));
                }
            }
            after = Optional.of(Position.after(page.getLast()));
        }
    }

    private <T extends Entry<T>> void records(String folder, Records<T> records, Function<T, JsonObject> json)
            throws IOException {
        Optional<Position> after = Optional.empty();
        while (true) {
            var page = records.list(Filter.of(subject), after, PAGE);
            if (page.isEmpty()) {
                return;
            }
            for (var record : page) {
                entry(folder + "/" + record.key() + ".json", json.apply(record));
            }
            after = Optional.of(Position.after(page.getLast()));
        }
    }

    /** Adds a file. @return whether it was still there */
    private boolean file(String path, Holdings<?> holdings, StoredFile file) throws IOException {
        var name = path + "." + MediaTypes.ending(file.mediaType());
        try {
            // Opened for a moment before the entry begins, which could not be taken back.
            holdings.open(file).close();
        } catch (StoreException _) {
            return false;
        }
        zip.putNextEntry(new ZipEntry(name));
        FileReply.copy(holdings, file, 0, file.bytes(), zip);
        zip.closeEntry();
        entries.add(Json.createObjectBuilder()
                .add("path", name)
                .add("mediaType", file.mediaType())
                .add("bytes", file.bytes()));
        return true;
    }

    private void entry(String name, JsonObject json) throws IOException {
        json(name, json);
        entries.add(Json.createObjectBuilder().add("path", name).add("mediaType", "application/json"));
    }

    private void json(String name, JsonObject json) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(json.toString().getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    private static JsonObject session(Session session) {
        return Json.createObjectBuilder()
                .add("id", session.id().toString())
                .add("engine", session.engine())
                .add("status", session.status())
                .add("look", session.look())
                .add("statistics", session.statistics())
                .add("createdAt", session.createdAt().toString())
                .add("updatedAt", session.updatedAt().toString())
                .add("expiresAt", session.expiresAt().toString())
                .build();
    }

    private static JsonObject job(Job job) {
        var inputs = Json.createObjectBuilder();
        job.inputs().forEach((name, upload) -> inputs.add(name, upload.toString()));
        var json = Json.createObjectBuilder()
                .add("id", job.id().toString())
                .add("kind", job.kind())
                .add("engine", job.engine())
                .add("inputs", inputs)
                .add("look", job.look())
                .add("status", job.status())
                .add("progress", job.progress())
                .add("resultId", job.result().toString());
        job.problem().ifPresent(problem -> json.add("problem", problem));
        return json.add("createdAt", job.createdAt().toString())
                .add("expiresAt", job.expiresAt().toString())
                .build();
    }
}
