package dev.tryon.server;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/** What this server is called among those that share a database. */
final class NodeName {
    static final String PATTERN = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";
    private static final int MADE_UP_LENGTH = 8;

    private NodeName() {}

    /** Returns the name that is set, or else one that is made up once and lies in the data directory. */
    static String of(Optional<String> set, Path dataDir) {
        return set.orElseGet(() -> {
            var file = new KeyFile(dataDir.resolve("node"));
            return file.read()
                    .map(bytes -> new String(bytes, StandardCharsets.US_ASCII))
                    .filter(name -> name.matches(PATTERN))
                    .orElseGet(() -> makeUp(file));
        });
    }

    private static String makeUp(KeyFile file) {
        var name = "node-" + UUID.randomUUID().toString().substring(0, MADE_UP_LENGTH);
        file.write(name.getBytes(StandardCharsets.US_ASCII));
        return name;
    }
}
