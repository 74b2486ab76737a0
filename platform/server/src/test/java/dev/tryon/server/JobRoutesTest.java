package dev.tryon.server;

import static dev.tryon.server.TestServer.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tryon.server.TestServer.Answer;
import java.io.IOException;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JobRoutesTest {
    private static final String JOBS = "/api/v1/jobs";
    private static final String ADMIN = "/api/v1/admin/jobs";

    private final StudioEngine engine = new StudioEngine();
    private final TestServer server = new TestServer(
            Map.of("jobs.look-every", "PT0.02S", "jobs.streams", "1", "jobs.analysis-within", "PT1S"), engine);
    private final Person ann = Person.guest(server);

    @AfterEach
    void everythingIsGivenBack() {
        engine.gate.release(1000);
        server.close();
    }

    private String upload(String purpose) {
        var answer = ann.upload(Pictures.small(), purpose);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json().getString("id");
    }

    private String order(String kind, String input, String mood) {
        return """
                {"kind":"%s","engine":"studio","inputs":{"%s":"%s"},"look":{"options":{"mood":"%s"}}}""".formatted(kind, input, upload(input), mood);
    }

    private Answer ordered(String mood, String... headers) {
        return ann.post(JOBS, order("capture", "person", mood), headers);
    }

    @Test
    void takesAnOrderAndTellsHowItStands() {
        var order = order("capture", "person", "slow");

        var answer = ann.post(JOBS, order);

        assertThat(answer.status()).isEqualTo(202);
        var job = answer.json();
        assertThat(answer.header("Location")).isEqualTo(JOBS + "/" + job.getString("id"));
        assertThat(answer.header("Preference-Applied")).isEmpty();
        assertThat(job.getString("kind")).isEqualTo("capture");
        assertThat(job.getJsonObject("look").getJsonObject("options").getString("mood"))
                .isEqualTo("slow");
        assertThat(job.containsKey("resultId")).isFalse();
        engine.gate.release();
        until(() -> status(job.getString("id")).equals("succeeded"));
        var done = ann.get(JOBS + "/" + job.getString("id")).json();
        assertThat(done.getJsonNumber("progress").doubleValue()).isOne();
        assertThat(done.containsKey("resultId")).isTrue();
        assertThat(done.containsKey("person")).isFalse();
    }

    private String status(String id) {
        return ann.get(JOBS + "/" + id).json().getString("status");
    }

    @Test
    void waitsForAJobAsLongAsItsClientWould() {
        var done = ordered("calm", "Prefer", "wait=30");
        assertThat(done.status()).isEqualTo(200);
        assertThat(done.header("Preference-Applied")).isEqualTo("wait=30");
        assertThat(done.json().getString("status")).isEqualTo("succeeded");

        var waiting = ordered("slow", "Prefer", "wait=1");
        assertThat(waiting.status()).isEqualTo(202);
        assertThat(waiting.header("Preference-Applied")).isEqualTo("wait=1");
        assertThat(waiting.header("Location")).isNotEmpty();
    }

    @Test
    void makesOneJobOfARepeatedOrder() {
        var order = order("capture", "person", "calm");

        var first = ann.post(JOBS, order, "Idempotency-Key", "once", "Prefer", "wait=30");
        var second = ann.post(JOBS, order, "Idempotency-Key", "once", "Prefer", "wait=30");

        assertThat(second.json().getString("id")).isEqualTo(first.json().getString("id"));
        assertThat(engine.begun).hasValue(1);
    }

    @Test
    void letsNobodyWaitForAnotherWhoWaits() throws InterruptedException {
        var order = order("capture", "person", "slow");
        var patient =
                Thread.startVirtualThread(() -> ann.post(JOBS, order, "Idempotency-Key", "once", "Prefer", "wait=60"));
        until(() -> engine.begun.get() == 1);

        assertThat(ann.post(JOBS, order, "Idempotency-Key", "once").status()).isEqualTo(202);

        engine.gate.release();
        patient.join();
    }

    @Test
    void tellsWhyAJobFailed() {
        var job = ordered("blind", "Prefer", "wait=30").json();

        assertThat(job.getString("status")).isEqualTo("failed");
        assertThat(job.getJsonObject("problem").getString("code")).isEqualTo("HAND_NOT_DETECTED");
    }

    @Test
    void namesEverythingThatIsWrongWithAnOrder() {
        Person.isProblem(ann.post(JOBS, "{}"), 422, "VALIDATION_FAILED");
        assertThat(ann.post(JOBS, "{}").text()).contains("/kind", "/engine", "/inputs");
        assertThat(ann.post(JOBS, """
                        {"kind":"bake","engine":"studio","inputs":{}}""").text()).contains("/kind", "capture, scan, video");
        var wrong = ann.post(JOBS, """
                        {"kind":"capture","engine":"studio","inputs":{"person":"%s","hat":"x"},"look":{"options":{"mood":"odd"}}}""".formatted(upload("fabric")));
        assertThat(wrong.text()).contains("/inputs/person", "/inputs/hat", "/look/options/mood");
        assertThat(ann.post(JOBS, """
                        {"kind":"scan","engine":"square","inputs":{"fabric":"x"}}""").text()).contains("/engine", "cannot do jobs of the kind scan");
        assertThat(ann.post(JOBS, """
                        {"kind":"scan","engine":"nobody","inputs":{"fabric":"x"}}""").text()).contains("is not an engine of this server");
        assertThat(engine.begun).hasValue(0);
    }

    @Test
    void letsNobodyUseOrSeeWhatIsAnothers() {
        var job = ordered("calm", "Prefer", "wait=30").json().getString("id");
        var bob = Person.guest(server);

        Person.isProblem(bob.get(JOBS + "/" + job), 404, "NOT_FOUND");
        Person.isProblem(bob.delete(JOBS + "/" + job), 404, "NOT_FOUND");
        Person.isProblem(bob.get(JOBS + "/" + job + "/events"), 404, "NOT_FOUND");
        Person.isProblem(bob.post(JOBS, order("capture", "person", "calm")), 422, "VALIDATION_FAILED");
        assertThat(bob.get(JOBS).json().getJsonArray("items")).isEmpty();
        Person.isProblem(ann.get(JOBS + "/" + UUID.randomUUID()), 404, "NOT_FOUND");
        Person.isProblem(ann.get(JOBS + "/no-id"), 404, "NOT_FOUND");
    }

    @Test
    void listsJobsPageByPage() {
        for (int number = 0; number < 3; number++) {
            ordered("calm", "Prefer", "wait=30");
        }

        var first = ann.get(JOBS + "?limit=2").json();
        var second = ann.get(JOBS + "?limit=2&cursor=" + first.getString("nextCursor"))
                .json();

        assertThat(first.getJsonArray("items")).hasSize(2);
        assertThat(second.getJsonArray("items")).hasSize(1);
        assertThat(second.isNull("nextCursor")).isTrue();
        assertThat(ann.get(JOBS + "?status=failed").json().getJsonArray("items"))
                .isEmpty();
        Person.isProblem(ann.get(JOBS + "?limit=-1"), 422, "VALIDATION_FAILED");
        Person.isProblem(ann.get(JOBS + "?limit=1000000"), 422, "VALIDATION_FAILED");
        Person.isProblem(ann.get(JOBS + "?cursor=x"), 422, "VALIDATION_FAILED");
        Person.isProblem(ann.get(JOBS + "?status=odd"), 422, "VALIDATION_FAILED");
    }

    @Test
    void callsAJobOff() {
        var id = ordered("slow").json().getString("id");
        until(() -> engine.begun.get() == 1);

        assertThat(ann.delete(JOBS + "/" + id).status()).isEqualTo(204);

        assertThat(status(id)).isEqualTo("canceled");
        until(() -> engine.stopped.get() == 1);
        assertThat(ann.delete(JOBS + "/" + id).status()).isEqualTo(204);
    }

    @Test
    void tellsHowAJobComesAlongUntilItIsOver() throws Exception {
        var id = ordered("slow").json().getString("id");
        var stream =
                server.http.send(ann.request(JOBS + "/" + id + "/events").GET().build(), BodyHandlers.ofLines());
        assertThat(stream.headers().firstValue("Content-Type")).contains("text/event-stream");
        Person.isProblem(ann.get(JOBS + "/" + id + "/events"), 503, "SERVER_BUSY");

        engine.gate.release();
        var lines = stream.body().collect(Collectors.toList());

        assertThat(lines).contains("event: status");
        assertThat(lines.stream().filter(line -> line.startsWith("data: ")).reduce((_, last) -> last))
                .get()
                .asString()
                .contains("\"status\":\"succeeded\"");
        until(() -> ann.get(JOBS + "/" + id + "/events").status() == 200);
    }

    @Test
    void noticesThatAFollowerIsGone() throws IOException, InterruptedException {
        var id = ordered("slow").json().getString("id");
        var stream =
                server.http.send(ann.request(JOBS + "/" + id + "/events").GET().build(), BodyHandlers.ofInputStream());
        stream.body().read();
        stream.body().close();

        engine.gate.release();

        until(() -> status(id).equals("succeeded"));
        until(() -> ann.get(JOBS + "/" + id + "/events").status() == 200);
    }

    @Test
    void letsAdministratorsSeeAndSteerTheQueue() {
        Person.isProblem(ann.get(ADMIN), 403, "FORBIDDEN");
        Person.isProblem(ann.post(ADMIN + "/pause", ""), 403, "FORBIDDEN");
        var admin = new Person(server, server.admin());

        assertThat(admin.post(ADMIN + "/pause", "").json().getBoolean("paused")).isTrue();
        var id = ordered("blind", "Prefer", "wait=1").json().getString("id");
        assertThat(status(id)).isEqualTo("queued");
        assertThat(admin.post(ADMIN + "/resume", "").json().getBoolean("paused"))
                .isFalse();
        until(() -> status(id).equals("failed"));

        var listed = admin.get(ADMIN + "?status=failed").json().getJsonArray("items");
        assertThat(listed).hasSize(1);
        assertThat(listed.getJsonObject(0).getString("person")).startsWith("person-");
        assertThat(admin.post(ADMIN + "/" + id + "/retry", "").status()).isEqualTo(200);
        until(() -> engine.begun.get() == 2 && status(id).equals("failed"));
        assertThat(admin.delete(ADMIN + "/" + id).status()).isEqualTo(204);
        Person.isProblem(admin.delete(ADMIN + "/" + UUID.randomUUID()), 404, "NOT_FOUND");
        Person.isProblem(admin.post(ADMIN + "/" + UUID.randomUUID() + "/retry", ""), 404, "NOT_FOUND");
    }

    @Test
    void tellsWhatAPictureTells() {
        var order = """
                {"engine":"studio","inputs":{"person":"%s"}}""".formatted(upload("person"));

        var analysis = ann.post("/api/v1/analyses", order).json();

        assertThat(analysis.getJsonArray("facts").getJsonObject(0).getString("value"))
                .isEqualTo("oval");
        assertThat(analysis.getJsonArray("recommended").getString(0)).isEqualTo("bob");
        assertThat(ann.post("/api/v1/analyses", order.replace("studio", "square"))
                        .text())
                .contains("/engine", "analyses no pictures");
        assertThat(ann.post("/api/v1/analyses", "{}").text()).contains("/engine", "/inputs");
    }

    @Test
    void waitsForAnAnalysisOnlySoLong() {
        var order = """
                {"engine":"studio","inputs":{"person":"%s"}}""".formatted(upload("person"));
        engine.hangs.set(true);
        int before = engine.begun.get();

        var call = CompletableFuture.supplyAsync(() -> ann.post("/api/v1/analyses", order), Thread::startVirtualThread);
        until(() -> engine.begun.get() > before);
        server.clock.advance(Duration.ofSeconds(1));
        var late = call.join();

        Person.isProblem(late, 503, "PROCESSING_TIMEOUT");
        // Neither uploads nor other analyses wait for the engine that hangs.
        upload("person");
        engine.hangs.set(false);
        assertThat(ann.post("/api/v1/analyses", order).status()).isEqualTo(200);
        engine.gate.release();
        until(() -> server.server.framesInUse() == 0);
    }

    @Test
    void dressesAPictureWithAnEngineThatIsOnlyWornLive() {
        var order = """
                {"kind":"capture","engine":"square","inputs":{"person":"%s"}}""".formatted(upload("person"));

        var job = ann.post(JOBS, order, "Prefer", "wait=30").json();

        assertThat(job.getString("status")).isEqualTo("succeeded");
        assertThat(server.engine.open).hasValue(0);
    }
}
