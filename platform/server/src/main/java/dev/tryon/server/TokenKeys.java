package dev.tryon.server;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.ImmutableSecret;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import io.helidon.common.configurable.Resource;
import io.helidon.common.pki.Keys;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the keys that an issuer's tokens are checked with. */
final class TokenKeys {
    private static final int TIMEOUT_MILLIS = 2000;
    private static final int LARGEST_BYTES = 256 * 1024;
    private static final Duration FRESH = Duration.ofMinutes(5);
    /** However many tokens name keys that are not known, the issuer is asked twice in this time at most. */
    private static final Duration ASK_EVERY = Duration.ofSeconds(30);
    /** For so long the last known keys serve while the issuer cannot be reached. */
    private static final Duration OUTAGE = Duration.ofHours(1);

    private TokenKeys() {}

    /** Returns what chooses the key for a token, and refuses algorithms that are not allowed. */
    static JWSKeySelector<SecurityContext> of(AuthSettings.Jwt settings) {
        var algorithms = settings.algorithms().stream().map(JWSAlgorithm::parse).collect(Collectors.toSet());
        return switch (settings.keys()) {
            case AuthSettings.Jwt.Keys.Published published ->
                new JWSVerificationKeySelector<>(algorithms, published(published.address()));
            case AuthSettings.Jwt.Keys.Filed filed -> filed(algorithms, filed.file());
            case AuthSettings.Jwt.Keys.Shared shared ->
                new JWSVerificationKeySelector<>(
                        algorithms, new ImmutableSecret<>(shared.secret().getBytes(StandardCharsets.UTF_8)));
        };
    }

    private static JWKSource<SecurityContext> published(URI address) {
        try {
            return JWKSourceBuilder.create(
                            address.toURL(),
                            new DefaultResourceRetriever(TIMEOUT_MILLIS, TIMEOUT_MILLIS, LARGEST_BYTES))
                    .cache(FRESH.toMillis(), 2L * TIMEOUT_MILLIS)
                    .refreshAheadCache(false)
                    .rateLimited(ASK_EVERY.toMillis())
                    .outageTolerant(OUTAGE.toMillis())
                    .build();
        } catch (MalformedURLException failure) {
            throw new SettingsException("auth.jwt.jwks-url is no address", failure);
        }
    }

    private static JWSKeySelector<SecurityContext> filed(Set<JWSAlgorithm> algorithms, Path file) {
        try {
            var text = Files.readString(file);
            if (text.stripLeading().startsWith("{")) {
                return new JWSVerificationKeySelector<>(algorithms, new ImmutableJWKSet<>(JWKSet.parse(text)));
            }
        } catch (IOException | ParseException failure) {
            throw new SettingsException("auth.jwt.key-file cannot be used: " + file, failure);
        }
        var key = pem(file);
        // One key in a file has no name, so that any a token gives is as good.
        return (header, _) -> algorithms.contains(header.getAlgorithm()) ? List.of(key) : List.of();
    }

    private static PublicKey pem(Path file) {
        try {
            return Optional.of(Keys.builder()
                            .pem(pem -> pem.publicKey(Resource.create(file)))
                            .build())
                    .flatMap(Keys::publicKey)
                    .orElseThrow();
        } catch (RuntimeException failure) {
            throw new SettingsException("auth.jwt.key-file holds no public key: " + file, failure);
        }
    }
}
