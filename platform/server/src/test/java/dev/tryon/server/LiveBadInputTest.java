package dev.tryon.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tryon.vision.PictureFormat;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LiveBadInputTest {
    private static final String HELLO = "{\"type\":\"hello\",\"codecs\":[\"jpeg\"]}";
    private static final byte[] GOOD = Pictures.small();

    private TestServer server;
    private LiveClient client;

    @BeforeEach
    void connect() {
        server = new TestServer(Map.of());
        client = LiveClient.greet(server, server.session(server.guest(), "{}", "frame"), HELLO);
    }

    @AfterEach
    void nothingLeaks() {
        client.close();
        server.close();
        assertThat(server.server.framesInUse()).isZero();
        assertThat(server.engine.open).hasValue(0);
    }

    private void isAlive() {
        client.frame(1000, GOOD);
        assertThat(client.answer(1000).type()).isEqualTo("frame");
    }

    private static void showsNothingOfTheInside(String text) {
        assertThat(text).doesNotContain("Exception", "dev.tryon", "java.", "\\tat ", "ffmpeg");
    }

    static Stream<Arguments> badPictures() {
        var png = Pictures.gradient(64, 48, PictureFormat.PNG);
        var webp = Pictures.gradient(64, 48, PictureFormat.WEBP);
        var corrupt = GOOD.clone();
        Arrays.fill(corrupt, 20, corrupt.length - 20, (byte) 0x5A);
        return Stream.of(
                Arguments.of("empty", "jpeg", 64, 48, new byte[0]),
                Arguments.of("truncated jpeg", "jpeg", 64, 48, Arrays.copyOf(GOOD, 60)),
                Arguments.of("truncated png", "png", 64, 48, Pictures.truncated(png)),
                Arguments.of("truncated webp", "webp", 64, 48, Pictures.truncated(webp)),
                Arguments.of("corrupt", "jpeg", 64, 48, corrupt),
                Arguments.of("text", "jpeg", 64, 48, "no picture at all".getBytes(StandardCharsets.UTF_8)),
                Arguments.of("gif", "png", 1, 1, Pictures.gif()),
                Arguments.of("renamed", "png", 64, 48, GOOD),
                Arguments.of("claims 50,000", "png", 50_000, 50_000, Pictures.pngClaiming(50_000, 50_000)),
                Arguments.of(
                        "too large for live", "jpeg", 2000, 1100, Pictures.gradient(2000, 1100, PictureFormat.JPEG)),
                Arguments.of("wider than claimed", "jpeg", 32, 48, GOOD),
                Arguments.of("smaller than claimed", "jpeg", 6400, 4800, GOOD));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badPictures")
    void answersABadPictureAndGoesOn(String name, String format, int width, int height, byte[] picture) {
        client.binary(LiveClient.message(LiveClient.header(5, format, width, height), picture));

        var error = LiveClient.json(client.answer(5));

        assertThat(error.getString("type")).as(name).isEqualTo("error");
        assertThat(error.getString("code")).isEqualTo("INVALID_IMAGE");
        assertThat(error.getBoolean("recoverable")).isTrue();
        showsNothingOfTheInside(error.toString());
        isAlive();
    }

    @Test
    void servesAPictureOfOnePixelOrSaysWhyNot() {
        client.binary(
                LiveClient.message(LiveClient.header(5, "png", 1, 1), Pictures.gradient(1, 1, PictureFormat.PNG)));

        assertThat(client.answer(5).type()).isIn("frame", "error");
        isAlive();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"frame\",\"sequence\":1,\"format\":\"jpeg\",\"width\":64,\"height\":48}",
                "{\"type\":\"dance\"}",
                "{\"type\":\"capture\",\"requestId\":1}",
                "{\"type\":\"control\",\"action\":\"explode\"}",
                "{\"type\":\"control\"}",
                "{\"type\":\"control\",\"action\":\"quality\",\"quality\":\"best\"}",
                "{\"type\":\"control\",\"action\":\"quality\",\"imageQuality\":101}",
                "{\"type\":\"ping\",\"surprise\":1}",
                "{\"type\":\"hello\",\"codecs\":[\"jpeg\"]}",
                "{\"type\":7}",
                "{}",
                "[]",
                "not json",
                ""
            })
    void answersATextThatMeansNothingAndGoesOn(String text) {
        client.text(text);

        var error = LiveClient.json(client.next());

        assertThat(error.getString("type")).isEqualTo("error");
        assertThat(error.getString("code")).isEqualTo("INVALID_MESSAGE");
        assertThat(error.getBoolean("recoverable")).isTrue();
        showsNothingOfTheInside(error.toString());
        isAlive();
    }

    static Stream<byte[]> badBinaries() {
        return Stream.of(
                new byte[0],
                new byte[] {1, 2, 3},
                "{\"type\":\"ping\",\"timestamp\":1}".getBytes(StandardCharsets.UTF_8),
                ByteBuffer.allocate(8).putInt(1_000_000).array(),
                ByteBuffer.allocate(8).putInt(-1).array(),
                ByteBuffer.allocate(8).putInt(0).array(),
                LiveClient.message("{\"type\":\"frame\"}", GOOD),
                LiveClient.message("{\"type\":\"frame\",\"sequence\":\"one\"}", GOOD),
                LiveClient.message("{\"type\":\"frame\",\"sequence\":1e400}", GOOD),
                LiveClient.message("[1]", GOOD),
                LiveClient.message("\u0000\u0001", GOOD));
    }

    @ParameterizedTest
    @MethodSource("badBinaries")
    void answersABinaryThatMeansNothingAndGoesOn(byte[] message) {
        client.binary(message);

        var error = LiveClient.json(client.next());

        assertThat(error.getString("code")).isEqualTo("INVALID_MESSAGE");
        showsNothingOfTheInside(error.toString());
        isAlive();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"dance\",\"sequence\":3,\"format\":\"jpeg\",\"width\":64,\"height\":48}",
                "{\"type\":\"frame\",\"sequence\":3,\"format\":\"bmp\",\"width\":64,\"height\":48}",
                "{\"type\":\"frame\",\"sequence\":3,\"width\":64,\"height\":48}",
                "{\"type\":\"frame\",\"sequence\":3,\"format\":\"jpeg\",\"width\":\"64\",\"height\":48}",
                "{\"type\":\"frame\",\"sequence\":3,\"format\":\"jpeg\",\"width\":64,\"height\":48,\"parts\":[1,2]}",
                "{\"type\":\"frame\",\"sequence\":3,\"format\":\"jpeg\",\"width\":64,\"height\":48,\"parts\":[{\"bytes\":-1}]}",
                "{\"type\":\"frame\",\"sequence\":3,\"format\":\"jpeg\",\"width\":64,\"height\":48,\"parts\":[]}"
            })
    void answersAHeaderThatLiesWithItsSequence(String header) {
        client.binary(LiveClient.message(header, GOOD));

        var error = LiveClient.json(client.answer(3));

        assertThat(error.getString("code")).isIn("INVALID_MESSAGE", "INVALID_IMAGE");
        assertThat(error.getBoolean("recoverable")).isTrue();
        isAlive();
    }

    @Test
    void namesEverythingThatIsWrongWithALook() {
        client.text("{\"type\":\"look\",\"item\":\"plaid\",\"shade\":1,"
                + "\"options\":{\"opacity\":2,\"color\":\"red\",\"outline\":\"yes\",\"glow\":1,\"mood\":null}}");

        var error = LiveClient.json(client.next());

        assertThat(error.getString("code")).isEqualTo("INVALID_LOOK");
        var pointers = new HashSet<String>();
        error.getJsonArray("errors")
                .forEach(each -> pointers.add(each.asJsonObject().getString("pointer")));
        assertThat(pointers)
                .containsExactlyInAnyOrder(
                        "/item",
                        "/shade",
                        "/options/opacity",
                        "/options/color",
                        "/options/outline",
                        "/options/glow",
                        "/options/mood");
        isAlive();
    }

    @Test
    void closesAfterTooManyMessagesThatMeanNothing() {
        for (int count = 0; count < 9; count++) {
            client.text("nonsense");
        }

        assertThat(client.closeCode()).isEqualTo(4400);
    }

    @Test
    void closesOnAMessageBeyondTheLimitHoweverItIsCut() {
        client.fragments(new byte[(2 << 20) + 1], 1 << 18);
        assertThat(client.closeCode()).isEqualTo(4413);
    }

    @Test
    void closesOnOneFragmentBeyondTheLimit() {
        client.binary(new byte[(2 << 20) + 1]);
        assertThat(client.closeCode()).isEqualTo(4413);
    }
}
