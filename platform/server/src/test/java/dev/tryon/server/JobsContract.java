package dev.tryon.server;

import static dev.tryon.server.TestServer.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tryon.compute.WorkClass;
import dev.tryon.store.Custody;
import dev.tryon.store.Entry;
import dev.tryon.store.Filter;
import dev.tryon.store.Job;
import dev.tryon.store.NewFile;
import dev.tryon.store.Records;
import dev.tryon.store.Result;
import dev.tryon.store.Store;
import dev.tryon.store.StoredFile;
import dev.tryon.store.Task;
import dev.tryon.store.Upload;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the queue promises, whatever database its nodes share. */
abstract class JobsContract {
    private static final Duration LONG = Duration.ofSeconds(10);

    private final FakeClock time = new FakeClock();
    private final Ids ids = new Ids(time.clocks().wall());
    /** Another one in each test: a database outlives it. */
    private final String ann = "ann-" + UUID.randomUUID();

    private final List<Store> stores = new ArrayList<>();
    private final List<JobsNode> nodes = new ArrayList<>();
    private Store store;

    /** Opens what the nodes share; each has a name and connections of its own, where there are any. */
    abstract Store open(InstantSource clock, Store.Limits limits);

    @BeforeEach
    void openOne() {
        store = opened();
    }

    private Store opened() {
        var opened = open(time.clocks().wall(), new Store.Limits("node-" + stores.size(), 1 << 24, 1 << 24));
        stores.add(opened);
        return opened;
    }

    private JobsNode node() {
        return node(JobsNode.SETTINGS);
    }

    private JobsNode node(ServerSettings.Jobs settings) {
        var node = new JobsNode(opened(), time.clocks(), settings);
        nodes.add(node);
        return node;
    }

    @AfterEach
    void everythingIsGivenBack() {
        for (var node : nodes) {
            node.engine.gate.release(1000);
            node.close();
            until(() -> node.codec.framesInUse() == 0);
        }
        store.marks().clear("jobs-paused");
        clear(store.tasks());
        clear(store.jobs());
        stores.forEach(Store::close);
    }

    private static <T extends Entry<T>> void clear(Records<T> records) {
        records.list(Filter.all(), Optional.empty(), 1000).forEach(entry -> records.remove(entry.key()));
    }

    private UUID upload(String purpose) {
        var draft = new Upload(
                Custody.draft(ids.next(), ann, time.clocks().now(), Duration.ofDays(1)),
                purpose,
                "image/jpeg",
                64,
                48,
                Optional.empty());
        var file = new NewFile(Upload.CONTENT, "image/jpeg", ByteBuffer.wrap(Pictures.small()));
        return store.uploads().keep(draft, List.of(file)).id();
    }

    private static JsonObject mood(String mood) {
        return Json.createObjectBuilder()
                .add("options", Json.createObjectBuilder().add("mood", mood))
                .build();
    }

    private Jobs.Order order(JobKind kind, String mood) {
        return new Jobs.Order(
                ids.next(),
                ann,
                kind,
                "studio",
                Map.of(kind.input(), upload(kind.input())),
                mood(mood),
                Tiers.Quality.STANDARD);
    }

    private Job done(JobsNode node, Job job) {
        return node.jobs.await(job.id(), LONG).orElseThrow();
    }

    private List<Result> results() {
        return store.results().list(Filter.of(ann), Optional.empty(), 100);
    }

    @Test
    void decodesDressesAndEncodesACaptureInStepsOfTheirOwn() {
        var node = node();

        done(node, node.jobs.submit(order(JobKind.CAPTURE, "calm")));

        until(() -> node.device.snapshot().engines().stream()
                .anyMatch(engine -> Objects.equals(engine.services().get(WorkClass.CAPTURE), 3L)));
    }

