package dev.tryon.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestLimitsTest {
    private final TestServer server = new TestServer(Map.of(
            "limits.page", "5/PT1H",
            "limits.page-uploads", "2/PT1H",
            "limits.address", "8/PT1H",
            "limits.address-uploads", "2/PT1H",
            "limits.guests", "3/PT1H"));

    @AfterEach
    void stop() {
        server.close();
    }

    private TestServer.Answer engines(String... headers) {
        return server.get("/api/v1/engines", headers);
    }

    @Test
    void tellsWhatIsLeftAndRefusesWithTheTimeToComeBack() {
        var bearer = "Bearer " + server.guest();
        var first = engines("Authorization", bearer);

        assertThat(first.header("RateLimit-Limit")).isEqualTo("5");
        assertThat(first.header("RateLimit-Remaining")).isEqualTo("4");
        assertThat(first.header("RateLimit-Reset")).isEqualTo("720");
        for (int i = 0; i < 4; i++) {
            assertThat(engines("Authorization", bearer).status()).isEqualTo(200);
        }
        var refused = engines("Authorization", bearer);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("content-type")).isEqualTo("application/problem+json");
        assertThat(refused.header("Retry-After")).isEqualTo("720");
        assertThat(refused.json().getString("code")).isEqualTo("RATE_LIMITED");
        assertThat(refused.json().getBoolean("recoverable")).isTrue();
        assertThat(refused.json().getInt("retryAfterMs")).isEqualTo(720_000);
        assertThat(server.get("/observe/metrics").text())
                .containsPattern("tryon_limited_total\\{limit=\"page\".*} 1\\.0");
        server.clock.advance(Duration.ofMinutes(12));
        assertThat(engines("Authorization", bearer).status()).isEqualTo(200);
    }

    @Test
    void countsWhoIsNotKnownByAddressWhateverTheySayTheyForward() {
        for (int i = 0; i < 8; i++) {
            assertThat(engines("X-Forwarded-For", "192.0.2." + i, "Authorization", "Bearer forged")
                            .status())
                    .isEqualTo(200);
        }

        assertThat(engines("X-Forwarded-For", "192.0.2.99").status()).isEqualTo(429);
        assertThat(server.get("/health").status()).isEqualTo(200);
        assertThat(server.get("/openapi").status()).isEqualTo(200);
    }

    @Test
    void makesSoManyGuestsFromOneAddress() {
        for (int i = 0; i < 3; i++) {
            assertThat(server.post("/api/v1/guests", "").status()).isEqualTo(201);
        }

        assertThat(server.post("/api/v1/guests", "").status()).isEqualTo(429);
    }

    @Test
    void makesNoMoreGuestsForWhoHasATokenAlready() {
        var bearer = "Bearer " + server.guest();
        assertThat(server.post("/api/v1/guests", "", "Authorization", bearer).status())
                .isEqualTo(201);
        assertThat(server.post("//api/v1/guests", "", "Authorization", bearer).status())
                .isEqualTo(201);

        assertThat(server.post("/api/v1/guests", "", "Authorization", bearer).status())
                .isEqualTo(429);
    }

    @Test
    void countsUploadsBesidesCalls() {
        var headers = new String[] {
            "Authorization", "Bearer " + server.guest(), "Content-Type", "multipart/form-data; boundary=x"
        };
        assertThat(server.post("/api/v1/uploads", "--x--", headers).status()).isEqualTo(422);
        assertThat(server.post("/api/v1/uploads", "--x--", headers).status()).isEqualTo(422);

        assertThat(server.post("/api/v1/uploads", "--x--", headers).status()).isEqualTo(429);
        assertThat(engines(headers[0], headers[1]).status()).isEqualTo(200);
    }

    @Test
    void countsUploadsOfNobodyKnownByAddressWhateverTheyCallThemselves() {
        var form = "multipart/form-data; boundary=x";
        var path = "/api/v1/uploads";
        assertThat(server.post(path, "--x--", "X-Client-Id", "a", "Content-Type", form)
                        .status())
                .isEqualTo(401);
        assertThat(server.post(path, "--x--", "Content-Type", form).status()).isEqualTo(401);

        assertThat(server.post(path, "--x--", "X-Client-Id", "b", "Content-Type", form)
                        .status())
                .isEqualTo(429);
    }

    @Test
    void showsAdministratorsTheLimitsAndFillsABucketAgain() {
        var guest = server.post("/api/v1/guests", "").json();
        var bearer = "Bearer " + guest.getString("token");
        var path = "/api/v1/admin/limits?subject=" + guest.getString("subject");
        for (int i = 0; i < 6; i++) {
            engines("Authorization", bearer);
        }
        for (int i = 0; i < 20; i++) {
            assertThat(engines("Authorization", "Bearer " + server.admin()).status())
                    .isEqualTo(200);
        }

        var told = server.get(path, "Authorization", "Bearer " + server.admin()).json();
        assertThat(told.getJsonArray("limits")).hasSize(7);
        assertThat(told.getJsonArray("tiers").getJsonObject(1).toString())
                .isEqualTo(
                        "{\"name\":\"premium\",\"videosPerMonth\":100,\"longestVideoSeconds\":10,\"quality\":\"high\"}");
        assertThat(told.getJsonArray("buckets").getJsonObject(0).getInt("remaining"))
                .isZero();
        assertThat(server.get(path, "Authorization", bearer).status()).isEqualTo(429);
        assertThat(server.delete(path, "Authorization", "Bearer " + server.admin())
                        .status())
                .isEqualTo(204);
        assertThat(server.get(path, "Authorization", bearer).status()).isEqualTo(403);
        assertThat(server.get(path).status()).isEqualTo(401);
        assertThat(server.get("/api/v1/admin/limits?subject=", "Authorization", "Bearer " + server.admin())
                        .status())
                .isEqualTo(400);
    }
}
