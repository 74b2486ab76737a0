package dev.tryon.server;

import static dev.tryon.server.Person.isProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tryon.server.TestServer.Answer;
import dev.tryon.vision.PictureFormat;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IdempotencyTest {
    private static final byte[] PNG = Pictures.gradient(40, 30, PictureFormat.PNG);

    private TestServer server;
    private Person person;

    @BeforeEach
    void start() {
        server = new TestServer(Map.of());
        person = Person.guest(server);
    }

    @AfterEach
    void nothingLeaks() {
        server.close();
        assertThat(server.server.framesInUse()).isZero();
        assertThat(server.engine.open).hasValue(0);
    }

    @Test
    void makesOneUploadForOneKey() {
        var first = person.upload(PNG, "person", "Idempotency-Key", "one");
        var again = person.upload(PNG, "person", "Idempotency-Key", "one");
        var next = person.upload(PNG, "person", "Idempotency-Key", "two");

        assertThat(again.status()).isEqualTo(201);
        assertThat(again.json()).isEqualTo(first.json());
        assertThat(next.json().getString("id")).isNotEqualTo(first.json().getString("id"));
    }

    @Test
    void refusesAnotherBodyForTheSameKey() {
        person.upload(PNG, "person", "Idempotency-Key", "one");

        isProblem(person.upload(PNG, "reference", "Idempotency-Key", "one"), 422, "IDEMPOTENCY_KEY_REUSED");
    }

    @Test
    void takesACorrectedBodyAfterARefusal() {
        isProblem(person.upload(PNG, "video", "Idempotency-Key", "one"), 422, "INVALID_VIDEO");

        var corrected = person.upload(PNG, "person", "Idempotency-Key", "one");

        assertThat(corrected.status()).isEqualTo(201);
        assertThat(person.upload(PNG, "person", "Idempotency-Key", "one").json())
                .isEqualTo(corrected.json());
        isProblem(person.upload(PNG, "video", "Idempotency-Key", "one"), 422, "IDEMPOTENCY_KEY_REUSED");
    }

    @Test
    void makesOneSessionOfWhicheverBodyCanBeWorn() {
        for (var look : List.of("{\"item\":\"plaid\"}", "{\"options\":{\"mood\":\"sullen\"}}")) {
            assertThat(person.post("/api/v1/sessions", """
                                    {"engine":"square","look":%s}""".formatted(look), "Idempotency-Key", "one")
                            .status())
                    .isEqualTo(422);
        }

        var first = person.session("Idempotency-Key", "one");

        assertThat(first.status()).isEqualTo(201);
        assertThat(person.session("Idempotency-Key", "one").json().getString("id"))
                .isEqualTo(first.json().getString("id"));
        assertThat(server.engine.open).hasValue(1);
    }

    @Test
    void makesOneUploadAndOneFileOfAHundredRequestsAtATime() {
        var answers = atATime(100, () -> person.upload(PNG, "person", "Idempotency-Key", "one"));

        assertThat(answers).extracting(Answer::status).containsOnly(201);
        assertThat(answers.stream().map(answer -> answer.json().getString("id")).distinct())
                .hasSize(1);
        assertThat(person.get("/api/v1/uploads").json().getJsonArray("items")).hasSize(1);
        assertThat(Remains.files(server.server.store())).isOne();
    }

    @Test
    void bindsAKeyToItsPersonAndItsAddress() {
        var mine = person.upload(PNG, "person", "Idempotency-Key", "one");
        var session = person.session("Idempotency-Key", "one");
        var others = Person.guest(server).upload(PNG, "person", "Idempotency-Key", "one");

        assertThat(session.status()).isEqualTo(201);
        assertThat(others.status()).isEqualTo(201);
        assertThat(others.json().getString("id")).isNotEqualTo(mine.json().getString("id"));
    }

    @Test
    void forgetsAKeyAfterADay() {
        var first = Person.guest(server).session("Idempotency-Key", "one");
        server.clock.advance(Duration.ofHours(24));

        var later = Person.guest(server).session("Idempotency-Key", "one");

        assertThat(later.json().getString("id")).isNotEqualTo(first.json().getString("id"));
    }

    @Test
    void givesARepeatedSessionAFreshTicket() {
        var first = person.session("Idempotency-Key", "one").json();
        var again = person.session("Idempotency-Key", "one").json();

        assertThat(again.getString("id")).isEqualTo(first.getString("id"));
        assertThat(again.getString("resumeToken")).isEqualTo(first.getString("resumeToken"));
        assertThat(again.getJsonObject("webSocket").getString("ticket"))
                .isNotEqualTo(first.getJsonObject("webSocket").getString("ticket"));
        assertThat(server.engine.open).hasValue(1);
    }

    @Test
    void tellsThatARepeatedSessionIsOver() {
        var location = person.session("Idempotency-Key", "one").header("location");
        person.delete(location);

        isProblem(person.session("Idempotency-Key", "one"), 410, "GONE");
        assertThat(server.engine.open).hasValue(0);
    }

    @Test
    void makesOneSessionOfAHundredRequestsAtATime() {
        var answers = atATime(100, () -> person.session("Idempotency-Key", "one"));

        assertThat(answers).extracting(Answer::status).containsOnly(201);
        assertThat(answers.stream().map(answer -> answer.json().getString("id")).distinct())
                .hasSize(1);
        assertThat(server.engine.open).hasValue(1);
    }

    @Test
    void makesOneGuestOfAHundredRequestsAtATime() {
        var key = UUID.randomUUID().toString();

        var answers = atATime(100, () -> server.post("/api/v1/guests", "{}", "Idempotency-Key", key));

        assertThat(answers.stream().map(answer -> answer.json().getString("subject")))
                .hasSize(100)
                .containsOnly(answers.getFirst().json().getString("subject"));
    }

    @Test
    void givesAGuestsSubjectAgainOnlyForAKeyThatNobodyGuesses() {
        isProblem(server.post("/api/v1/guests", "{}", "Idempotency-Key", "1"), 400, "MALFORMED_REQUEST");
    }

    @Test
    void refusesAKeyThatIsNone() {
        for (var bad : new String[] {" ", "x".repeat(129)}) {
            isProblem(person.session("Idempotency-Key", bad), 400, "MALFORMED_REQUEST");
        }
    }

    static List<Answer> atATime(int count, Callable<Answer> request) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var begun = IntStream.range(0, count)
                    .mapToObj(_ -> threads.submit(request))
                    .toList();
            return begun.stream()
                    .map(answer -> {
                        try {
                            return answer.get();
                        } catch (InterruptedException | ExecutionException failure) {
                            throw new AssertionError(failure);
                        }
                    })
                    .toList();
        }
    }
}
