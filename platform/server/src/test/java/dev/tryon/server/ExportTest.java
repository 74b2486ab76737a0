package dev.tryon.server;

import static dev.tryon.server.Person.isProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tryon.store.Custody;
import dev.tryon.store.NewFile;
import dev.tryon.store.Upload;
import dev.tryon.vision.PictureFormat;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExportTest {
    private static final String EXPORT = "/api/v1/me/export";
    private static final byte[] PNG = Pictures.gradient(40, 30, PictureFormat.PNG);

    private final TestServer server = new TestServer(Map.of("jobs.look-every", "PT0.02S"), new StudioEngine());
    private final Person ann = Person.guest(server);

    @AfterEach
    void stop() {
        server.close();
    }

    private static Map<String, byte[]> open(byte[] archive) throws IOException {
        var files = new LinkedHashMap<String, byte[]>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                assertThat(files.put(entry.getName(), zip.readAllBytes())).isNull();
            }
        }
        return files;
    }

    private static JsonObject json(Map<String, byte[]> files, String name) {
        assertThat(files).containsKey(name);
        try (var reader = Json.createReader(new ByteArrayInputStream(files.get(name)))) {
            return reader.readObject();
        }
    }

    /** Checks that the list comes last and names what is in the archive, nothing else. */
    private static void listsWhatIsThere(Map<String, byte[]> files) {
        assertThat(List.copyOf(files.keySet()).getLast()).isEqualTo("manifest.json");
        var listed = json(files, "manifest.json").getJsonArray("entries").stream()
                .map(entry -> entry.asJsonObject().getString("path"))
                .toList();
        assertThat(listed)
                .doesNotHaveDuplicates()
                .containsExactlyElementsOf(files.keySet().stream()
                        .filter(name -> !name.equals("manifest.json"))
                        .toList());
    }

    @Test
    void holdsEverythingOfItsAskerAsItWasKept() throws IOException {
        var upload = ann.upload(PNG, "person").json();
        var result = Holder.keep(server, ann.subject(), "square");
        var session = ann.session().json().getString("id");
        var job = ann.post("/api/v1/jobs", """
                        {"kind":"capture","engine":"studio","inputs":{"person":"%s"}}""".formatted(upload.getString("id")), "Prefer", "wait=30")
                .json();

        var answer = ann.get(EXPORT);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo("application/zip");
        assertThat(answer.header("content-disposition")).isEqualTo("attachment; filename=\"tryon-export.zip\"");
        var files = open(answer.response().body());
        listsWhatIsThere(files);
        var kept = "uploads/" + upload.getString("id");
        assertThat(files.get(kept + "/content.png")).isEqualTo(PNG);
        assertThat(json(files, kept + "/record.json")).isEqualTo(upload);
        assertThat(files.get("results/" + result.id() + "/image.jpg")).isEqualTo(Holder.IMAGE);
        assertThat(json(files, "results/" + result.id() + "/record.json")).isEqualTo(ResultJson.of(result));
        var made = "results/" + job.getString("resultId");
        assertThat(files.get(made + "/image.jpg"))
                .isEqualTo(
                        ann.get("/api/v1/" + made + "/files/image").response().body());
        assertThat(json(files, "sessions/" + session + ".json").getString("engine"))
                .isEqualTo("square");
        assertThat(json(files, "jobs/" + job.getString("id") + ".json").getString("status"))
                .isEqualTo("succeeded");
        assertThat(json(files, "manifest.json").getString("subject")).isEqualTo(ann.subject());
    }

    @Test
    void holdsNothingOfOthers() throws IOException {
        ann.upload(PNG, "person");
        Holder.keep(server, ann.subject(), "square");
        ann.session();

        var files = open(Person.guest(server).get(EXPORT).response().body());

        assertThat(files).containsOnlyKeys("manifest.json");
        listsWhatIsThere(files);
        isProblem(server.get(EXPORT), 401, "UNAUTHENTICATED");
    }

    @Test
    void goesPageAfterPage() throws IOException {
        for (int count = 0; count < 120; count++) {
            Holder.keep(server, ann.subject(), "square");
        }

        var files = open(ann.get(EXPORT).response().body());

        assertThat(files).hasSize(3 * 120 + 1);
        listsWhatIsThere(files);
    }

    @Test
    void leavesOutWhatGoesMeanwhile() throws IOException {
        var gone = ann.upload(PNG, "person").json().getString("id");
        server.clock.advance(Duration.ofSeconds(1));
        var noise = new byte[300_000];
        new Random(7).nextBytes(noise);
        var stays = keep(noise);
        var store = server.server.store();
        var out = new ByteArrayOutputStream() {
            @Override
            public synchronized void write(byte[] bytes, int offset, int length) {
                store.uploads().remove(UUID.fromString(gone), ann.subject());
                super.write(bytes, offset, length);
            }
        };

        Export.write(store, ann.subject(), server.clock.clocks().now(), out);

        var files = open(out.toByteArray());
        listsWhatIsThere(files);
        assertThat(files.get("uploads/" + stays + "/content.bin")).isEqualTo(noise);
        assertThat(files.keySet()).noneMatch(name -> name.contains(gone));
    }

    private UUID keep(byte[] content) {
        var draft = Custody.draft(
                UUID.randomUUID(), ann.subject(), server.clock.clocks().now(), Duration.ofDays(1));
        var file = new NewFile(Upload.CONTENT, "application/noise", ByteBuffer.wrap(content));
        return server.server
                .store()
                .uploads()
                .keep(new Upload(draft, "person", "application/noise", 1, 1, Optional.empty()), List.of(file))
                .id();
    }
}
