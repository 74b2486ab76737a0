package dev.tryon.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SignedRequestsTest {
    private static final String SECRET = "a secret of the shop of 32 characters or more";
    private static final String PATH = "/api/v1/sessions";
    private static final String BODY = "{\"engine\":\"square\",\"look\":{}}";

    private final TestServer server =
            new TestServer(Map.of("auth.clients", "shop:premium:" + SECRET, "limits.address", "9/PT1H"));
    private final long now = server.clock.clocks().now().getEpochSecond();

    @AfterEach
    void stop() {
        server.close();
    }

    private static String hex(String secret, String text) {
        return HexFormat.of().formatHex(SignedRequests.sign(secret, "", text.getBytes(StandardCharsets.UTF_8)));
    }

    private int post(String client, long time, String signature, String body) {
        return server.post(
                        PATH,
                        body,
                        "X-Client-Id",
                        client,
                        "X-Timestamp",
                        String.valueOf(time),
                        "X-Signature",
                        signature,
                        "Content-Type",
                        "application/json")
                .status();
    }

    @Test
    void takesARequestThatIsSignedOnce() {
        var signature = hex(SECRET, now + BODY);

        assertThat(post("shop", now, signature, BODY)).isEqualTo(201);
        assertThat(post("shop", now, signature, BODY)).isEqualTo(401);
        assertThat(post("shop", now, signature.toUpperCase(Locale.ROOT), BODY)).isEqualTo(401);
    }

    @Test
    void signsAsTheDocumentShows() throws IOException {
        assertThat(hex("0123456789abcdef0123456789abcdef", "1780315200" + "{\"engine\":\"nails\"}"))
                .isEqualTo(exampleOf("signature: "));
        assertThat(hex(
                        "0123456789abcdef0123456789abcdef",
                        "tryon-v2\n1780315200\n5f2d9c1e7b3a48d6\nPOST\n/api/v1/sessions\n{\"engine\":\"nails\"}"))
                .isEqualTo(exampleOf("signature with a nonce: "));
    }

    private static String exampleOf(String label) throws IOException {
        return Files.readAllLines(Path.of("../../docs/security.md")).stream()
                .filter(line -> line.startsWith(label))
                .map(line -> line.substring(label.length()).strip())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void refusesWhatIsNotSignedSo() {
        assertThat(post("shop", now, hex(SECRET, now + BODY), BODY.replace("square", "nails")))
                .isEqualTo(401);
        assertThat(post("shop", now + 1, hex(SECRET, now + BODY), BODY)).isEqualTo(401);
        assertThat(post("shop", now, hex(SECRET + "!", now + BODY), BODY)).isEqualTo(401);
        assertThat(post("mall", now, hex(SECRET, now + BODY), BODY)).isEqualTo(401);
        assertThat(post("shop", now, "not hexadecimal", BODY)).isEqualTo(401);
        assertThat(post("shop", now, "", BODY)).isEqualTo(401);
        assertThat(server.post(PATH, BODY, "X-Client-Id", "shop").status()).isEqualTo(401);
    }

    @Test
    void readsNoLongBodiesAndNoneOfAnAddressThatMayNotCallAnyMore() {
        var large = "x".repeat(65 * 1024);
        for (int i = 0; i < 9; i++) {
            assertThat(post("shop", now, hex(SECRET, now + large), large)).isEqualTo(413);
        }

        assertThat(post("shop", now, hex(SECRET, now + BODY), BODY)).isEqualTo(429);
    }

    @Test
    void takesClocksThatAreFiveMinutesOffAndNoMore() {
        assertThat(post("shop", now - 300, hex(SECRET, (now - 300) + BODY), BODY))
                .isEqualTo(201);
        assertThat(post("shop", now + 300, hex(SECRET, (now + 300) + BODY), BODY))
                .isEqualTo(201);
        assertThat(post("shop", now - 301, hex(SECRET, (now - 301) + BODY), BODY))
                .isEqualTo(401);
        assertThat(post("shop", now + 301, hex(SECRET, (now + 301) + BODY), BODY))
                .isEqualTo(401);
    }

    @Test
    void coversMethodAndPathWhereThereIsANonce() {
        var nonce = "5f2d9c1e7b3a48d6";
        var signature = hex(SECRET, "tryon-v2\n" + now + "\n" + nonce + "\nGET\n/api/v1/engines?x=1\n");
        var headers = new String[] {
            "X-Client-Id", "shop", "X-Timestamp", String.valueOf(now), "X-Nonce", nonce, "X-Signature", signature
        };

        assertThat(server.get("/api/v1/engines?x=2", headers).header("RateLimit-Limit"))
                .isEqualTo("9");
        assertThat(server.get("/api/v1/engines?x=1", headers).header("RateLimit-Limit"))
                .isEqualTo("100");
        assertThat(post("shop", now, signature, "\n" + nonce + "\nGET\n/api/v1/engines?x=1\n"))
                .isEqualTo(401);
    }
}
