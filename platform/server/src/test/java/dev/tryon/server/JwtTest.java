package dev.tryon.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.helidon.webserver.WebServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens of an issuer whose keys are published by a server of this test's own. */
class JwtTest {
    private static final RSAKey RSA = rsa("first");
    private static final Instant NOW = new FakeClock().clocks().now();

    private final AtomicReference<JWKSet> published = new AtomicReference<>(new JWKSet(RSA.toPublicJWK()));
    private final AtomicInteger asked = new AtomicInteger();
    private final WebServer issuer = WebServer.builder()
            .port(0)
            .shutdownHook(false)
            .routing(routing -> routing.get("/keys", (_, response) -> {
                asked.incrementAndGet();
                response.send(published.get().toString());
            }))
            .build()
            .start();
    private final TestServer server =
            server(Map.of("auth.jwt.jwks-url", "http://localhost:" + issuer.port() + "/keys"));

    @AfterEach
    void stop() {
        server.close();
        issuer.stop();
    }

    private static TestServer server(Map<String, String> keys) {
        var settings = new HashMap<>(
                Map.of("auth.mode", "jwt", "auth.jwt.issuer", "https://id.example", "auth.jwt.audience", "tryon"));
        settings.putAll(keys);
        return new TestServer(settings);
    }

    private static RSAKey rsa(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer("https://id.example")
                .audience("tryon")
                .subject("ada")
                .issueTime(Date.from(NOW))
                .expirationTime(Date.from(NOW.plusSeconds(600)));
    }

    private static String signed(RSAKey key, JWTClaimsSet claims) throws JOSEException {
        return signed(JWSAlgorithm.RS256, key, claims);
    }

    private static String signed(JWSAlgorithm algorithm, RSAKey key, JWTClaimsSet claims) throws JOSEException {
        var token = new SignedJWT(
                new JWSHeader.Builder(algorithm)
                        .type(JOSEObjectType.JWT)
                        .keyID(key.getKeyID())
                        .build(),
                claims);
        token.sign(new RSASSASigner(key));
        return token.serialize();
    }

    private static int status(TestServer server, String token) {
        return server.get("/api/v1/sessions/00000000-0000-7000-8000-000000000000", "Authorization", "Bearer " + token)
                .status();
    }

    /** Who is known is told that there is no such session; who is not, 401. */
    private int status(String token) {
        return status(server, token);
    }

    @Test
    void takesTokensOfTheIssuer() throws JOSEException {
        assertThat(status(signed(RSA, claims().build()))).isEqualTo(404);
        assertThat(status(signed(JWSAlgorithm.PS256, RSA, claims().build()))).isEqualTo(404);
        assertThat(server.post("/api/v1/guests", "").status()).isEqualTo(403);
        assertThat(asked).hasValue(1);
    }

    @Test
    void refusesEveryOtherTokenWithTheSameWords() throws JOSEException {
        var good = signed(RSA, claims().build());
        var parts = good.split("\\.", -1);
        var otherClaims = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(claims().subject("eve").build().toString().getBytes(StandardCharsets.UTF_8));
        var confused = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("first").build(), claims().build());
        confused.sign(new MACSigner(RSA.toPublicJWK().toString().getBytes(StandardCharsets.UTF_8)));
        var bad = List.of(
                new PlainJWT(claims().build()).serialize(),
                parts[0] + "." + otherClaims + "." + parts[2],
                parts[0] + "." + parts[1] + ".",
                signed(rsa("first"), claims().build()),
                signed(rsa("unknown"), claims().build()),
                signed(JWSAlgorithm.RS512, RSA, claims().build()),
                confused.serialize(),
                signed(RSA, claims().audience("another").build()),
                signed(RSA, claims().issuer("https://evil.example").build()),
                signed(
                        RSA,
                        claims().expirationTime(Date.from(NOW.minusSeconds(31))).build()),
                signed(RSA, claims().expirationTime(null).build()),
                signed(
                        RSA,
                        claims().notBeforeTime(Date.from(NOW.plusSeconds(31))).build()),
                signed(RSA, claims().subject(null).build()),
                signed(RSA, claims().subject("tryon:admin").build()),
                signed(RSA, claims().subject("a".repeat(256)).build()),
                "a".repeat(9000),
                "..",
                "");

