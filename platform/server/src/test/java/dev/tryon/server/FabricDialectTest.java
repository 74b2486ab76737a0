package dev.tryon.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tryon.server.TestServer.Answer;
import dev.tryon.store.Filter;
import dev.tryon.vision.PictureFormat;
import jakarta.json.JsonArray;
import jakarta.json.JsonString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FabricDialectTest {
    private static final String SCAN = "/api/fabric/scan";

    @TempDir
    private Path dataDir;

    private TestServer server;

    @BeforeEach
    void start() {
        server = new TestServer(
                Map.of(
                        "data-dir", dataDir.toString(),
                        "uploads.max-bytes", "20000",
                        "limits.address-uploads", "40/PT1H",
                        "server.allowed-origins", "https://shop.example"),
                new WeaveEngine("fabric"));
    }

    @AfterEach
    void stop() {
        server.close();
        assertThat(server.server.framesInUse()).isZero();
    }

    /** Sends a form of parts, each a name and what is in it. */
    private Answer scan(Map<String, byte[]> parts, String... headers) {
        var body = new ByteArrayOutputStream();
        parts.forEach((name, content) -> {
            body.writeBytes(("--" + Person.BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name
                            + "\"; filename=\"photo.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            body.writeBytes(content);
            body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        });
        body.writeBytes(("--" + Person.BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return server.send(server.request(SCAN, headers)
                .header("Content-Type", "multipart/form-data; boundary=" + Person.BOUNDARY)
                .POST(BodyPublishers.ofByteArray(body.toByteArray())));
    }

    private static Map<String, byte[]> photo(String options) {
        return Map.of("file", Pictures.small(), "options", options.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonArray details(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(422);
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        return answer.json().getJsonArray("detail");
    }

    @Test
    void tellsTheCatalogueWithTheAddressesOfItsTextures() {
        var answer = server.get("/api/fabric/catalog");

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().getInt("total")).isEqualTo(1);
        var fabric = answer.json().getJsonArray("fabrics").getJsonObject(0);
        assertThat(fabric.getString("id")).isEqualTo("plain");
        assertThat(fabric.getString("name")).isEqualTo("Plain");
        assertThat(fabric.getString("class")).isEqualTo("woven");
        assertThat(fabric.getJsonArray("tags")).hasToString("[\"linen\"]");
        assertThat(fabric.getJsonNumber("roughness").doubleValue()).isEqualTo(0.71);
        assertThat(fabric.getInt("metalness")).isZero();
        assertThat(fabric.getInt("width_mm")).isEqualTo(36);
        assertThat(fabric.getInt("height_mm")).isEqualTo(30);
        assertThat(fabric.getString("sheen_color")).isEqualTo("#010203");
        fabric.getJsonObject("textures").values().forEach(address -> assertThat(
                        server.get(((JsonString) address).getString()).header("content-type"))
                .isEqualTo("image/jpeg"));
        assertThat(server.get(fabric.getString("thumbnail")).status()).isEqualTo(200);
        assertThat(server.get(fabric.getString("model")).text()).isEqualTo("plain of 32");
    }

    @Test
    void scansAPhotoAtOnceAndKeepsNothing() {
        var answer = scan(Map.of("file", Pictures.small()));

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.header("cache-control")).isEqualTo("no-store");
        var json = answer.json();
        assertThat(json.getInt("size")).isEqualTo(32);
        assertThat(json.getString("class")).isEqualTo("denim");
        assertThat(json.getInt("width_mm")).isEqualTo(50);
        assertThat(json.getJsonObject("properties").getInt("widthMillimetres")).isEqualTo(50);
        var textures = json.getJsonObject("textures");
        assertThat(textures.getString("basecolor")).startsWith("data:image/jpeg;base64,");
        var normal = textures.getString("normal").split(",", 2);
        assertThat(normal[0]).isEqualTo("data:image/png;base64");
        try (var frame = Pictures.decode(ByteBuffer.wrap(Base64.getDecoder().decode(normal[1])))) {
            assertThat(Pictures.pixel(frame, 3, 3)).isEqualTo(0xC80000);
        }
        var store = server.server.store();
        assertThat(store.uploads().list(Filter.all(), Optional.empty(), 10)).isEmpty();
        assertThat(store.results().list(Filter.all(), Optional.empty(), 10)).isEmpty();
        assertThat(store.jobs().list(Filter.all(), Optional.empty(), 10)).isEmpty();
    }

    @Test
    void saysWhatIsWrongAsFastApiDoes() {
        assertThat(details(scan(Map.of("photo", Pictures.small()))))
                .hasToString("[{\"loc\":[\"body\",\"photo\"],\"msg\":\"is not known\",\"type\":\"value_error\"},"
                        + "{\"loc\":[\"body\",\"file\"],\"msg\":\"is required\",\"type\":\"value_error\"}]");
        assertThat(details(scan(photo("{\"mood\":\"wild\",\"shine\":1}"))).toString())
                .contains("[\"body\",\"options\",\"mood\"]", "[\"body\",\"options\",\"shine\"]");
        assertThat(details(scan(photo("{\"size\":\"2048\"}"))).toString())
                .contains("[\"body\",\"options\",\"size\"]", "must be 1024 at most here");
        assertThat(details(scan(photo("[1]"))).toString()).contains("must be a JSON object");
        assertThat(details(scan(photo("{\"item\":\"plain\"}"))).toString()).contains("[\"body\",\"options\",\"item\"]");
    }

    @Test
    void answersEachFailureWithItsStatusAndASentence() {
        isDetail(scan(photo("{\"mood\":\"blind\"}")), 422, "No cloth is in the picture.");
        isDetail(scan(Map.of("file", new byte[] {1, 2, 3})), 422, "");
        isDetail(scan(Map.of("file", new byte[20_001])), 413, "20000 bytes at most");
        isDetail(server.post(SCAN, "{}", "Content-Type", "application/json"), 415, "multipart/form-data");
        isDetail(server.get(SCAN), 405, "");
        isDetail(server.get("/api/fabric/catalogue"), 404, "");
    }

    @Test
    void refusesPhotosThatAreNotWhatTheyAreCalledOrSomethingElseToo() {
        var archive = new ByteArrayOutputStream();
        archive.writeBytes(Pictures.gradient(40, 30, PictureFormat.JPEG));
        archive.writeBytes("PK\5\6".getBytes(StandardCharsets.ISO_8859_1));
        archive.writeBytes(new byte[18]);

        isDetail(scan(Map.of("file", archive.toByteArray())), 422, "more than a picture");
        isDetail(scan(Map.of("file", Pictures.gradient(40, 30, PictureFormat.PNG))), 422, "image/png");
    }

    private static void isDetail(Answer answer, int status, String part) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        assertThat(answer.json()).containsOnlyKeys("detail");
        assertThat(answer.json().getString("detail")).contains(part).doesNotContain("secret");
    }

    @Test
    void refusesAPhotoBeforeItIsReadWhileOthersFillItsMemoryAndLeavesThatOfUploadsAlone() throws IOException {
        var head = "POST " + SCAN + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9000\r\n"
                + "Content-Type: multipart/form-data; boundary=x\r\n\r\n--x\r\n";
        var port = server.server.port();
        try (var first = new Socket(InetAddress.getLoopbackAddress(), port);
                var second = new Socket(InetAddress.getLoopbackAddress(), port)) {
            first.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            second.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));

            TestServer.until(() -> scan(Map.of("file", Pictures.small())).status() == 503);

            var person = Person.guest(server);
            assertThat(person.upload(Pictures.small(), "fabric").status()).isEqualTo(201);
        }
        TestServer.until(() -> scan(Map.of("file", Pictures.small())).status() == 200);
    }

    @Test
    void countsPhotosOfOneAddress() {
        for (int count = 0; count < 40; count++) {
            assertThat(scan(Map.of("file", Pictures.small())).status()).isEqualTo(200);
        }

        var refused = scan(Map.of("file", Pictures.small()));

        isDetail(refused, 429, "Retry-After");
        assertThat(refused.header("retry-after")).isNotEmpty();
        assertThat(server.get("/api/fabric/catalog").status()).isEqualTo(200);
    }

    @Test
    void countsPhotosOfOneAddressWhateverTheyCallThemselves() {
        for (int count = 0; count < 20; count++) {
            var bearer = "Bearer " + server.guest();
            assertThat(scan(Map.of("file", Pictures.small()), "X-Client-Id", "no" + count)
                            .status())
                    .isEqualTo(200);
            assertThat(scan(Map.of("file", Pictures.small()), "Authorization", bearer)
                            .status())
                    .isEqualTo(200);
        }

        isDetail(scan(Map.of("file", Pictures.small()), "X-Client-Id", "anything"), 429, "Retry-After");
        isDetail(
                scan(Map.of("file", Pictures.small()), "Authorization", "Bearer " + server.guest()),
                429,
                "Retry-After");
    }

    @Test
    void letsPagesOfAllowedOriginsCallIt() {
        var origin = "https://shop.example";

        assertThat(scan(Map.of("file", Pictures.small()), "Origin", origin).header("access-control-allow-origin"))
                .isEqualTo(origin);
        assertThat(server.get("/api/fabric/catalog", "Origin", "https://other.example")
                        .header("access-control-allow-origin"))
                .isEmpty();
    }
}
