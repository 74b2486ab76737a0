package dev.tryon.server;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TryOnServerTest {
    private TestServer server;

    @BeforeAll
    void start() {
        server = new TestServer(Map.of());
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void tellsThatItIsUp() {
        var answer = server.get("/health");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().getString("status")).isEqualTo("up");
        assertThat(answer.text()).doesNotContain("\n");
    }

    @Test
    void listsEnginesWithTheSchemaOfTheirOptions() {
        var engine = server.get("/api/v1/engines").json().getJsonArray("items").getJsonObject(0);

        assertThat(engine.getString("id")).isEqualTo("square");
        assertThat(engine.getString("state")).isEqualTo("ready");
        assertThat(engine.getJsonArray("capabilities").getValuesAs(JsonString::getString))
                .contains("live");
        var opacity =
                engine.getJsonObject("options").getJsonObject("properties").getJsonObject("opacity");
        assertThat(opacity.getString("type")).isEqualTo("number");
        assertThat(opacity.getInt("maximum")).isEqualTo(1);
        assertThat(server.get("/api/v1/engines/square").json()).isEqualTo(engine);
    }

    @Test
    void listsTheCatalogue() {
        var list = server.get("/api/v1/engines/square/catalog").json();

        assertThat(list.getJsonArray("items")).hasSize(2);
        assertThat(list.get("nextCursor")).isEqualTo(JsonValue.NULL);
        assertThat(server.get("/api/v1/engines/square/catalog/mint").json().getString("title"))
                .isEqualTo("Mint");
        assertThat(server.get("/api/v1/engines/square/catalog/plaid").status()).isEqualTo(404);
        assertThat(server.get("/api/v1/engines/hats/catalog").status()).isEqualTo(404);
    }

    @Test
    void answersWhatIsNotThereWithAProblem() {
        for (var path : new String[] {"/nowhere", "/api/v1/hats", "/api/v1/engines/hats"}) {
            var answer = server.get(path);
            assertThat(answer.status()).as(path).isEqualTo(404);
            assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
            assertThat(answer.json().getString("code")).isEqualTo("NOT_FOUND");
        }
    }

    @Test
    void answersAnotherMethodWith405AndTheMethodsThereAre() {
        var answer = server.delete("/api/v1/guests");

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("allow")).isEqualTo("POST");
        assertThat(answer.json().getString("code")).isEqualTo("METHOD_NOT_ALLOWED");
    }

    @Test
    void sendsHeadersThatKeepThePageToItself() {
        var answer = server.get("/health");

        assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
        assertThat(answer.header("referrer-policy")).isEqualTo("no-referrer");
        assertThat(answer.header("permissions-policy")).contains("camera=(self)");
        assertThat(answer.header("content-security-policy")).contains("default-src 'self'");
    }
}
