package dev.tryon.server;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DocumentsTest {
    private TestServer server;

    @BeforeAll
    void start(@TempDir Path page) throws IOException {
        Files.writeString(page.resolve("index.html"), "<!doctype html><title>mirror</title>");
        Files.createDirectory(page.resolve("assets"));
        Files.writeString(page.resolve("assets/main-1a2b3c.js"), "export {};");
        server = new TestServer(Map.of("web.root", page.toString()));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void describesEveryRouteAndNoOther() {
        var paths = server.get("/openapi.json").json().getJsonObject("paths");

        var described = paths.entrySet().stream()
                .flatMap(path -> path.getValue().asJsonObject().keySet().stream()
                        .filter(key -> Set.of("get", "post", "delete", "put").contains(key))
                        .map(method -> method.toUpperCase(Locale.ROOT) + " " + path.getKey()))
                .collect(Collectors.toSet());
        var served = server.server.routes().stream()
                .map(route -> route.method().text() + " " + route.path())
                .filter(route -> !route.contains("/docs/"))
                .collect(Collectors.toSet());
        assertThat(described).isEqualTo(served);
    }

    @Test
    void refersOnlyToWhatTheDocumentHolds() {
        var api = server.get("/openapi.json").json();

        assertThat(api.getString("openapi")).startsWith("3.1");
        references(api.toString()).forEach(reference -> assertThat(api.getValue(reference.substring(1)))
                .as(reference)
                .isInstanceOf(JsonObject.class));
        assertThat(server.get("/openapi").header("content-type")).isEqualTo("application/yaml");
    }

    private static Set<String> references(String json) {
        return Pattern.compile("\"\\$ref\":\"(#/[^\"]+)\"")
                .matcher(json)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet());
    }

    @Test
    void describesTheLiveProtocol() {
        var asyncApi = YamlDocument.toJson(server.get("/asyncapi").text());

        assertThat(asyncApi.getString("asyncapi")).isEqualTo("3.0.0");
        assertThat(asyncApi.getJsonObject("channels").getJsonObject("tryOn").getString("address"))
                .isEqualTo(LiveEndpoint.PATH);
        for (var reason : CloseReason.values()) {
            assertThat(asyncApi.toString()).as("close code %s", reason).contains(String.valueOf(reason.code()));
        }
        references(asyncApi.toString()).forEach(reference -> assertThat(asyncApi.getValue(reference.substring(1)))
                .as(reference)
                .isNotNull());
    }

    @Test
    void showsTheDocumentOnAPageWithoutOthersScripts() {
        var page = server.get("/docs");

        assertThat(page.header("content-type")).startsWith("text/html");
        assertThat(page.text()).contains("/docs/docs.js").doesNotContain("http://", "https://");
        assertThat(server.get("/docs/docs.js").text()).contains("/openapi.json");
        assertThat(server.get("/docs/docs.css").status()).isEqualTo(200);
    }

    @Test
    void servesThePageWithHeadersThatFitEachFile() {
        var index = server.get("/");
        var script = server.get("/assets/main-1a2b3c.js");

        assertThat(index.text()).contains("mirror");
        assertThat(index.header("cache-control")).isEqualTo("no-cache");
        assertThat(script.header("cache-control")).contains("immutable");
        assertThat(script.header("content-type")).contains("javascript");
        assertThat(server.get("/assets/gone.js").status()).isEqualTo(404);
        assertThat(server.get("/..%2f..%2fpom.xml").status()).isIn(400, 404);
    }

    @Test
    void tellsABrowserThatItHasThePageAlready() {
        var etag = server.get("/").header("etag");

        var again = server.get("/", "If-None-Match", etag);

        assertThat(again.status()).isEqualTo(304);
        assertThat(again.text()).isEmpty();
    }

    @Test
    void tellsHealthAndFigures() {
        for (var kind : new String[] {"live", "ready", "started"}) {
            assertThat(server.get("/observe/health/" + kind).status()).as(kind).isEqualTo(200);
        }
        var token = server.guest();
        var session = server.session(token, "{}", "frame");
        try (var client = LiveClient.greet(server, session, "{\"type\":\"hello\",\"codecs\":[\"jpeg\"]}")) {
            client.frame(1, Pictures.small());
            client.answer(1);
            client.binary(LiveClient.message(LiveClient.header(2, "jpeg", 64, 48), new byte[0]));
            client.answer(2);
            // What is counted after an answer is written is there when the next one has come.
            client.text("{\"type\":\"ping\",\"timestamp\":1}");
            client.await("pong");
            var metrics = server.get("/observe/metrics").text();
            assertThat(metrics)
                    .containsPattern("tryon_frames_received_total(\\{[^}]*})? 2\\.0")
                    .containsPattern("tryon_frames_served_total(\\{[^}]*})? 1\\.0")
                    .containsPattern("tryon_frames_failed_total\\{[^}]*code=\"INVALID_IMAGE\"[^}]*} 1\\.0")
                    .containsPattern("tryon_frame_stage_seconds_count\\{[^}]*stage=\"decode\"[^}]*} 1")
                    .containsPattern("tryon_frame_stage_seconds_bucket\\{[^}]*stage=\"total\"")
                    .containsPattern("tryon_sessions(\\{[^}]*})? 1\\.0")
                    .containsPattern("tryon_frames_in_use(\\{[^}]*})? 0\\.0");
        }
    }
}
