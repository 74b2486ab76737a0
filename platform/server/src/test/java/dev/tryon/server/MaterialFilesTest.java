package dev.tryon.server;

import static dev.tryon.server.Person.isProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tryon.server.TestServer.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaterialFilesTest {
    private static final String ITEM = "/api/v1/engines/weave/catalog/plain";

    @TempDir
    private Path dataDir;

    private WeaveEngine weave = new WeaveEngine();
    private TestServer server;

    @BeforeEach
    void start() {
        server = new TestServer(Map.of("data-dir", dataDir.toString()), weave);
    }

    @AfterEach
    void stop() {
        weave.gate.release(100);
        server.close();
    }

    private void startAgain() {
        server.close();
        weave = new WeaveEngine();
        start();
    }

    private String address() {
        return server.get(ITEM).json().getJsonObject("material").getString("address");
    }

    private Answer get(String file, String... headers) {
        return server.get(address() + "/" + file, headers);
    }

    @Test
    void tellsOfAMaterialWithoutMakingIt() {
        assertThat(server.get("/api/v1/engines/weave").json().getJsonArray("capabilities"))
                .extracting(Object::toString)
                .containsExactly("\"scan\"", "\"material\"");
        var listed = server.get("/api/v1/engines/weave/catalog")
                .json()
                .getJsonArray("items")
                .getJsonObject(0);

        var material = listed.getJsonObject("material");

        assertThat(listed).isEqualTo(server.get(ITEM).json());
        assertThat(material.getString("address")).isEqualTo(ITEM + "/materials/" + material.getString("version"));
        assertThat(material.getString("class")).isEqualTo("woven");
        assertThat(material.getJsonArray("sizes")).hasToString("[16,32]");
        assertThat(material.getInt("widthMillimetres")).isEqualTo(36);
        assertThat(material.getInt("heightMillimetres")).isEqualTo(30);
        assertThat(material.getJsonNumber("relief").doubleValue()).isEqualTo(0.03);
        assertThat(material.getJsonNumber("roughness").doubleValue()).isEqualTo(0.71);
        assertThat(material.getString("sheenColor")).isEqualTo("#010203");
        assertThat(material.getJsonObject("maps").getString("basecolor")).isEqualTo("basecolor.jpg");
        assertThat(weave.made).hasValue(0);
    }

    @Test
    void saysNothingOfMaterialsWhereAnEngineMakesNone() {
        assertThat(server.get("/api/v1/engines/square/catalog").text()).doesNotContain("material");
        isProblem(server.get("/api/v1/engines/square/catalog/mint/materials/0/16/archive.zip"), 404, "NOT_FOUND");
    }

    @Test
    void servesTheFilesOfAMaterialToBeKeptForGood() throws IOException {
        var archive = get("16/archive.zip");
        var gltf = get("16/material.gltf");
        var picture = get("16/basecolor.jpg");

        assertThat(archive.header("content-type")).isEqualTo("application/zip");
        try (var zip =
                new ZipInputStream(new ByteArrayInputStream(archive.response().body()))) {
            assertThat(zip.getNextEntry().getName()).isEqualTo("basecolor.jpg");
        }
        assertThat(gltf.header("content-type")).isEqualTo("model/gltf+json");
        assertThat(gltf.text()).isEqualTo("plain of 16");
        assertThat(picture.header("content-type")).isEqualTo("image/jpeg");
        assertThat(picture.response().body()).isEqualTo(Pictures.small());
        for (var answer : new Answer[] {archive, gltf, picture}) {
            assertThat(answer.header("cache-control")).isEqualTo("public, max-age=31536000, immutable");
            assertThat(answer.header("etag")).matches("\"[0-9a-f]{32}(-[0-9a-f]{8})?\"");
            assertThat(answer.header("content-length"))
                    .isEqualTo(String.valueOf(answer.response().body().length));
        }
        assertThat(get("32/material.gltf").text()).isEqualTo("plain of 32");
        assertThat(get("32/material.gltf").header("etag")).isNotEqualTo(gltf.header("etag"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"16/archive.zip", "16/basecolor.jpg", "thumbnail.jpg"})
    void sendsRangesAndNothingThatABrowserHas(String file) {
        var whole = get(file);

        assertThat(get(file, "If-None-Match", whole.header("etag")).status()).isEqualTo(304);
        var part = get(file, "Range", "bytes=3-6");
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.response().body())
                .containsExactly(Arrays.copyOfRange(whole.response().body(), 3, 7));
        isProblem(get(file, "Range", "bytes=99999999-"), 416, "RANGE_NOT_SATISFIABLE");
        var head = Person.guest(server).head(address() + "/" + file);
        assertThat(head.header("content-length")).isEqualTo(whole.header("content-length"));
        assertThat(head.header("etag")).isEqualTo(whole.header("etag"));
    }

    @Test
    void showsAThumbnailOf320PixelsAtMost() {
        var answer = get("thumbnail.jpg");

        assertThat(answer.header("content-type")).isEqualTo("image/jpeg");
        try (var frame = Pictures.decode(ByteBuffer.wrap(answer.response().body()))) {
            assertThat(frame.width()).isEqualTo(64);
        }
        assertThat(server.server.framesInUse()).isZero();
    }

    @Test
    void answersForWhatThereIsNot() {
        for (var file : new String[] {
            "64/archive.zip", "016/archive.zip", "16/none.png", "16/..%2fapplication.yaml", "16/", "16"
        }) {
            assertThat(get(file).status()).as(file).isEqualTo(404);
        }
        isProblem(get("64/archive.zip"), 404, "NOT_FOUND");
        isProblem(get("16/none.png"), 404, "NOT_FOUND");
        for (var version : new String[] {"0123456789abcdef", "..%2f..", "019aa0de-0000-7000-8000-000000000000"}) {
            isProblem(server.get(ITEM + "/materials/" + version + "/16/archive.zip"), 404, "NOT_FOUND");
            isProblem(server.get(ITEM + "/materials/" + version + "/thumbnail.jpg"), 404, "NOT_FOUND");
        }
        isProblem(server.get(address().replace("/plain/", "/velvet/") + "/16/archive.zip"), 404, "NOT_FOUND");
    }

    @Test
    void makesAFileOnceHoweverManyAskForIt() throws Exception {
        weave.waits.set(true);
        var address = address();
        var answers = new ArrayList<Future<Answer>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int asker = 0; asker < 20; asker++) {
                answers.add(threads.submit(() -> server.get(address + "/16/material.gltf")));
            }
            TestServer.until(() -> weave.made.get() == 1);
            // Whatever else is served is not held up.
            assertThat(server.get("/health").status()).isEqualTo(200);
            weave.gate.release();
            for (var answer : answers) {
                assertThat(answer.get().text()).isEqualTo("plain of 16");
            }
        }
        assertThat(weave.made).hasValue(1);
    }

    @Test
    void keepsWhatItMadeOverARestart() {
        var address = address();
        var tag = get("16/archive.zip").header("etag");

        startAgain();

        assertThat(address()).isEqualTo(address);
        assertThat(get("16/archive.zip").header("etag")).isEqualTo(tag);
        assertThat(weave.made).hasValue(0);
    }

    @Test
    void makesBrokenFilesAnew() throws IOException {
        var whole = get("16/archive.zip").response().body();
        Path file;
        try (var files = Files.list(cache())) {
            file = files.findFirst().orElseThrow();
        }
        var broken = Files.readAllBytes(file);
        broken[broken.length / 2] ^= 1;
        Files.write(file, broken);
        Files.writeString(cache().resolve("weave,plain,0,16.part"), "half");

        startAgain();

        assertThat(get("16/material.gltf").text()).isEqualTo("plain of 16");
        assertThat(weave.made).hasValue(1);
        assertThat(get("16/archive.zip").response().body()).hasSameSizeAs(whole);
        try (var files = Files.list(cache())) {
            assertThat(files).hasSize(1);
        }
    }

    private Path cache() {
        return dataDir.resolve("cache/materials");
    }

    @Test
    void servesNothingOfAnItemThatAdministratorsHid() {
        var address = address();
        get("16/archive.zip");

        new Person(server, server.admin()).delete(ITEM);

        isProblem(server.get(address + "/16/archive.zip"), 404, "NOT_FOUND");
    }

    @Test
    void keepsNothingThatIsForgottenWhileItIsMade() {
        weave.waits.set(true);
        var address = address();
        var asked = CompletableFuture.supplyAsync(
                () -> server.get(address + "/16/archive.zip"), Thread::startVirtualThread);
        TestServer.until(() -> weave.made.get() == 1);

        new Person(server, server.admin()).delete(ITEM);
        weave.gate.release();

        isProblem(asked.join(), 404, "NOT_FOUND");
        assertThat(cache()).isEmptyDirectory();
    }
}
