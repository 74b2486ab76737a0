package dev.tryon.server;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs and checks bearer tokens: JSON Web Tokens (RFC 7519) with HMAC-SHA256 and a key of the server.
 *
 * <p>Only what this object signed is accepted, so the header is compared, never interpreted. Thread-safe.
 */
final class Tokens {
    private static final int LONGEST = 1024;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final String HEADER =
            ENCODER.encodeToString("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8));

    private final InstantSource clock;
    private final SecretKeySpec key;

    Tokens(InstantSource clock, Secrets secrets) {
        this.clock = clock;
        this.key = new SecretKeySpec(secrets.bytes("guests", ""), "HmacSHA256");
    }

    /** A token and until when it is good. */
    record Issued(String token, Instant expiresAt) {}

    /** Signs a token for a subject. */
    Issued issue(String subject, Duration lifetime) {
        var now = clock.instant();
        var expiresAt = now.plus(lifetime).truncatedTo(ChronoUnit.SECONDS);
        var payload = Json.createObjectBuilder()
                .add("sub", subject)
                .add("iat", now.getEpochSecond())
                .add("exp", expiresAt.getEpochSecond())
                .build()
                .toString();
        var signed = HEADER + "." + ENCODER.encodeToString(payload.getBytes(StandardCharsets.UTF_8));
        return new Issued(signed + "." + ENCODER.encodeToString(sign(signed)), expiresAt);
    }

    /** Returns the subject of a good token; empty for any other text. */
    Optional<String> subject(String token) {
        var parts = token.split("\\.", -1);
        if (token.length() > LONGEST || parts.length != 3 || !parts[0].equals(HEADER)) {
            return Optional.empty();
        }
        try {
            var signature = Base64.getUrlDecoder().decode(parts[2]);
            if (!MessageDigest.isEqual(signature, sign(parts[0] + "." + parts[1]))) {
                return Optional.empty();
            }
            return subject(JsonBody.parse(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException | MalformedException _) {
            return Optional.empty();
        }
    }

    private Optional<String> subject(JsonObject claims) {
        var expiresAt = Instant.ofEpochSecond(claims.getJsonNumber("exp").longValue());
        return clock.instant().isBefore(expiresAt) ? Optional.of(claims.getString("sub")) : Optional.empty();
    }

    private byte[] sign(String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("every JDK has HmacSHA256", failure);
        }
    }
}
