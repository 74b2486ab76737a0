package dev.tryon.server;

import dev.tryon.store.FileKeys;
import dev.tryon.store.StoreException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/** {@code tryon keys rotate}: adds a key that files are encrypted with from the next start on. */
final class CommandKeys {
    private static final Set<String> OPTIONS = Set.of("data-dir", "config");

    private CommandKeys() {}

    /** Runs the command. @return 0 if there is a new key */
    static int run(List<String> line) {
        var arguments = Arguments.parse(line, OPTIONS);
        if (!arguments.onlyWord("what to do with the keys: rotate").equals("rotate")) {
            throw new Arguments.UsageException("keys knows rotate alone");
        }
        var overrides = new LinkedHashMap<String, String>();
        arguments.option("data-dir").ifPresent(folder -> overrides.put("data-dir", folder));
        var settings = Settings.load(arguments.option("config").map(Path::of), System.getenv(), overrides);
        try {
            var keys = new FileKeys(settings.files().store().keys()).rotate();
            System.out.println("tryon: there are " + keys + " keys now; restart the servers to write with the new one");
            return 0;
        } catch (StoreException failure) {
            throw new SettingsException("the keys stay as they are: " + failure.getMessage(), failure);
        }
    }
}
