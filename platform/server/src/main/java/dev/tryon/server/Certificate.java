package dev.tryon.server;

import io.helidon.common.configurable.Resource;
import io.helidon.common.pki.Keys;
import io.helidon.common.tls.Tls;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;

/** What the server proves itself with to browsers, if it does so itself (TLS). */
public sealed interface Certificate {
    /** Files in PEM. @param chain the server's certificate first @param key in PKCS #8, not encrypted */
    record Pem(Path chain, Path key) implements Certificate {}

    /** A key store in PKCS #12 that holds one key with its chain. */
    record Store(Path file, String password) implements Certificate {
        /** Tells nothing of the password. */
        @Override
        public String toString() {
            return "Store[" + file + "]";
        }
    }

    /** Reads the settings; empty if there is none, and the server speaks in the clear. */
    static Optional<Certificate> of(Settings settings) {
        var chain = settings.given("server.tls.certificate");
        var key = settings.given("server.tls.key");
        var store = settings.given("server.tls.store");
        if (chain.isPresent() != key.isPresent() || (chain.isPresent() && store.isPresent())) {
            throw new SettingsException(
                    "server.tls needs either certificate and key, or store; or none of them, to do without");
        }
        return chain.<Certificate>map(file -> new Pem(Path.of(file), Path.of(key.orElseThrow())))
                .or(() -> store.map(file -> new Store(Path.of(file), settings.text("server.tls.store-password"))));
    }

    /** Loads it. @throws SettingsException if it cannot be used */
    default Tls load() {
        try {
            var tls = Tls.builder().addApplicationProtocol("h2").addApplicationProtocol("http/1.1");
            switch (this) {
                case Pem pem -> {
                    var keys = Keys.builder()
                            .pem(files -> files.key(Resource.create(pem.key())).certChain(Resource.create(pem.chain())))
                            .build();
                    tls.privateKey(keys).privateKeyCertChain(keys);
                }
                case Store store -> {
                    var password = store.password().toCharArray();
                    var keys = KeyStore.getInstance(store.file().toFile(), password);
                    var alias = Collections.list(keys.aliases()).stream()
                            .filter(name -> isKey(keys, name))
                            .findFirst()
                            .orElseThrow();
                    tls.privateKey((PrivateKey) keys.getKey(alias, password))
                            .privateKeyCertChain(Arrays.stream(keys.getCertificateChain(alias))
                                    .map(X509Certificate.class::cast)
                                    .toList());
                }
            }
            return tls.build();
        } catch (RuntimeException | IOException | GeneralSecurityException failure) {
            throw new SettingsException("server.tls cannot be used: " + failure.getMessage(), failure);
        }
    }

    private static boolean isKey(KeyStore keys, String alias) {
        try {
            return keys.isKeyEntry(alias);
        } catch (KeyStoreException failure) {
            throw new IllegalStateException("it was loaded", failure);
        }
    }
}
