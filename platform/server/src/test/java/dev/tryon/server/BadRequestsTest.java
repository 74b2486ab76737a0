package dev.tryon.server;

import static dev.tryon.server.Person.isProblem;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a request whatever it is for. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadRequestsTest {
    private TestServer server;
    private Person ann;

    @BeforeAll
    void start() {
        server = new TestServer(Map.of());
        ann = Person.guest(server);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void refusesJsonThatIsNestedTooDeep() {
        var bomb = "{\"engine\":" + "[".repeat(30_000) + "]".repeat(30_000) + "}";

        isProblem(ann.post("/api/v1/sessions", bomb), 400, "MALFORMED_REQUEST");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"engine\":\"square\",\"engine\":\"square\"}",
                "{\"engine\":\"square\",\"look\":{\"item\":\"mint\",\"item\":\"cherry\"}}",
                "{\"engine\":\"square\"} trailing",
                "{\"engine\":\"square\"}{}",
                "{\"engine\":NaN}",
                "{engine:1}",
                "null"
            })
    void refusesWhatIsNoProperJson(String body) {
        isProblem(ann.post("/api/v1/sessions", body), 400, "MALFORMED_REQUEST");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/jsonx", "application/xml", "text/plain", "application/x-www-form-urlencoded", "json"
            })
    void refusesABodyThatIsNotCalledJson(String mediaType) {
        var answer = server.send(ann.request("/api/v1/sessions", "Content-Type", mediaType)
                .POST(BodyPublishers.ofString("{\"engine\":\"square\"}")));

        isProblem(answer, 415, "UNSUPPORTED_MEDIA_TYPE");
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, /api/v1/uploads, 'GET, HEAD, POST'",
        "DELETE, /api/v1/uploads, 'GET, HEAD, POST'",
        "POST, /api/v1/me/export, 'GET, HEAD'",
        "GET, /api/v1/me, DELETE",
        "PATCH, /api/v1/results/x, 'DELETE, GET, HEAD'",
        "POST, /api/v1/admin/audit, 'GET, HEAD'"
    })
    void tellsWhatMethodsThereAre(String method, String path, String allowed) {
        var answer = server.send(ann.request(path).method(method, BodyPublishers.noBody()));

        isProblem(answer, 405, "METHOD_NOT_ALLOWED");
        assertThat(answer.header("allow")).isEqualTo(allowed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/uploads", "/api/v1/results", "/api/v1/engines", "/api/v1/results/none", "/health"})
    void answersHeadAsGetWithoutABody(String path) {
        var head = ann.head(path);

        var get = ann.get(path);
        assertThat(head.status()).isEqualTo(get.status());
        assertThat(head.response().body()).isEmpty();
        assertThat(head.header("content-type")).isEqualTo(get.header("content-type"));
        assertThat(head.header("content-length")).isEqualTo(get.header("content-length"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/uploads/..%2f..%2fetc%2fpasswd",
                "/api/v1/uploads/%2e%2e",
                "/api/v1/uploads/..%5c..%5cserver.key/content",
                "/api/v1/results/%2e%2e%2f%2e%2e/files/image",
                "/api/v1/results/%00",
                "/api/v1/jobs/..%2f..%2fserver.key",
                "/api/v1/sessions/%ff%fe",
                "/api/v1/engines/..%2fsquare/catalog",
                "/api/v1/engines/square/catalog/..%2f..%2fserver.key",
                "/%2e%2e/%2e%2e/etc/passwd"
            })
    void leadsNowhereByAPathThatGoesUp(String path) {
        var answer = ann.get(path);

        assertThat(answer.status()).isIn(400, 404);
        assertThat(answer.text()).doesNotContain("root:", "Exception", "dev.tryon", "java.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"uploads", "results", "sessions", "jobs"})
    void refusesPagesOfAnImpossibleSize(String list) {
        for (var limit :
                new String[] {"0", "-1", "101", "2147483648", "-99999999999999999999", "1e3", "0x10", "%00", ""}) {
            isProblem(ann.get("/api/v1/" + list + "?limit=" + limit), 422, "VALIDATION_FAILED");
        }
        isProblem(ann.get("/api/v1/" + list + "?cursor=" + "A".repeat(500)), 422, "VALIDATION_FAILED");
        assertThat(ann.get("/api/v1/" + list + "?limit=100").status()).isEqualTo(200);
    }
}
