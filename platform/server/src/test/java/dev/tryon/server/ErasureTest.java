package dev.tryon.server;

import static dev.tryon.server.Person.isProblem;
import static dev.tryon.server.TestServer.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tryon.vision.PictureFormat;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ErasureTest {
    private static final byte[] PNG = Pictures.gradient(40, 30, PictureFormat.PNG);
    private static final String HELLO = "{\"type\":\"hello\",\"codecs\":[\"jpeg\"]}";

    private final TestServer server =
            new TestServer(Map.of("jobs.look-every", "PT0.02S", "limits.page-uploads", "5/PT1H"), new StudioEngine());
    private final Person ann = Person.guest(server);
    private final Person bob = Person.guest(server);
    private final Person admin = new Person(server, server.admin());

    @AfterEach
    void stop() {
        server.close();
    }

    /** Gives somebody one of everything, and a live connection. */
    private LiveClient settle(Person person) {
        var upload =
                person.upload(PNG, "person", "Idempotency-Key", "one").json().getString("id");
        person.upload(PNG, "reference");
        Holder.keep(server, person.subject(), "square");
        var job = person.post("/api/v1/jobs", """
                        {"kind":"capture","engine":"studio","inputs":{"person":"%s"}}""".formatted(upload), "Prefer", "wait=30");
        assertThat(job.json().getString("status")).isEqualTo("succeeded");
        var client = LiveClient.greet(server, server.session(person.token(), "{}", "overlay"), HELLO);
        client.frame(1, Pictures.small());
        client.answer(1);
        return client;
    }

    @Test
    void removesEverythingAndSaysWhatItWas() {
        bob.upload(PNG, "person");
        var subject = ann.subject();
        try (var client = settle(ann)) {
            assertThat(Remains.of(server.server.store(), subject)).hasSizeGreaterThan(6);

            var erased = ann.delete("/api/v1/me");

            assertThat(erased.status()).as(erased.text()).isEqualTo(200);
            assertThat(erased.json().getInt("uploads")).isEqualTo(2);
            assertThat(erased.json().getInt("results")).isEqualTo(2);
            assertThat(erased.json().getInt("sessions")).isOne();
            assertThat(erased.json().getInt("jobs")).isOne();
            assertThat(erased.json().getInt("bytes")).isGreaterThan(2 * PNG.length);
            assertThat(client.closeCode()).isEqualTo(CloseReason.ENDED.code());
        }
        until(() -> Remains.of(server.server.store(), subject).isEmpty());
        assertThat(Remains.files(server.server.store())).isOne();
        until(() -> server.engine.open.get() == 0);
        isProblem(ann.get("/api/v1/uploads"), 401, "UNAUTHENTICATED");
        isProblem(ann.delete("/api/v1/me"), 401, "UNAUTHENTICATED");
        assertThat(bob.get("/api/v1/uploads").json().getJsonArray("items")).hasSize(1);
    }

    @Test
    void isWrittenDownWithoutNamingAnybody() {
        ann.upload(PNG, "person");

        ann.delete("/api/v1/me");

        var audit = admin.get("/api/v1/admin/audit");
        var entries = audit.json().getJsonArray("items").getValuesAs(JsonObject.class);
        assertThat(entries)
                .extracting(each -> each.getString("action"))
                .containsExactlyInAnyOrder("person.erasing", "person.erased");
        var entry = entries.stream()
                .filter(each -> each.getString("action").equals("person.erased"))
                .findAny()
                .orElseThrow();
        assertThat(entry.getString("actor"))
                .isEqualTo(entry.getString("target"))
                .startsWith("person-");
        assertThat(entry.getString("detail")).contains("\"uploads\":1");
        assertThat(audit.text()).doesNotContain(ann.subject());
    }

    @Test
    void isDoneForSomebodyByAdministratorsAlone() {
        var subject = ann.subject();
        ann.upload(PNG, "person");
        isProblem(bob.delete("/api/v1/admin/users/" + subject), 403, "FORBIDDEN");

        var erased = admin.delete("/api/v1/admin/users/" + subject);

        assertThat(erased.json().getInt("uploads")).isOne();
        assertThat(Remains.of(server.server.store(), subject)).isEmpty();
        isProblem(ann.get("/api/v1/uploads"), 401, "UNAUTHENTICATED");
        var told = admin.get("/api/v1/admin/users/" + subject).json();
        assertThat(told.getBoolean("erased")).isTrue();
        assertThat(told.getJsonObject("uploads").getInt("count")).isZero();
        var entry =
                admin.get("/api/v1/admin/audit").json().getJsonArray("items").getJsonObject(0);
        assertThat(entry.getString("actor")).isNotEqualTo(entry.getString("target"));
    }

    @Test
    void letsSomebodyBeginAnewButNotAroundTheLimits() {
        var subject = ann.subject();
        for (int count = 0; count < 5; count++) {
            ann.upload(PNG, "person");
        }
        ann.delete("/api/v1/me");
        server.clock.advance(Duration.ofMinutes(10).plusSeconds(1));

        var anew = new Person(
                server,
                server.server
                        .access()
                        .tokens()
                        .issue(subject, Duration.ofHours(1))
                        .token());

        assertThat(anew.get("/api/v1/uploads").json().getJsonArray("items")).isEmpty();
        isProblem(anew.upload(PNG, "person"), 429, "RATE_LIMITED");
        server.clock.advance(Duration.ofMinutes(10));
        assertThat(anew.upload(PNG, "person").status()).isEqualTo(201);
    }
}
