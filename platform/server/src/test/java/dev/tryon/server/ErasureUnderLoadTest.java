package dev.tryon.server;

import static dev.tryon.server.TestServer.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tryon.server.TestServer.Answer;
import dev.tryon.vision.PictureFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody is erased while many of their requests are under way. */
class ErasureUnderLoadTest {
    private static final byte[] PNG = Pictures.gradient(40, 30, PictureFormat.PNG);
    private static final String HELLO = "{\"type\":\"hello\",\"codecs\":[\"jpeg\"]}";
    private static final int BUSY = 60;

    private final AtomicBoolean running = new AtomicBoolean(true);
    private final CountDownLatch underWay = new CountDownLatch(BUSY);

    @Test
    void leavesNothingInMemory() throws Exception {
        leavesNothing(Map.of());
    }

    @Test
    @Tag("slow")
    void leavesNothingInADatabaseAndInAFolder(@TempDir Path data) throws Exception {
        leavesNothing(Map.of("store.url", "", "data-dir", data.toString()));

        try (var files = Files.walk(data.resolve("files"))) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(1);
        }
    }

    private void leavesNothing(Map<String, String> changes) throws Exception {
        var all = new HashMap<>(Map.of(
                "limits.page", "100000/PT1M",
                "limits.page-uploads", "100000/PT1M",
                "jobs.look-every", "PT0.02S",
                "jobs.per-owner", "1000"));
        all.putAll(changes);
        try (var server = new TestServer(all, new StudioEngine());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Person.guest(server).upload(PNG, "person");
            var ann = Person.guest(server);
            var subject = ann.subject();
            var begun = new ArrayList<Future<?>>();
            for (int count = 0; count < 3; count++) {
                begun.add(threads.submit(() -> repeat(() -> ann.upload(PNG, "person"))));
                begun.add(threads.submit(() -> repeat(() -> order(ann))));
            }
            begun.add(threads.submit(() -> repeat(ann::session)));
            begun.add(threads.submit(() -> capture(ann)));
            assertThat(underWay.await(60, TimeUnit.SECONDS)).isTrue();

            var erased = ann.delete("/api/v1/me");

            assertThat(erased.status()).as(erased.text()).isEqualTo(200);
            assertThat(erased.json().getInt("uploads")).isPositive();
            for (var one : begun) {
                one.get();
            }
            until(() -> Remains.of(server.server.store(), subject).isEmpty());
            until(() -> Remains.files(server.server.store()) == 1);
            until(() -> server.engine.open.get() == 0);
            until(() -> server.server.framesInUse() == 0);
            assertThat(Remains.of(server.server.store(), subject)).isEmpty();
        } finally {
            running.set(false);
        }
    }

    /** Sends something again and again until the token is good for nothing any more. */
    private void repeat(Supplier<Answer> request) {
        var over = false;
        while (!over && running.get()) {
            var status = request.get().status();
            over = status == 401;
            assertThat(status).isNotEqualTo(500);
            underWay.countDown();
        }
    }

    private static Answer order(Person person) {
        var upload = person.upload(PNG, "person");
        return upload.status() == 201
                ? person.post("/api/v1/jobs", """
                        {"kind":"capture","engine":"studio","inputs":{"person":"%s"}}""".formatted(upload.json().getString("id")))
                : upload;
    }

    private void capture(Person person) {
        var session = person.session();
        if (session.status() != 201) {
            return;
        }
        try (var client = LiveClient.greet(person.server(), session.json(), HELLO)) {
            client.frame(1, Pictures.small());
            client.answer(1);
            for (int count = 0; count < BUSY && running.get(); count++) {
                client.text("{\"type\":\"capture\",\"requestId\":\"tap-" + count + "\"}");
                client.next();
            }
        } catch (RuntimeException | AssertionError over) {
            // The erasure ends the session, whatever is under way.
            assertThat(over.toString()).doesNotContain("INTERNAL");
        }
    }
}
