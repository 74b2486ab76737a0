package dev.tryon.server;

import static dev.tryon.server.Person.isProblem;
import static dev.tryon.server.TestServer.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tryon.store.Session;
import dev.tryon.store.Session.Status;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions live on one node and are ended by way of another. */
class SessionsElsewhereTest {
    private static final String HELLO = "{\"type\":\"hello\",\"codecs\":[\"jpeg\"]}";
    private static final Pattern PORT = Pattern.compile("(?m)^port = ([0-9]+)$");

    private static TestServer server(Map<String, String> changes) {
        var all = new HashMap<>(Map.of("sessions.look-every", "PT0.02S"));
        all.putAll(changes);
        return new TestServer(all);
    }

    private static LiveClient greet(Person person, JsonObject session) {
        return LiveClient.greet(person.server(), session, HELLO);
    }

    @Test
    void endWhenTheStoreSaysThatTheyAreOver() {
        try (var server = server(Map.of())) {
            var ann = Person.guest(server);
            var session = ann.session().json();
            var id = session.getString("id");
            try (var client = greet(ann, session)) {
                server.server
                        .store()
                        .sessions()
                        .update(
                                id,
                                live -> live.changed(
                                        Status.COMPLETED,
                                        live.look(),
                                        live.statistics(),
                                        live.updatedAt(),
                                        live.expiresAt()));

                assertThat(client.closeCode()).isEqualTo(CloseReason.ENDED.code());
            }
            until(() -> server.engine.open.get() == 0);
            assertThat(ann.get("/api/v1/sessions/" + id).json().getString("status"))
                    .isEqualTo("completed");
        }
    }

    @Test
    void endWhenTheirRecordsAreErased() {
        try (var server = server(Map.of())) {
            var ann = Person.guest(server);
            try (var client = greet(ann, ann.session().json())) {
                server.server.store().erase(ann.subject());

                assertThat(client.closeCode()).isEqualTo(CloseReason.ENDED.code());
            }
            until(() -> server.engine.open.get() == 0);
            until(() -> Remains.of(server.server.store(), ann.subject()).isEmpty());
        }
    }

    @Test
    void areEndedByTheirOwnerOrAnAdministrator() {
        try (var server = server(Map.of())) {
            var ann = Person.guest(server);
            var admin = new Person(server, server.admin());

            var first = "/api/v1/sessions/" + elsewhere(server, ann.subject());
            isProblem(Person.guest(server).delete(first), 404, "NOT_FOUND");
            assertThat(ann.delete(first).status()).isEqualTo(204);
            assertThat(ann.get(first).json().getString("status")).isEqualTo("completed");
            isProblem(ann.delete(first), 404, "NOT_FOUND");

            var second = elsewhere(server, ann.subject());
            assertThat(admin.delete("/api/v1/admin/sessions/" + second).status())
                    .isEqualTo(204);
            assertThat(ann.get("/api/v1/sessions/" + second).json().getString("status"))
                    .isEqualTo("completed");
        }
    }

    private static UUID elsewhere(TestServer server, String owner) {
        var now = server.clock.clocks().now();
        var session = new Session(
                UUID.randomUUID(),
                owner,
                "square",
                "another-node",
                Status.ACTIVE,
                JsonValue.EMPTY_JSON_OBJECT,
                JsonValue.EMPTY_JSON_OBJECT,
                now,
                now,
                now.plus(Duration.ofMinutes(30)),
                0);
        assertThat(server.server.store().sessions().insert(session)).isTrue();
        return session.id();
    }

    @Test
    @Tag("slow")
    void endWithinAMomentOnAnyOfTwoServers(@TempDir Path data) throws IOException {
        var key = Map.of("auth.key", "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=");
        var one = new HashMap<>(key);
        one.putAll(Map.of("store.url", "", "data-dir", data.resolve("one").toString()));
        try (var first = server(one)) {
            var two = new HashMap<>(key);
            two.putAll(databaseIn(data.resolve("one/postgres")));
            two.put("data-dir", data.resolve("two").toString());
            two.put("files.keys", data.resolve("one/keys/files.json").toString());
            try (var second = server(two)) {
                var ann = Person.guest(first);
                var session = ann.session().json();
                try (var ended = greet(ann, session);
                        var erased = greet(ann, ann.session().json())) {
                    var admin = new Person(second, second.admin());
                    assertThat(admin.delete("/api/v1/admin/sessions/" + session.getString("id"))
                                    .status())
                            .isEqualTo(204);
                    assertThat(ended.closeCode()).isEqualTo(CloseReason.ENDED.code());

                    assertThat(new Person(second, ann.token())
                                    .delete("/api/v1/me")
                                    .status())
                            .isEqualTo(200);
                    assertThat(erased.closeCode()).isEqualTo(CloseReason.ENDED.code());
                }
                until(() -> first.engine.open.get() == 0);
                isProblem(ann.get("/api/v1/sessions"), 401, "UNAUTHENTICATED");
                until(() -> Remains.of(second.server.store(), ann.subject()).isEmpty());
            }
        }
    }

    /** Returns the settings that lead another server to the database that a server has started for itself. */
    private static Map<String, String> databaseIn(Path folder) throws IOException {
        var port = PORT.matcher(Files.readString(folder.resolve("cluster/tryon.conf")));
        assertThat(port.find()).isTrue();
        return Map.of(
                "store.url",
                "jdbc:postgresql://127.0.0.1:" + port.group(1) + "/postgres",
                "store.user",
                "tryon",
                "store.password",
                Files.readString(folder.resolve("password")).strip());
    }
}
