package dev.tryon.server;

import static dev.tryon.server.TestServer.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tryon.server.TestServer.Answer;
import dev.tryon.spi.Frame;
import dev.tryon.store.Custody;
import dev.tryon.store.Filter;
import dev.tryon.store.NewFile;
import dev.tryon.store.Upload;
import dev.tryon.vision.Pixels;
import dev.tryon.vision.VideoCodec;
import jakarta.json.JsonObject;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.opencv.core.Core;

class VideoJobsTest {
    private static final String JOBS = "/api/v1/jobs";
    private static final int FRAMES = 25;

    private final VideoCodec codec = new VideoCodec();
    private TestServer server = new TestServer(settings("standard"));
    private Person ann = Person.guest(server);

    private static Map<String, String> settings(String quality) {
        return Map.of(
                "jobs.look-every", "PT0.02S",
                "jobs.drain-within", "PT0.05S",
                "tiers.free.videos-per-month", "1",
                "tiers.free.quality", quality);
    }

    @AfterEach
    void everythingIsGivenBack() {
        stop();
        assertThat(codec.framesInUse()).isZero();
        codec.close();
    }

    private void stop() {
        server.engine.gate.release(1000);
        until(() -> server.server.framesInUse() == 0 && server.engine.open.get() == 0);
        server.close();
    }

    @Test
    void makesAFilmOfAsManyFramesAndItsThumbnail() {
        var job = ordered("calm", "Prefer", "wait=30").json();

        assertThat(job.getString("status")).as(job.toString()).isEqualTo("succeeded");
        var result = ann.get("/api/v1/results/" + job.getString("resultId")).json();
        assertThat(result.getString("kind")).isEqualTo("video");
        assertThat(result.getJsonObject("metadata").getInt("frames")).isEqualTo(FRAMES);
        assertThat(result.getJsonObject("metadata").getInt("dressed")).isEqualTo(FRAMES);
        var video = file(result, "video");
        assertThat(video.header("Content-Type")).isEqualTo("video/mp4");
        var info = codec.inspect(bytes(video));
        assertThat(info.frames()).isEqualTo(FRAMES);
        assertThat(info.duration()).isCloseTo(Duration.ofSeconds(1), Duration.ofMillis(1));
        try (var reader = codec.open(bytes(video));
                var first = reader.next().orElseThrow()) {
            assertThat(Pixels.mat(first).get(16, 16)[2]).as("the engine's red").isCloseTo(200, within(25.0));
        }
        assertThat(file(result, "thumbnail").header("Content-Type")).isEqualTo("image/jpeg");
    }

    private Answer file(JsonObject result, String name) {
        return ann.get("/api/v1/results/" + result.getString("id") + "/files/" + name);
    }

    private static ByteBuffer bytes(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return ByteBuffer.wrap(answer.response().body());
    }

    @Test
    void stopsInTheMidstOfAFilmThatIsCalledOff() {
        server.engine.gate.release(3);
        var id = ordered("slow").json().getString("id");
        until(() -> server.engine.applied.get() == 4);

        assertThat(ann.delete(JOBS + "/" + id).status()).isEqualTo(204);
        until(() -> server.server.store().tasks().find(id).isEmpty());
        server.engine.gate.release(1000);

        until(() -> server.engine.open.get() == 0);
        assertThat(server.engine.applied).hasValue(4);
        assertThat(ann.get(JOBS + "/" + id).json().getString("status")).isEqualTo("canceled");
        assertThat(ann.get("/api/v1/results").json().getJsonArray("items")).isEmpty();
    }

    @Test
    void refusesMoreFilmsThanATierHasInAMonth() {
        assertThat(ordered("calm", "Prefer", "wait=30").json().getString("status"))
                .isEqualTo("succeeded");

        var refused = ordered("calm");

        Person.isProblem(refused, 429, "RATE_LIMITED");
        var july = Duration.ofDays(29).plusHours(12).toSeconds();
        assertThat(Long.parseLong(refused.header("Retry-After"))).isBetween(july - 2, july);
        server.clock.advance(Duration.ofSeconds(july));
        assertThat(ordered("calm").status()).isEqualTo(202);
    }

