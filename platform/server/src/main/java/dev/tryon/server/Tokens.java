package dev.tryon.server;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.source.ImmutableSecret;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Optional;

/** Signs the bearer tokens of guests, and knows its own again (RFC 7519, HMAC-SHA256). Thread-safe. */
final class Tokens {
    private static final String ISSUER = "tryon";

    private final InstantSource clock;
    private final byte[] key;
    private final TokenCheck check;

    Tokens(InstantSource clock, Secrets secrets) {
        this.clock = clock;
        this.key = secrets.bytes("guests", "");
        this.check = new TokenCheck(
                new JWSVerificationKeySelector<>(JWSAlgorithm.HS256, new ImmutableSecret<>(key)),
                new TokenCheck.Expected(ISSUER, ISSUER, Duration.ZERO),
                clock);
    }

    /** A token and until when it is good. */
    record Issued(String token, Instant expiresAt) {}

    /** Signs a token for a subject. */
    Issued issue(String subject, Duration lifetime) {
        var now = clock.instant();
        var expiresAt = now.plus(lifetime).truncatedTo(ChronoUnit.SECONDS);
        var token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .type(JOSEObjectType.JWT)
                        .build(),
                new JWTClaimsSet.Builder()
                        .issuer(ISSUER)
                        .audience(ISSUER)
                        .subject(subject)
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(expiresAt))
                        .build());
        try {
            token.sign(new MACSigner(key));
        } catch (JOSEException failure) {
            throw new IllegalStateException("every JDK has HMAC-SHA256", failure);
        }
        return new Issued(token.serialize(), expiresAt);
    }

    /** Returns what a good token says; empty for any other text. */
    Optional<TokenCheck.Claims> claims(String token) {
        return check.claims(token);
    }
}
