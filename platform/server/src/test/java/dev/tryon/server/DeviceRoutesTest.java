package dev.tryon.server;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceRoutesTest {
    private static final String DEVICES = "/api/v1/admin/devices";

    private final TestServer server = new TestServer(Map.of("live.workers", "2"));
    private final Person ann = Person.guest(server);
    private final Person admin = new Person(server, server.admin());

    @AfterEach
    void stop() {
        server.close();
    }

    private String serveAFrame() {
        var session = server.session(ann.token(), "{}", "frame");
        try (var client = LiveClient.greet(server, session, "{\"type\":\"hello\",\"codecs\":[\"jpeg\"]}")) {
            client.frame(1, Pictures.small());
            client.answer(1);
        }
        return session.getString("id");
    }

    @ParameterizedTest
    @ValueSource(strings = {DEVICES, DEVICES + "/trace"})
    void areForAdministrators(String path) {
        Person.isProblem(ann.get(path), 403, "FORBIDDEN");
        Person.isProblem(server.get(path), 401, "UNAUTHENTICATED");
    }

    @Test
    void tellHowTheDeviceIsShared() {
        serveAFrame();
        server.clock.advance(java.time.Duration.ofSeconds(1));

        var told = admin.get(DEVICES).json();

        var scheduler = told.getJsonObject("scheduler");
        assertThat(scheduler.getInt("slots")).isEqualTo(2);
        assertThat(scheduler.getInt("maxBatch")).isEqualTo(1);
        assertThat(scheduler.getJsonNumber("promisedFramesPerSecond").doubleValue())
                .isPositive();
        var engine = told.getJsonArray("engines").getValuesAs(JsonObject.class).stream()
                .filter(line -> line.getString("engine").equals("square"))
                .findFirst()
                .orElseThrow();
        assertThat(engine.getInt("frames")).isEqualTo(1);
        assertThat(engine.getJsonObject("groups").getInt("1")).isEqualTo(1);
        assertThat(engine.getJsonObject("services").getInt("live")).isEqualTo(1);
        assertThat(engine.getJsonArray("costs").getJsonObject(0).getInt("measured"))
                .isEqualTo(1);
    }

    @Test
    void tellHowPublishedNetworksStand() {
        var published = admin.get(DEVICES).json().getJsonArray("published").getValuesAs(JsonObject.class);

        assertThat(published).hasSize(10).allSatisfy(network -> {
            assertThat(network.getString("licence")).isEqualTo("Apache-2.0");
            assertThat(network.getBoolean("present")).isFalse();
            assertThat(network.getString("use")).isEqualTo("unused");
        });
    }

    @Test
    void tellWhatWasDecidedWithoutAWordAboutAnybody() {
        var session = serveAFrame();

        var answer = admin.get(DEVICES + "/trace");

        assertThat(answer.header("Content-Type")).isEqualTo("application/jsonl");
        var lines = answer.text().lines().map(DeviceRoutesTest::json).toList();
        assertThat(lines.stream().map(line -> line.getString("kind")).toList())
                .containsSubsequence(List.of("joined", "arrived", "serve", "served"));
        assertThat(answer.text()).doesNotContain(session, ann.subject());
    }

    private static JsonObject json(String line) {
        try (var reader = Json.createReader(new StringReader(line))) {
            return reader.readObject();
        }
    }

    @Test
    void showTheirFigures() {
        serveAFrame();

        var figures = server.get("/observe/metrics", "Accept", "text/plain").text();

        assertThat(figures)
                .contains(
                        "tryon_device_stress",
                        "tryon_promised_frames_per_second",
                        "tryon_queue_age_seconds",
                        "tryon_device_micros_total",
                        "tryon_group_frames_total",
                        "tryon_device_skipped_total",
                        "tryon_frame_cpu_micros_total");
    }
}
