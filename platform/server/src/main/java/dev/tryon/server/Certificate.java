package dev.tryon.server;

import io.helidon.common.configurable.Resource;
import io.helidon.common.pki.Keys;
import io.helidon.common.tls.Tls;
import java.nio.file.Path;
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
            var keys =
                    switch (this) {
                        case Pem pem ->
                            Keys.builder()
                                    .pem(files -> files.key(Resource.create(pem.key()))
                                            .certChain(Resource.create(pem.chain())))
                                    .build();
                        case Store store ->
                            Keys.builder()
                                    .keystore(file -> file.keystore(Resource.create(store.file()))
                                            .passphrase(store.password()))
                                    .build();
                    };
            return Tls.builder()
                    .privateKey(keys)
                    .privateKeyCertChain(keys)
                    .addApplicationProtocol("h2")
                    .addApplicationProtocol("http/1.1")
                    .build();
        } catch (RuntimeException failure) {
            throw new SettingsException("server.tls cannot be used: " + failure.getMessage(), failure);
        }
    }
}
