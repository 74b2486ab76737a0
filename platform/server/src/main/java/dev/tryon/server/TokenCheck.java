package dev.tryon.server;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks JSON Web Tokens (RFC 7519, RFC 8725): the signature with an algorithm that is allowed, the issuer, the audience,
 * the subject, and that now is between {@code nbf} and {@code exp}, which must be there.
 *
 * <p>Thread-safe; a check may wait for the issuer's keys.
 */
final class TokenCheck {
    private static final Logger LOG = LoggerFactory.getLogger(TokenCheck.class);
    private static final int LONGEST = 8192;
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    /** What every token must say. @param clockSkew how far the issuer's clock may be off */
    record Expected(String issuer, String audience, Duration clockSkew) {}

    TokenCheck(JWSKeySelector<SecurityContext> keys, Expected expected, InstantSource clock) {
        var claims =
                new DefaultJWTClaimsVerifier<SecurityContext>(
                        expected.audience(),
                        new JWTClaimsSet.Builder().issuer(expected.issuer()).build(),
                        Set.of("sub", "exp")) {
                    @Override
                    protected Date currentTime() {
                        return Date.from(clock.instant());
                    }
                };
        claims.setMaxClockSkew(Math.toIntExact(expected.clockSkew().toSeconds()));
        processor.setJWTClaimsSetVerifier(claims);
        processor.setJWSKeySelector(keys);
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
    }

    /** What a good token says. */
    record Claims(JWTClaimsSet set) {
        String subject() {
            return set.getSubject();
        }

        /** Returns when it was issued; the beginning of time if it does not say. */
        Instant issuedAt() {
            return Optional.ofNullable(set.getIssueTime()).map(Date::toInstant).orElse(Instant.EPOCH);
        }

        /** Returns the words that a claim has, as a list or separated by blanks. */
        Set<String> words(String claim) {
            var value = Optional.ofNullable(set.getClaim(claim));
            var texts = value.filter(Collection.class::isInstance)
                    .map(Collection.class::cast)
                    .map(TokenCheck::texts)
                    .orElseGet(() -> value.filter(String.class::isInstance)
                            .map(String.class::cast)
                            .map(text -> Arrays.stream(text.split(" ")))
                            .orElse(Stream.empty()));
            return texts.collect(Collectors.toSet());
        }
    }

    private static Stream<String> texts(Collection<?> values) {
        return values.stream().filter(String.class::isInstance).map(String.class::cast);
    }

    /**
     * Returns what a good token says; empty for any other text.
     *
     * @throws Refusal if that cannot be told just now, because the issuer's keys cannot be had
     */
    Optional<Claims> claims(String token) {
        if (token.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Claims(processor.process(token, null)))
                    .filter(claims -> Identity.isSubject(claims.subject()));
        } catch (RateLimitReachedException _) {
            return Optional.empty();
        } catch (KeySourceException failure) {
            LOG.warn("a token cannot be checked: {}", failure.getMessage());
            throw Problem.busy(RETRY).refusal();
        } catch (ParseException | BadJOSEException | JOSEException _) {
            // Among them: a key that does not fit the algorithm which the token names.
            return Optional.empty();
        }
    }
}
