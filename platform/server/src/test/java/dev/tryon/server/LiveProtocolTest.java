package dev.tryon.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tryon.server.LiveClient.Message;
import dev.tryon.vision.PictureFormat;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LiveProtocolTest {
    private static final String HELLO = "{\"type\":\"hello\",\"codecs\":[\"jpeg\",\"webp\"],\"maxInFlight\":2}";
    private static final String JPEG_HELLO = "{\"type\":\"hello\",\"codecs\":[\"jpeg\"]}";

    private final byte[] picture = Pictures.small();
    private TestServer server;
    private String token;

    @BeforeEach
    void start() {
        server = new TestServer(Map.of());
        token = server.guest();
    }

    @AfterEach
    void everythingIsGivenBack() {
        server.close();
        assertThat(server.server.framesInUse()).isZero();
        assertThat(server.engine.open).hasValue(0);
    }

    private JsonObject session(String look, String output) {
        return server.session(token, look, output);
    }

    @Test
    void saysReadyWithWhatIsInForce() {
        var session = session("{\"item\":\"cherry\",\"options\":{\"opacity\":0.5}}", "overlay");
        var path = session.getJsonObject("webSocket");
        try (var client = LiveClient.open(server, path.getString("path") + "?ticket=" + path.getString("ticket"))) {
            client.text(HELLO);

            var ready = LiveClient.json(client.next());

            assertThat(ready.getString("type")).isEqualTo("ready");
            assertThat(ready.getString("engine")).isEqualTo("square");
            assertThat(ready.getString("item")).isEqualTo("cherry");
            assertThat(ready.getJsonObject("options").getString("color")).isEqualTo("#a0001e");
            assertThat(ready.getJsonObject("options").getJsonNumber("opacity").doubleValue())
                    .isEqualTo(0.5);
            assertThat(ready.getJsonObject("options").getString("mood")).isEqualTo("calm");
            assertThat(ready.getInt("targetFps")).isEqualTo(25);
            assertThat(ready.getJsonObject("maxResolution").getInt("width")).isEqualTo(640);
            assertThat(ready.getInt("maxInFlight")).isEqualTo(2);
            assertThat(ready.getString("resumeToken")).isEqualTo(session.getString("resumeToken"));
        }
    }

    @Test
    void answersAFrameWithTheWholePicture() {
        try (var client = LiveClient.greet(server, session("{\"item\":\"cherry\"}", "frame"), JPEG_HELLO)) {
            client.frame(7, picture);

            var answer = (Message.Binary) client.next();

            assertThat(answer.type()).isEqualTo("frame");
            assertThat(answer.sequence()).isEqualTo(7);
            assertThat(answer.header().getString("format")).isEqualTo("jpeg");
            assertThat(answer.header().getJsonArray("detection")).hasSize(1);
            assertThat(answer.header()).containsKeys("processingMs", "queueMs", "confidence", "width", "height");
            try (var frame = Pictures.decode(answer.payload())) {
                assertThat(frame.width()).isEqualTo(64);
                assertThat(frame.height()).isEqualTo(48);
                var red = Pictures.pixel(frame, 16, 16);
                assertThat(red >> 16).isBetween(140, 180);
                assertThat(red >> 8 & 255).isBetween(0, 20);
            }
        }
    }

    @Test
    void answersAFrameWithPatchesToBeDrawnOverIt() {
        try (var client = LiveClient.greet(server, session("{\"item\":\"mint\"}", "overlay"), HELLO)) {
            client.frame(1, picture);

            var answer = (Message.Binary) client.next();

            assertThat(answer.type()).isEqualTo("overlay");
            var part = answer.header().getJsonArray("parts").getJsonObject(0);
            assertThat(part.getInt("x")).isEqualTo(8);
            assertThat(part.getInt("width")).isEqualTo(TestEngine.SQUARE);
            assertThat(part.getString("format")).isEqualTo("webp");
            assertThat(part.getInt("bytes")).isEqualTo(answer.payload().remaining());
        }
    }

    @Test
    void sendsPatchesAsPngToAClientWithoutWebp() {
        try (var client = LiveClient.greet(server, session("{}", "overlay"), JPEG_HELLO)) {
            client.frame(1, picture);

            var answer = (Message.Binary) client.next();

            assertThat(answer.header().getJsonArray("parts").getJsonObject(0).getString("format"))
                    .isEqualTo("png");
        }
    }

    @Test
    void replacesAnUnservedFrameWithTheNewestAndAnswersBoth() {
        try (var client = LiveClient.greet(server, session("{\"options\":{\"mood\":\"slow\"}}", "frame"), HELLO)) {
            client.frame(1, picture);
            TestServer.until(() -> server.engine.applied.get() == 1);
            client.frame(2, picture);
            client.frame(3, picture);

            var skipped = LiveClient.json(client.next());
            assertThat(skipped.getString("type")).isEqualTo("skipped");
            assertThat(skipped.getInt("sequence")).isEqualTo(2);
            assertThat(skipped.getString("reason")).isEqualTo("replaced");
            server.engine.gate.release();
            assertThat(client.next().sequence()).isEqualTo(1);
            server.engine.gate.release();
            assertThat(client.next().sequence()).isEqualTo(3);
        }
    }

    @Test
    void skipsAFrameThatWaitedTooLong() {
        try (var client = LiveClient.greet(server, session("{\"options\":{\"mood\":\"slow\"}}", "frame"), HELLO)) {
            client.frame(1, picture);
            TestServer.until(() -> server.engine.applied.get() == 1);
            client.frame(2, picture);
            // Said after the frame: when it is answered, the frame waits in its slot.
            client.text("{\"type\":\"ping\",\"timestamp\":1}");
            client.await("pong");
            server.clock.advance(Duration.ofMillis(2001));
            server.engine.gate.release(1);

            var skipped = LiveClient.json(client.answer(2));

            assertThat(skipped.getString("reason")).isEqualTo("expired");
        }
    }

    @Test
    void wearsAnotherLookFromTheNextFrameOn() {
        try (var client = LiveClient.greet(server, session("{\"item\":\"cherry\"}", "frame"), JPEG_HELLO)) {
            client.text("{\"type\":\"look\",\"item\":\"mint\"}");
            assertThat(LiveClient.json(client.next()).getString("item")).isEqualTo("mint");
            client.frame(1, picture);

            var answer = (Message.Binary) client.next();

            try (var frame = Pictures.decode(answer.payload())) {
                assertThat(Pictures.pixel(frame, 16, 16) >> 8 & 255).isBetween(185, 215);
            }
        }
    }

    @Test
    void keepsTheOldLookWhenTheEngineCannotWearTheNew() {
        try (var client = LiveClient.greet(server, session("{\"item\":\"mint\"}", "frame"), JPEG_HELLO)) {
            client.text("{\"type\":\"look\",\"options\":{\"mood\":\"sullen\"}}");
            var error = LiveClient.json(client.next());
            assertThat(error.getString("code")).isEqualTo("INVALID_LOOK");
            assertThat(error.getBoolean("recoverable")).isTrue();
            client.frame(1, picture);

            assertThat(client.next().type()).isEqualTo("frame");
        }
    }

    @Test
    void servesTheFrameBehindALookThatBreaksTheEngine() {
        try (var client = LiveClient.greet(server, session("{\"options\":{\"mood\":\"slow\"}}", "frame"), HELLO)) {
            client.frame(1, picture);
            TestServer.until(() -> server.engine.applied.get() == 1);
            client.text("{\"type\":\"look\",\"options\":{\"mood\":\"torn\"}}");
            client.frame(2, picture);
            client.text("{\"type\":\"ping\",\"timestamp\":1}");
            assertThat(client.next().type()).isEqualTo("pong");
            server.engine.gate.release();
            assertThat(client.next().type()).isEqualTo("frame");
            assertThat(client.next().type()).isEqualTo("error");
            server.engine.gate.release();
            assertThat(client.next().type()).isEqualTo("frame");
        }
    }

    @Test
    void answersFramesOfAPausedSessionAsSkipped() {
        try (var client = LiveClient.greet(server, session("{}", "frame"), HELLO)) {
            client.text("{\"type\":\"control\",\"action\":\"pause\"}");
            client.frame(1, picture);
            assertThat(LiveClient.json(client.next()).getString("reason")).isEqualTo("paused");
            client.text("{\"type\":\"control\",\"action\":\"resume\"}");
            client.frame(2, picture);

            assertThat(client.next().type()).isEqualTo("frame");
        }
    }

    @Test
    void changesTheQualityAndSaysWhatIsWanted() {
        try (var client = LiveClient.greet(server, session("{}", "frame"), HELLO)) {
            client.text("{\"type\":\"control\",\"action\":\"quality\",\"quality\":\"high\",\"imageQuality\":40}");

            var quality = LiveClient.json(client.next());

            assertThat(quality.getString("type")).isEqualTo("quality");
            assertThat(quality.getInt("targetFps")).isEqualTo(30);
            assertThat(quality.getJsonObject("maxResolution").getInt("width")).isEqualTo(1280);
            assertThat(quality.getInt("imageQuality")).isEqualTo(40);
        }
    }

    @Test
    void answersPingsOfBothKinds() {
        try (var client = LiveClient.greet(server, session("{}", "frame"), HELLO)) {
            client.text("{\"type\":\"ping\",\"timestamp\":12345}");
            assertThat(LiveClient.json(client.next()).getInt("timestamp")).isEqualTo(12345);
            client.ping("beat");
            client.text("{\"type\":\"ping\",\"timestamp\":2}");
            assertThat(client.next().type()).isEqualTo("pong");
        }
    }

    @Test
    void tellsStatisticsEveryTwoSeconds() {
        try (var client = LiveClient.greet(server, session("{}", "frame"), HELLO)) {
            client.frame(1, picture);
            client.answer(1);
            client.binary(LiveClient.message(LiveClient.header(2, "jpeg", 64, 48), new byte[0]));
            client.answer(2);
            server.clock.advance(Duration.ofSeconds(2));

            var stats = LiveClient.json(client.await("stats"));

            assertThat(stats.getInt("received")).isEqualTo(2);
            assertThat(stats.getInt("served")).isEqualTo(1);
            assertThat(stats.getJsonObject("errors").getInt("INVALID_IMAGE")).isEqualTo(1);
            assertThat(stats.getJsonNumber("meanConfidence").doubleValue()).isEqualTo(0.9);
            assertThat(stats.getJsonObject("processingMs")).containsKeys("p50", "p95");
            assertThat(stats.getJsonObject("ageMs")).containsKeys("p50", "p95");
        }
    }

    @Test
    void limitsTheRateAndSaysWhenToComeBack() {
        try (var client = LiveClient.greet(server, session("{}", "frame"), HELLO)) {
            for (int sequence = 1; sequence <= 10; sequence++) {
                client.frame(sequence, picture);
                client.answer(sequence);
            }
            client.frame(11, picture);
            var error = LiveClient.json(client.answer(11));
            assertThat(error.getString("code")).isEqualTo("RATE_LIMITED");
            assertThat(error.getInt("retryAfterMs")).isBetween(1, 34);
            server.clock.advance(Duration.ofMillis(34));
            client.frame(12, picture);

            assertThat(client.answer(12).type()).isEqualTo("frame");
        }
    }

    @Test
    void tellsWhatAnEngineRejectsAndHowToHelp() {
        try (var client = LiveClient.greet(server, session("{\"options\":{\"mood\":\"blind\"}}", "frame"), HELLO)) {
            client.frame(1, picture);

            var error = LiveClient.json(client.next());

            assertThat(error.getString("code")).isEqualTo("HAND_NOT_DETECTED");
            assertThat(error.getString("suggestion")).isEqualTo("Hold your hand up.");
            assertThat(error.getBoolean("recoverable")).isTrue();
            assertThat(error.getInt("sequence")).isEqualTo(1);
        }
    }

    @Test
    void keepsAnEnginesFailureFromTheClient() {
        try (var client = LiveClient.greet(server, session("{\"options\":{\"mood\":\"broken\"}}", "frame"), HELLO)) {
            client.frame(1, picture);
            var modelError = LiveClient.json(client.next());
            client.text("{\"type\":\"look\",\"options\":{\"mood\":\"crashing\"}}");
            client.await("look");
            client.frame(2, picture);
            var crash = LiveClient.json(client.next());

            assertThat(modelError.getString("code")).isEqualTo("MODEL_ERROR");
            assertThat(crash.getString("code")).isEqualTo("PROCESSING_FAILED");
            assertThat(modelError + " " + crash).doesNotContain("secret", "Exception", "dev.tryon");
        }
    }

    @Test
    void takesPicturesOfEveryFormatInFragments() {
        try (var client = LiveClient.greet(server, session("{}", "frame"), HELLO)) {
            long sequence = 0;
            for (var format : PictureFormat.values()) {
                sequence++;
                var encoded = Pictures.gradient(64, 48, format);
                client.fragments(LiveClient.message(LiveClient.header(sequence, format.id(), 64, 48), encoded), 100);
                assertThat(client.answer(sequence).type()).as(format.id()).isEqualTo("frame");
            }
            client.fragments("{\"type\":", "\"ping\",", "\"timestamp\":3}");
            assertThat(client.next().type()).isEqualTo("pong");
        }
    }

    @Test
    void takesTheFirstPartAsTheCameraPicture() {
        try (var client = LiveClient.greet(server, session("{}", "frame"), HELLO)) {
            var payload = Arrays.copyOf(picture, picture.length + 5);
            var header = """
                    {"type":"frame","sequence":1,"format":"jpeg","width":64,"height":48,"parts":[{"bytes":%d},{"bytes":5}]}""".formatted(picture.length);
            client.binary(LiveClient.message(header, payload));

            assertThat(client.answer(1).type()).isEqualTo("frame");
        }
    }
}
