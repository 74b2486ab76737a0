package dev.tryon.server;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The server's own key, and what is derived from it.
 *
 * <p>Nothing derived tells of the key or of what else was derived, and whoever has the same key derives the same: nodes
 * that share a database must share it. Thread-safe.
 */
final class Secrets {
    private static final int KEY_BYTES = 32;
    private static final int PERSON_LENGTH = 22;
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    private Secrets(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /**
     * Takes the key that is set, or the one in the data folder, which the first start makes.
     *
     * @param given in base 64; empty if none is set
     */
    static Secrets open(Optional<String> given, Path dataDir) {
        return new Secrets(
                given.map(Secrets::decode).orElseGet(() -> kept(new KeyFile(dataDir.resolve("server.key")))));
    }

    private static byte[] decode(String given) {
        try {
            var bytes = Base64.getDecoder().decode(given);
            if (bytes.length >= KEY_BYTES) {
                return bytes;
            }
        } catch (IllegalArgumentException _) {
            // told below, like a short one
        }
        throw new SettingsException("auth.key must be at least " + KEY_BYTES + " bytes in base 64");
    }

    /** A key that is there and cannot be used is never replaced: what guests keep is theirs by this key alone. */
    private static byte[] kept(KeyFile file) {
        var there = file.read();
        if (there.isPresent() && there.get().length != KEY_BYTES) {
            throw new SettingsException(
                    file.path() + " is not a key of " + KEY_BYTES + " bytes: put the right one back");
        }
        return there.orElseGet(() -> {
            var fresh = new byte[KEY_BYTES];
            new SecureRandom().nextBytes(fresh);
            file.write(fresh);
            return fresh;
        });
    }

    /**
     * Derives a text from another, always the same: nobody without the key can make it, or find what it was made of.
     *
     * @param purpose what it is for: the same text gives something else for another purpose
     * @return 256 bits, in characters fit for an address
     */
    String derive(String purpose, String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(purpose, text));
    }

    /** Returns what a subject is called where people are not named: always the same, and nothing leads back from it. */
    String person(String subject) {
        return "person-" + derive("person", subject).substring(0, PERSON_LENGTH);
    }

    /** Derives 256 bits, to be used as a key. @see #derive */
    byte[] bytes(String purpose, String text) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(purpose.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, failure);
        }
    }
}
