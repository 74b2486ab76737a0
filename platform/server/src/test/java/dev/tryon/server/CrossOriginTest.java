package dev.tryon.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CrossOriginTest {
    private static TestServer.Answer ask(TestServer server, String origin) {
        return server.send(server.request(
                        "/api/v1/sessions",
                        "Origin",
                        origin,
                        "Access-Control-Request-Method",
                        "POST",
                        "Access-Control-Request-Headers",
                        "authorization,idempotency-key")
                .method("OPTIONS", BodyPublishers.noBody()));
    }

    @Test
    void letsPagesOfOriginsCallThatAreNamed() {
        try (var server = new TestServer(Map.of("server.allowed-origins", "https://shop.example"))) {
            var asked = ask(server, "https://shop.example");

            assertThat(asked.status()).isEqualTo(200);
            assertThat(asked.header("Access-Control-Allow-Origin")).isEqualTo("https://shop.example");
            assertThat(asked.header("Access-Control-Allow-Methods")).contains("POST");
            assertThat(asked.header("Access-Control-Allow-Credentials")).isEmpty();
            var told = server.get("/api/v1/engines", "Origin", "https://shop.example");
            assertThat(told.status()).isEqualTo(200);
            assertThat(told.header("Access-Control-Allow-Origin")).isEqualTo("https://shop.example");
            assertThat(told.header("Access-Control-Expose-Headers")).contains("Retry-After");
            assertThat(server.post(
                                    "/api/v1/guests",
                                    "",
                                    "Origin",
                                    server.uri("").toString())
                            .status())
                    .isEqualTo(201);
        }
    }

    @Test
    void letsThemReadThatTheyHaveCalledTooOften() {
        try (var server =
                new TestServer(Map.of("server.allowed-origins", "https://shop.example", "limits.address", "1/PT1H"))) {
            server.get("/api/v1/engines", "Origin", "https://shop.example");
            var refused = server.get("/api/v1/engines", "Origin", "https://shop.example");

            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.header("Access-Control-Allow-Origin")).isEqualTo("https://shop.example");
            assertThat(refused.header("Access-Control-Expose-Headers")).contains("Retry-After");
            assertThat(server.get("/api/v1/engines", "Origin", "https://evil.example")
                            .header("Access-Control-Allow-Origin"))
                    .isEmpty();
        }
    }

    @Test
    void letsNoOther() {
        try (var server = new TestServer(Map.of("server.allowed-origins", "https://shop.example"))) {
            var asked = ask(server, "https://evil.example");
            assertThat(asked.status()).isEqualTo(403);
            assertThat(asked.header("Access-Control-Allow-Origin")).isEmpty();
        }
        try (var server = new TestServer(Map.of())) {
            assertThat(ask(server, "https://evil.example").header("Access-Control-Allow-Origin"))
                    .isEmpty();
            assertThat(server.get("/api/v1/engines", "Origin", "https://evil.example")
                            .header("Access-Control-Allow-Origin"))
                    .isEmpty();
        }
    }
}
