package dev.tryon.server;

import static dev.tryon.server.TestServer.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tryon.server.TestServer.Answer;
import dev.tryon.spi.Frame;
import dev.tryon.vision.VideoCodec;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that share a real PostgreSQL and a folder of files. */
@Tag("slow")
class TwoServersTest {
    private static final String ADMIN = "the administrators' token of two servers";
    private static final int FRAMES = 25;

    private static TestPostgres postgres;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        postgres = new TestPostgres();
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    private ServerProcess server(String name, int frames) throws IOException {
        var own = Files.createDirectory(folder.resolve(name));
        var settings = own.resolve("settings.yaml");
        Files.writeString(settings, """
                server:
                  host: 127.0.0.1
                  port: 0
                data-dir: %s
                store:
                  url: "%s"
                  user: tryon
                  password: "%s"
                node:
                  name: %s
                auth:
                  admin-token: "%s"
                jobs:
                  heartbeat: PT0.5S
                # The test asks how the job stands far more often than a person would.
                limits:
                  page: 100000/PT1M
                """.formatted(postgres.files(), postgres.url(), postgres.password(), name, ADMIN));
        return ServerProcess.start(own, settings, frames);
    }

    @Test
    void finishOnceWhatOneOfThemWasKilledOver() throws Exception {
        try (var one = server("one", 5);
                var http = HttpClient.newHttpClient()) {
            var client = new Client(http, one.port(), "");
            client = client.with(client.post("/guests", "").getString("token"));
            var job = client.film(film());
            var id = job.getString("id");
            var first = client;
            until(() -> first.get("/jobs/" + id).getJsonNumber("progress").doubleValue() >= 0.2);
            try (var two = server("two", FRAMES)) {
                var heir = new Client(http, two.port(), client.token());
                assertThat(heir.get("/jobs/" + id).getString("status")).isEqualTo("running");

                one.kill();
                until(() -> heir.get("/jobs/" + id).getString("status").equals("succeeded"));

                var results = heir.get("/results").getJsonArray("items");
                assertThat(results).hasSize(1);
                var result = results.getJsonObject(0);
                assertThat(result.getJsonObject("metadata").getInt("frames")).isEqualTo(FRAMES);
                var file = "/results/" + result.getString("id") + "/files/video";
                try (var codec = new VideoCodec()) {
                    assertThat(codec.inspect(ByteBuffer.wrap(heir.bytes(file))).frames())
                            .isEqualTo(FRAMES);
                }
                var seen = new Client(http, two.port(), ADMIN)
                        .get("/admin/jobs?status=succeeded")
                        .getJsonArray("items");
                assertThat(seen.getValuesAs(JsonObject.class))
                        .filteredOn(item -> item.getString("id").equals(id))
                        .singleElement()
                        .satisfies(item -> assertThat(item.getInt("attempts")).isEqualTo(2));
            }
        }
    }

    /** Somebody who calls a server in another process. */
    private record Client(HttpClient http, int port, String token) {
        Client with(String newToken) {
            return new Client(http, port, newToken);
        }

        JsonObject get(String path) {
            return json(bytes(path));
        }

        byte[] bytes(String path) {
            return send(request(path).GET());
        }

        JsonObject post(String path, String body) {
            return json(send(
                    request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body))));
        }

        /** Uploads a film and has it dressed. @return the job */
        JsonObject film(byte[] film) {
            var upload = json(send(request("/uploads")
                    .header("Content-Type", "multipart/form-data; boundary=" + Person.BOUNDARY)
                    .POST(BodyPublishers.ofByteArray(Person.form(film, "video")))));
            return post("/jobs", """
                    {"kind":"video","engine":"square","inputs":{"video":"%s"},"look":{"options":{"mood":"slow"}}}""".formatted(upload.getString("id")));
        }

        private HttpRequest.Builder request(String path) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1" + path));
            return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
        }

        private byte[] send(HttpRequest.Builder request) {
            try {
                var answer = http.send(request.build(), BodyHandlers.ofByteArray());
                assertThat(answer.statusCode()).isBetween(200, 299);
                return answer.body();
            } catch (IOException failure) {
                throw new AssertionError(failure);
            } catch (InterruptedException failure) {
                Thread.currentThread().interrupt();
                throw new AssertionError(failure);
            }
        }

        private static JsonObject json(byte[] body) {
            try (var reader = Json.createReader(new StringReader(new String(body, StandardCharsets.UTF_8)))) {
                return reader.readObject();
            }
        }
    }

    @Test
    void countAgainstOneLimitWhatIsAskedOfEither() {
        try (var one = new TestServer(shared("three"));
                var two = new TestServer(shared("four"))) {
            var here = Person.guest(one);
            var there = new Person(two, here.token());
            for (int number = 0; number < 2; number++) {
                accepted(here.upload(Pictures.small(), "person"));
                accepted(there.upload(Pictures.small(), "person"));
            }

            Person.isProblem(here.upload(Pictures.small(), "person"), 429, "RATE_LIMITED");
            var refused = there.upload(Pictures.small(), "person");
            Person.isProblem(refused, 429, "RATE_LIMITED");
            assertThat(Long.parseLong(refused.header("Retry-After"))).isPositive();
            accepted(Person.guest(two).upload(Pictures.small(), "person"));
        }
    }

    @Test
    void countTheFilmsOfAMonthTogether() {
        try (var one = new TestServer(shared("three"));
                var two = new TestServer(shared("four"))) {
            var here = Person.guest(one);
            var there = new Person(two, here.token());
            var upload = here.upload(film(), "video").json().getString("id");
            var order = """
                    {"kind":"video","engine":"square","inputs":{"video":"%s"}}""".formatted(upload);

            assertThat(here.post("/api/v1/jobs", order, "Prefer", "wait=30").status())
                    .isEqualTo(200);

            Person.isProblem(there.post("/api/v1/jobs", order), 429, "RATE_LIMITED");
        }
    }

    @Test
    void shutOneOutThatHasKeysOfItsOwn() throws IOException {
        var keys = postgres.files().resolve("keys/files.json").toString();
        var stranger = new HashMap<>(shared("stranger"));
        stranger.put(
                "data-dir", Files.createDirectory(folder.resolve("stranger")).toString());
        try (var _ = new TestServer(shared("host"))) {
            assertThatThrownBy(() -> new TestServer(stranger))
                    .isInstanceOf(SettingsException.class)
                    .hasMessageContaining("sealed with other keys");
            stranger.put("files.keys", keys);
            assertThatThrownBy(() -> new TestServer(stranger))
                    .isInstanceOf(SettingsException.class)
                    .hasMessageContaining("auth.key");
        }
    }

    private static void accepted(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    }

    private static Map<String, String> shared(String node) {
        return Map.of(
                "data-dir", postgres.files().toString(),
                "node.name", node,
                "store.url", postgres.url(),
                "store.user", "tryon",
                "store.password", postgres.password(),
                "limits.guests", "1000000/PT1S",
                "limits.address", "1000000/PT1S",
                "limits.page-uploads", "4/PT1H",
                "tiers.free.videos-per-month", "1");
    }

    private static byte[] film() {
        try (var codec = new VideoCodec();
                var writer = codec.writer(64, 64, 25, 90);
                var frame = Frame.allocate(64, 64)) {
            for (int number = 0; number < FRAMES; number++) {
                writer.write(frame, Duration.ofMillis(40L * number));
            }
            var buffer = writer.finish();
            var bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            return bytes;
        }
    }
}
