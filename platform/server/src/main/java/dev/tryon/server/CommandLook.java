package dev.tryon.server;

import dev.tryon.spi.EngineInfo;
import dev.tryon.spi.Frame;
import dev.tryon.spi.Look;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;

/** A look as a command line gives it: JSON, or the name of a file of JSON. */
final class CommandLook {
    private static final String NOBODY = "";

    private CommandLook() {}

    /**
     * Reads the look.
     *
     * @param jsonOrFile nothing for the engine's defaults
     * @param reference a picture to take the look from, borrowed by the look
     * @throws Arguments.UsageException naming everything that is wrong with it
     */
    static Look of(EngineInfo engine, Optional<String> jsonOrFile, Optional<Frame> reference) {
        var text = jsonOrFile.map(CommandLook::text).orElse("{}");
        try {
            var fields = JsonFields.of(JsonBody.parse(text));
            // A command has no uploads: a look that names one is refused like any other unknown reference.
            var chosen = new LookReader((_, _) -> Optional.empty(), EngineInfo::item).read(fields, engine, NOBODY);
            return chosen.map(look -> new Look(look.item(), look.options(), reference))
                    .orElseThrow(() -> new Arguments.UsageException("--look: "
                            + fields.violations().stream()
                                    .map(violation -> violation.pointer() + " " + violation.detail())
                                    .collect(Collectors.joining("; "))));
        } catch (MalformedException _) {
            throw new Arguments.UsageException("--look is neither JSON nor a file of it");
        }
    }

    private static String text(String jsonOrFile) {
        if (jsonOrFile.strip().startsWith("{")) {
            return jsonOrFile;
        }
        try {
            return Files.readString(Path.of(jsonOrFile));
        } catch (IOException _) {
            throw new Arguments.UsageException("--look is neither JSON nor a file that can be read: " + jsonOrFile);
        }
    }
}
