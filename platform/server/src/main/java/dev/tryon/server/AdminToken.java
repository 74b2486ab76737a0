package dev.tryon.server;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * The one token that lets its bearer administer the server, whoever that is; only its hash is kept. Thread-safe.
 *
 * <p>A plain hash will do: the token is random, and too long to be found by trying.
 */
final class AdminToken {
    private static final String FILE = "admin-token.sha256";
    private static final int SHORTEST = 20;

    private final byte[] hash;

    private AdminToken(byte[] hash) {
        this.hash = hash;
    }

    /** The token, and its text if it was made just now and must be told to somebody. */
    record Opened(AdminToken token, Optional<String> fresh) {}

    /**
     * Takes the token that is set, or the one that the first start has made.
     *
     * @param given empty if none is set
     */
    static Opened open(Optional<String> given, Path dataDir, Ids ids) {
        if (given.isPresent()) {
            if (given.get().length() < SHORTEST) {
                throw new SettingsException("auth.admin-token must have at least " + SHORTEST + " characters");
            }
            return new Opened(new AdminToken(Digests.bytes(given.get())), Optional.empty());
        }
        var file = new KeyFile(dataDir.resolve(FILE));
        var kept = file.read();
        if (kept.isPresent()) {
            return new Opened(new AdminToken(kept.get()), Optional.empty());
        }
        var fresh = ids.secret();
        file.write(Digests.bytes(fresh));
        return new Opened(new AdminToken(Digests.bytes(fresh)), Optional.of(fresh));
    }

    boolean is(String token) {
        return MessageDigest.isEqual(hash, Digests.bytes(token));
    }
}