        assertThat(bad).allSatisfy(token -> {
            var answer = server.get("/api/v1/admin/limits", "Authorization", "Bearer " + token);
            assertThat(answer.status()).as(token).isEqualTo(401);
            assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
            assertThat(answer.json().getString("suggestion"))
                    .isEqualTo("Send Authorization: Bearer with a good token.");
        });
    }

    @Test
    void forgivesClocksThatAreALittleOff() throws JOSEException {
        assertThat(status(signed(
                        RSA,
                        claims().expirationTime(Date.from(NOW.minusSeconds(29))).build())))
                .isEqualTo(404);
        assertThat(status(signed(
                        RSA,
                        claims().notBeforeTime(Date.from(NOW.plusSeconds(29))).build())))
                .isEqualTo(404);
        server.clock.advance(Duration.ofSeconds(631));
        assertThat(status(signed(RSA, claims().build()))).isEqualTo(401);
    }

    @Test
    void learnsNewKeysButAsksTheIssuerSeldom() throws JOSEException {
        status(signed(RSA, claims().build()));
        var second = rsa("second");
        published.set(new JWKSet(List.<JWK>of(RSA.toPublicJWK(), second.toPublicJWK())));

        assertThat(status(signed(second, claims().build()))).isEqualTo(404);
        for (int i = 0; i < 20; i++) {
            assertThat(status(signed(RSA, claims().build()))).isEqualTo(404);
        }
        var stranger = signed(rsa("stranger"), claims().build());
        for (int i = 0; i < 20; i++) {
            assertThat(status(stranger)).isEqualTo(401);
        }
        assertThat(asked).hasValueLessThanOrEqualTo(3);
    }

    @Test
    void readsRoleTierAndClassFromClaims() throws JOSEException {
        var admin =
                signed(RSA, claims().claim("roles", List.of("x", "tryon-admin")).build());
        var words = signed(RSA, claims().claim("roles", "x tryon-admin").build());
        var other = signed(RSA, claims().claim("roles", "tryon-administrator").build());
        var client = signed(RSA, claims().claim("caller_class", "client").build());

        assertThat(server.get("/api/v1/admin/limits", "Authorization", "Bearer " + admin)
                        .status())
                .isEqualTo(200);
        assertThat(server.get("/api/v1/admin/limits", "Authorization", "Bearer " + words)
                        .status())
                .isEqualTo(200);
        assertThat(server.get("/api/v1/admin/limits", "Authorization", "Bearer " + other)
                        .status())
                .isEqualTo(403);
        assertThat(server.get("/api/v1/engines", "Authorization", "Bearer " + client)
                        .header("RateLimit-Limit"))
                .isEqualTo("100");
    }

    @Test
    void takesAKeyFromAFileInPem(@TempDir Path folder) throws Exception {
        var file = folder.resolve("key.pem");
        Files.writeString(
                file,
                "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(RSA.toRSAPublicKey().getEncoded())
                        + "\n-----END PUBLIC KEY-----\n");
        try (var filed = server(Map.of("auth.jwt.key-file", file.toString()))) {
            assertThat(status(filed, signed(RSA, claims().build()))).isEqualTo(404);
            assertThat(status(filed, signed(rsa("first"), claims().build()))).isEqualTo(401);
            var curve = new SignedJWT(new JWSHeader(JWSAlgorithm.ES256), claims().build());
            curve.sign(new ECDSASigner(new ECKeyGenerator(Curve.P_256).generate()));
            assertThat(status(filed, curve.serialize())).isEqualTo(401);
            assertThat(status(filed, new PlainJWT(claims().build()).serialize()))
                    .isEqualTo(401);
        }
    }

    @Test
    void takesAKeySetFromAFileAndEllipticCurves(@TempDir Path folder) throws Exception {
        var key = new ECKeyGenerator(Curve.P_256).keyID("curve").generate();
        var file = folder.resolve("keys.json");
        Files.writeString(file, new JWKSet(key.toPublicJWK()).toString());
        var token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("curve").build(), claims().build());
        token.sign(new ECDSASigner(key));
        try (var filed = server(Map.of("auth.jwt.key-file", file.toString()))) {
            assertThat(status(filed, token.serialize())).isEqualTo(404);
        }
    }

    @Test
    void takesASharedSecretWhereOneIsSet() throws Exception {
        var secret = "a secret that the issuer knows, too";
        var token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims().build());
        token.sign(new MACSigner(secret));
        try (var shared = server(Map.of("auth.jwt.secret", secret, "auth.jwt.algorithms", "HS256"))) {
            assertThat(status(shared, token.serialize())).isEqualTo(404);
            assertThat(status(shared, signed(RSA, claims().build()))).isEqualTo(401);
        }
    }
}