    @Test
    void keepsWhatACaptureMakes() {
        var node = node();

        var job = done(node, node.jobs.submit(order(JobKind.CAPTURE, "calm")));

        assertThat(job.standing()).isEqualTo(Job.Status.SUCCEEDED);
        assertThat(job.attempts()).isOne();
        assertThat(results()).singleElement().satisfies(result -> {
            assertThat(result.id()).isEqualTo(job.result());
            assertThat(result.job()).contains(job.id());
            assertThat(result.confidence()).contains(0.8);
            assertThat(result.files()).extracting(StoredFile::name).containsExactly("image", "thumbnail");
        });
        until(() -> store.tasks().find(job.key()).isEmpty());
    }

    @Test
    void keepsTheNamedPicturesAndPropertiesOfAScan() {
        var node = node();

        var job = done(node, node.jobs.submit(order(JobKind.SCAN, "calm")));

        assertThat(job.standing()).isEqualTo(Job.Status.SUCCEEDED);
        assertThat(results()).singleElement().satisfies(result -> {
            assertThat(result.files()).extracting(StoredFile::name).containsExactly("basecolor", "normal", "thumbnail");
            assertThat(result.metadata().getJsonObject("properties").getString("class"))
                    .isEqualTo("denim");
        });
    }

    @Test
    void takesTheSameOrderOnce() {
        var node = node();
        var order = order(JobKind.CAPTURE, "calm");

        var first = done(node, node.jobs.submit(order));
        var second = node.jobs.submit(order);

        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.standing()).isEqualTo(Job.Status.SUCCEEDED);
        assertThat(node.engine.begun).hasValue(1);
    }

    @Test
    void failsAtOnceWhenThePictureIsOfNoUse() {
        var node = node();

        var job = done(node, node.jobs.submit(order(JobKind.CAPTURE, "blind")));

        assertThat(job.standing()).isEqualTo(Job.Status.FAILED);
        assertThat(job.attempts()).isOne();
        assertThat(job.problem().orElseThrow().getString("code")).isEqualTo("HAND_NOT_DETECTED");
        assertThat(job.problem().orElseThrow().getString("suggestion")).isEqualTo("Hold your hand up.");
        assertThat(results()).isEmpty();
    }

    @Test
    void failsAtOnceWhenThePictureIsGone() {
        var node = node();
        node.jobs.pause();
        var order = order(JobKind.CAPTURE, "calm");
        var job = node.jobs.submit(order);
        order.inputs().values().forEach(upload -> store.uploads().remove(upload, ann));

        node.jobs.resume();

        var problem = done(node, job).problem().orElseThrow();
        assertThat(problem.getString("code")).isEqualTo("VALIDATION_FAILED");
        assertThat(problem.toString()).contains("/inputs/person");
    }

    @Test
    void triesAgainAfterPausesThatDouble() {
        var node = node();
        node.engine.failures.set(2);
        var job = node.jobs.submit(order(JobKind.CAPTURE, "shaky"));

        var begun = time.clocks().now();
        until(() -> isWaiting(job, 1));
        assertThat(task(job).dueAt()).isEqualTo(begun.plusSeconds(2));
        time.advance(Duration.ofSeconds(2));
        until(() -> isWaiting(job, 2));
        assertThat(task(job).dueAt()).isEqualTo(begun.plusSeconds(2 + 4));
        time.advance(Duration.ofSeconds(4));

        var then = done(node, job);
        assertThat(then.standing()).isEqualTo(Job.Status.SUCCEEDED);
        assertThat(then.attempts()).isEqualTo(3);
        assertThat(results()).hasSize(1);
    }

    private Task task(Job job) {
        return store.tasks().find(job.key()).orElseThrow();
    }

    private boolean isWaiting(Job job, int failures) {
        return task(job).worker().isEmpty() && task(job).failures() == failures;
    }

    @Test
    void givesUpAfterAsManyAttemptsAsAreSet() {
        var node = node(JobsNode.settings(1, 2, Duration.ofMinutes(10)));
        node.engine.failures.set(100);
        var job = node.jobs.submit(order(JobKind.CAPTURE, "shaky"));

        until(() -> isWaiting(job, 1));
        time.advance(Duration.ofSeconds(2));

        var then = done(node, job);
        assertThat(then.standing()).isEqualTo(Job.Status.FAILED);
        assertThat(then.attempts()).isEqualTo(2);
        assertThat(then.problem().orElseThrow().getString("code")).isEqualTo("MODEL_ERROR");
        assertThat(then.problem().orElseThrow().toString()).doesNotContain("secret");
        until(() -> store.tasks().find(job.key()).isEmpty());
    }

    @Test
    void beginsAnewWhatAnAdministratorTriesAgain() {
        var node = node();
        var job = done(node, node.jobs.submit(order(JobKind.CAPTURE, "blind")));
        until(() -> store.tasks().find(job.key()).isEmpty());

        var again = node.jobs.retry(job.id()).orElseThrow();

        assertThat(again.problem()).isEmpty();
        until(() -> node.engine.begun.get() == 2);
        assertThat(done(node, job).standing()).isEqualTo(Job.Status.FAILED);
    }

    @Test
    void stopsOnOneNodeWhatIsCalledOffOnAnother() {
        var worker = node();
        var job = worker.jobs.submit(order(JobKind.CAPTURE, "slow"));
        until(() -> worker.engine.begun.get() == 1);
        var other = node();

        assertThat(other.jobs.cancel(job.id(), ann)).isTrue();

        until(() -> worker.engine.stopped.get() == 1);
        assertThat(done(other, job).standing()).isEqualTo(Job.Status.CANCELED);
        until(() -> store.tasks().find(job.key()).isEmpty());
        assertThat(results()).isEmpty();
    }

    @Test
    void neverBeginsWhatWasCalledOffInTime() {
        var node = node();
        node.jobs.pause();
        var job = node.jobs.submit(order(JobKind.CAPTURE, "calm"));

        assertThat(node.jobs.cancel(job.id(), "somebody else")).isFalse();
        assertThat(node.jobs.cancel(job.id(), ann)).isTrue();
        node.jobs.resume();

        var last = done(node, node.jobs.submit(order(JobKind.CAPTURE, "calm")));
        assertThat(last.standing()).isEqualTo(Job.Status.SUCCEEDED);
        assertThat(node.engine.begun).hasValue(1);
    }

    @Test
    void callsOffAllThatASubjectHas() {
        var node = node();
        node.jobs.pause();
        var first = node.jobs.submit(order(JobKind.CAPTURE, "calm"));
        var second = node.jobs.submit(order(JobKind.SCAN, "calm"));

        node.jobs.cancelAll(ann);

        assertThat(List.of(done(node, first), done(node, second)))
                .extracting(Job::standing)
                .containsOnly(Job.Status.CANCELED);
        assertThat(store.tasks().totals(Filter.all()).entries()).isZero();
    }

    @Test
    void letsNothingThatTakesLongHoldUpACapture() {
        var node = node();
        for (int number = 0; number < 5; number++) {
            node.jobs.submit(order(JobKind.SCAN, "slow"));
        }
        until(() -> node.engine.begun.get() == 1);

        var capture = done(node, node.jobs.submit(order(JobKind.CAPTURE, "calm")));

        assertThat(capture.standing()).isEqualTo(Job.Status.SUCCEEDED);
        assertThat(node.engine.begun).hasValue(2);
    }

    @Test
    void takesNothingOnAnyNodeWhileTheQueueIsPaused() {
        var first = node();
        var second = node();
        first.jobs.pause();
        var job = first.jobs.submit(order(JobKind.CAPTURE, "calm"));

        var then = second.jobs.await(job.id(), Duration.ofMillis(300)).orElseThrow();
        assertThat(then.standing()).isEqualTo(Job.Status.QUEUED);
        assertThat(second.jobs.isPaused()).isTrue();

        second.jobs.resume();
        assertThat(done(first, job).standing()).isEqualTo(Job.Status.SUCCEEDED);
    }

    @Test
    void handsBackWhatANodeHasNotFinishedWhenItStops() {
        var leaving = node();
        var job = leaving.jobs.submit(order(JobKind.CAPTURE, "slow"));
        until(() -> leaving.engine.begun.get() == 1);
        leaving.jobs.close();

        assertThat(task(job).worker()).isEmpty();
        assertThat(store.jobs().find(job.key()).orElseThrow().standing()).isEqualTo(Job.Status.QUEUED);
        var staying = node();
        staying.engine.gate.release();

        assertThat(done(staying, job).standing()).isEqualTo(Job.Status.SUCCEEDED);
        assertThat(results()).hasSize(1);
    }

    @Test
    void takesOverFromANodeThatGivesNoSignOfLife() {
        var order = order(JobKind.CAPTURE, "calm");
        var sleeper = node();
        sleeper.jobs.pause();
        var job = sleeper.jobs.submit(order);
        store.jobs().update(job.key(), found -> found.begun(time.clocks().now()));
        store.tasks()
                .update(
                        job.key(),
                        found -> found.taken(
                                "a node that was killed", time.clocks().now()));
        sleeper.jobs.resume();
        var heartbeat = Duration.ofMillis(50);
        var heir = node(JobsNode.settings(1, 3, heartbeat));

        assertThat(heir.jobs
                        .await(job.id(), Duration.ofMillis(300))
                        .orElseThrow()
                        .standing())
                .isEqualTo(Job.Status.RUNNING);
        time.advance(heartbeat.multipliedBy(5));

        var then = done(heir, job);
        assertThat(then.standing()).isEqualTo(Job.Status.SUCCEEDED);
        assertThat(then.attempts()).isEqualTo(2);
        assertThat(results()).hasSize(1);
    }

    @Test
    void endsAJobThatKillsItsWorkers() {
        var node = node(JobsNode.settings(1, 2, Duration.ofMinutes(10)));
        node.jobs.pause();
        var job = node.jobs.submit(order(JobKind.CAPTURE, "calm"));
        store.tasks().update(job.key(), found -> found.released(2, time.clocks().now()));

        node.jobs.resume();

        var then = done(node, job);
        assertThat(then.standing()).isEqualTo(Job.Status.FAILED);
        assertThat(then.problem().orElseThrow().getString("code")).isEqualTo("PROCESSING_FAILED");
        assertThat(node.engine.begun).hasValue(0);
    }

    @Test
    void doublesNothingWhenAnEarlierAttemptHadKeptItsResult() {
        var node = node();
        node.jobs.pause();
        var job = node.jobs.submit(order(JobKind.CAPTURE, "calm"));
        var draft = new Result(
                Custody.draft(job.result(), ann, time.clocks().now(), Duration.ofDays(1)),
                "studio",
                "capture",
                JsonValue.EMPTY_JSON_OBJECT,
                Optional.empty(),
                Optional.empty(),
                Optional.of(job.id()),
                JsonValue.EMPTY_JSON_OBJECT);
        store.results().keep(draft, List.of(new NewFile("image", "image/jpeg", ByteBuffer.wrap(Pictures.small()))));

        node.jobs.resume();

        assertThat(done(node, job).standing()).isEqualTo(Job.Status.SUCCEEDED);
        assertThat(node.engine.begun).hasValue(0);
        assertThat(results()).hasSize(1);
    }

    @Test
    void changesNothingInAnAttemptThatWasOvertaken() {
        var node = node();
        var job = node.jobs.submit(order(JobKind.CAPTURE, "slow"));
        until(() -> node.engine.begun.get() == 1);

        // Another node took this one for dead and is at it now.
        store.jobs().update(job.key(), found -> found.begun(time.clocks().now()));

        until(() -> node.engine.stopped.get() == 1);
        until(() -> store.tasks().find(job.key()).isEmpty());
        assertThat(store.jobs().find(job.key()).orElseThrow().standing()).isEqualTo(Job.Status.RUNNING);
        assertThat(results()).isEmpty();
    }

    @Test
    void givesATaskToAJobThatACrashLeftWithoutOne() {
        var node = node();
        node.jobs.pause();
        var job = node.jobs.submit(order(JobKind.CAPTURE, "calm"));
        store.tasks().remove(job.key());
        node.jobs.resume();
        assertThat(node.jobs.sweep()).isZero();
        time.advance(Duration.ofSeconds(11));

        assertThat(node.jobs.sweep()).isOne();

        assertThat(done(node, job).standing()).isEqualTo(Job.Status.SUCCEEDED);
    }

    @Test
    void leavesAnEngineBehindThatHangs() {
        var node = node();
        var job = node.jobs.submit(order(JobKind.CAPTURE, "deaf"));
        until(() -> node.engine.begun.get() == 1);

        time.advance(Duration.ofMinutes(2));

        assertThat(done(node, job).problem().orElseThrow().getString("code")).isEqualTo("PROCESSING_TIMEOUT");
        assertThat(node.engine.begun).hasValue(1);
        var next = done(node, node.jobs.submit(order(JobKind.CAPTURE, "calm")));
        assertThat(next.standing()).isEqualTo(Job.Status.SUCCEEDED);
        assertThat(results()).extracting(Result::id).containsExactly(next.result());
    }

    @Test
    void removesWhatWasMadeOfAJobThatIsGone() {
        var node = node();
        var job = node.jobs.submit(order(JobKind.CAPTURE, "deaf"));
        until(() -> node.engine.begun.get() == 1);

        node.jobs.cancelAll(ann);
        store.jobs().remove(job.key());
        node.engine.gate.release();

        until(() -> store.tasks().find(job.key()).isEmpty());
        assertThat(results()).isEmpty();
    }

    @Test
    void takesOnlySoManyJobsOfOnePerson() {
        var node = node();
        node.jobs.pause();
        for (int number = 0; number < JobsNode.SETTINGS.perOwner(); number++) {
            node.jobs.submit(order(JobKind.CAPTURE, "calm"));
        }

        assertThatThrownBy(() -> node.jobs.submit(order(JobKind.CAPTURE, "calm")))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.problem().status()).isEqualTo(503));
    }

    @Test
    void tellsHowFarAJobIs() {
        var node = node();
        var job = node.jobs.submit(order(JobKind.CAPTURE, "slow"));

        until(() -> store.jobs().find(job.key()).orElseThrow().progress() == 0.25);
        time.advance(Duration.ofSeconds(10));

        var then = node.jobs.find(job.id()).orElseThrow();
        assertThat(JobJson.eta(then, time.clocks().now())).hasValue(30);
        node.engine.gate.release();
        assertThat(done(node, job).progress()).isOne();
    }

    @Test
    void sharesTheJobsBetweenNodesAndDoesEachOnce() {
        var first = node(JobsNode.settings(2, 3, Duration.ofMinutes(10)));
        var second = node(JobsNode.settings(2, 3, Duration.ofMinutes(10)));
        first.jobs.pause();
        var ordered = new ArrayList<Job>();
        for (int number = 0; number < 16; number++) {
            ordered.add(first.jobs.submit(order(JobKind.CAPTURE, "slow")));
        }
        first.jobs.resume();
        until(() -> first.engine.begun.get() == 2 && second.engine.begun.get() == 2);
        first.engine.gate.release(100);
        second.engine.gate.release(100);

        ordered.forEach(job -> assertThat(done(first, job).attempts()).isOne());

        assertThat(first.engine.begun.get() + second.engine.begun.get()).isEqualTo(16);
        assertThat(results()).hasSize(16);
    }
}
