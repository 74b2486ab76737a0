package dev.tryon.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tryon.store.Filter;
import dev.tryon.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessTest {
    private final FakeClock clock = new FakeClock();
    private final Ids ids = new Ids(clock.clocks().wall());
    private final Store store = Store.inMemory(clock.clocks().wall(), new Store.Limits("node", 1000, 1000));

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        store.close();
    }

    private Access open(Map<String, String> changes) {
        var overrides = new HashMap<>(Map.of("data-dir", folder.toString()));
        overrides.putAll(changes);
        var settings = Settings.load(Optional.empty(), Map.of(), overrides);
        var secrets = Secrets.open(settings.auth().key(), settings.dataDir());
        return Access.open(settings, secrets, store, ids, clock.clocks());
    }

    @Test
    void knowsGuestsAgainAfterARestart() {
        var token =
                open(Map.of()).tokens().issue("guest-1", Duration.ofHours(1)).token();

        assertThat(open(Map.of()).tokens().claims(token).map(TokenCheck.Claims::subject))
                .contains("guest-1");
        clock.advance(Duration.ofHours(1));
        assertThat(open(Map.of()).tokens().claims(token)).isEmpty();
    }

    @Test
    void keepsItsKeyFromEverybodyElse() throws Exception {
        open(Map.of());

        assertThat(folder.resolve("server.key")).hasSize(32);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("server.key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void takesAKeyThatNodesShare() {
        var key = Map.of("auth.key", "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=");
        var secret = open(key).secrets().derive("resume", "text");

        assertThat(folder.resolve("server.key")).doesNotExist();
        assertThat(open(key).secrets().derive("resume", "text")).isEqualTo(secret);
        assertThat(open(key).secrets().derive("other", "text")).isNotEqualTo(secret);
        assertThat(open(Map.of()).secrets().derive("resume", "text")).isNotEqualTo(secret);
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> open(Map.of("auth.key", "c2hvcnQ=")))
                .withMessageContaining("auth.key");
    }

    @Test
    void tellsTheAdministratorsTokenOnceAndKeepsItsHash() throws Exception {
        var first = open(Map.of()).freshAdminToken();

        assertThat(first).isPresent();
        assertThat(open(Map.of()).freshAdminToken()).isEmpty();
        assertThat(Files.readAllBytes(folder.resolve("admin-token.sha256"))).hasSize(32);
    }

    @Test
    void writesDownWhoDidWhatWithoutTellingOfPeople() {
        var audit = open(Map.of()).audit();
        audit.log(Identity.guest("ada"), "me.erased", audit.person("ada"), "2 uploads");

        var entries = store.audit().list(Filter.all(), Optional.empty(), 10);
        assertThat(entries).hasSize(1);
        assertThat(entries.getFirst().action()).isEqualTo("me.erased");
        assertThat(entries.getFirst().actor())
                .isEqualTo(entries.getFirst().target())
                .startsWith("person-");
        assertThat(entries.getFirst().toString()).doesNotContain("ada");
    }

    @Test
    void refusesTokensOfWhoWasErased() {
        try (var server = new TestServer(Map.of())) {
            var guest = server.post("/api/v1/guests", "").json();
            var bearer = "Bearer " + guest.getString("token");
            var path = "/api/v1/sessions/00000000-0000-7000-8000-000000000000";
            assertThat(server.get(path, "Authorization", bearer).status()).isEqualTo(404);
            server.server.store().announceErasure(guest.getString("subject"));

            assertThat(server.get(path, "Authorization", bearer).status()).isEqualTo(401);
        }
    }
}