    @Test
    void remembersFilmsWhenTheirOwnerIsErased() {
        ordered("calm", "Prefer", "wait=30");
        server.clock.advance(Duration.ofSeconds(1));
        var subject = ann.subject();

        var film = server.server
                .jobs()
                .list(Filter.of(subject), Optional.empty(), 1)
                .getFirst();

        quota(1).carry(subject);
        quota(1).carry(subject);
        server.server.store().erase(subject);
        server.clock.advance(Duration.ofMinutes(11));

        var id = UUID.randomUUID();
        assertThatThrownBy(() -> quota(1).order(Identity.guest(subject), id, () -> film))
                .isInstanceOf(Refusal.class);
        assertThat(quota(2).order(Identity.guest(subject), id, () -> film)).isEqualTo(film);
    }

    private VideoQuota quota(int films) {
        var settings =
                Settings.load(Optional.empty(), Map.of(), Map.of("tiers.free.videos-per-month", String.valueOf(films)));
        return new VideoQuota(
                settings.tiers(),
                server.server.jobs(),
                server.server.store().marks(),
                server.server.access().secrets(),
                server.clock.clocks().wall());
    }

    @Test
    void takesNoMoreThanATierHasHoweverManyAreOrderedAtOnce() throws Exception {
        var upload = ann.upload(film(), "video").json().getString("id");
        var answers = new ArrayList<Future<Answer>>();
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int number = 0; number < 10; number++) {
                answers.add(clients.submit(() -> order(upload, "slow")));
            }
        }

        var statuses = new ArrayList<Integer>();
        for (var answer : answers) {
            statuses.add(answer.get().status());
        }
        assertThat(statuses).containsOnlyOnce(202).isSubsetOf(202, 429, 503);
        Person.isProblem(order(upload, "slow"), 429, "RATE_LIMITED");
    }

    @Test
    void countsNoFilmsThatFailed() {
        assertThat(ordered("blind", "Prefer", "wait=30").json().getString("status"))
                .isEqualTo("failed");

        assertThat(ordered("calm").status()).isEqualTo(202);
    }

    @Test
    void refusesAFilmThatIsTooLongForItsOwnerByNow() {
        var film = film();
        var draft = new Upload(
                Custody.draft(
                        UUID.randomUUID(), ann.subject(), server.clock.clocks().now(), Duration.ofDays(1)),
                "video",
                "video/mp4",
                64,
                64,
                Optional.of(new Upload.Film(Duration.ofSeconds(6), 150)));
        var file = new NewFile(Upload.CONTENT, "video/mp4", ByteBuffer.wrap(film));
        var upload = server.server.store().uploads().keep(draft, List.of(file));

        Person.isProblem(order(upload.id().toString(), "calm"), 422, "VIDEO_TOO_LONG");
    }

    @Test
    void makesBetterFilmsForBetterTiers() {
        var standard = sizeOfAFilm();
        stop();
        server = new TestServer(settings("high"));
        ann = Person.guest(server);
        var high = sizeOfAFilm();
        stop();
        server = new TestServer(settings("ultra"));
        ann = Person.guest(server);

        assertThat(standard).isLessThan(high);
        assertThat(high).isLessThan(sizeOfAFilm());
    }

    private int sizeOfAFilm() {
        var job = ordered("calm", "Prefer", "wait=30").json();
        var result = ann.get("/api/v1/results/" + job.getString("resultId")).json();
        return file(result, "video").response().body().length;
    }

    private Answer ordered(String mood, String... headers) {
        var upload = ann.upload(film(), "video");
        assertThat(upload.status()).as(upload.text()).isEqualTo(201);
        return order(upload.json().getString("id"), mood, headers);
    }

    private Answer order(String upload, String mood, String... headers) {
        return ann.post(JOBS, """
                {"kind":"video","engine":"square","inputs":{"video":"%s"},"look":{"options":{"mood":"%s"}}}""".formatted(upload, mood), headers);
    }

    /** A second of noise, which shows what an encoder leaves out. */
    private byte[] film() {
        try (var writer = codec.writer(64, 64, 25, 92);
                var frame = Frame.allocate(64, 64)) {
            Core.setRNGSeed(7);
            for (int number = 0; number < FRAMES; number++) {
                Core.randu(Pixels.mat(frame), 0, 256);
                writer.write(frame, Duration.ofMillis(40L * number));
            }
            var buffer = writer.finish();
            var bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            return bytes;
        }
    }
}
