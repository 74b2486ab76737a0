package dev.tryon.server;

import dev.tryon.compute.ComputeSettings;
import dev.tryon.models.DownloadSource;
import dev.tryon.models.FolderSource;
import dev.tryon.models.ModelEntry;
import dev.tryon.models.ModelException;
import dev.tryon.models.ModelSource;
import dev.tryon.models.ModelState;
import dev.tryon.models.ModelStore;
import dev.tryon.models.SelfTest;
import dev.tryon.spi.TryOnException;
import jakarta.json.Json;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** {@code tryon models list|pull|verify}: networks that others have published. */
final class CommandModels {
    private static final Set<String> OPTIONS = Set.of("data-dir", "config", "from");
    private static final Set<String> FLAGS = Set.of("json");
    private static final int FAILED = 1;

    private final ModelStore store;
    private final ComputeSettings compute;
    private final List<String> names;

    private CommandModels(ModelStore store, ComputeSettings compute, List<String> names) {
        this.store = store;
        this.compute = compute;
        this.names = names;
    }

    /** Runs the command. @return 0 if everything that was named is as it should be, else 1 */
    static int run(List<String> line) {
        var arguments = Arguments.parse(line, OPTIONS, FLAGS);
        if (arguments.words().isEmpty()) {
            throw new Arguments.UsageException("what to do with the models: list, pull or verify");
        }
        var overrides = new LinkedHashMap<String, String>();
        arguments.option("data-dir").ifPresent(folder -> overrides.put("data-dir", folder));
        var settings = Settings.load(arguments.option("config").map(Path::of), System.getenv(), overrides);
        var words = arguments.words();
        var command = new CommandModels(settings.modelStore(), settings.compute(), words.subList(1, words.size()));
        var action = words.getFirst();
        allow(arguments, "json", action.equals("list"));
        allow(arguments, "from", action.equals("pull"));
        return switch (action) {
            case "list" -> arguments.flag("json") ? command.listAsJson() : command.list();
            case "pull" ->
                arguments
                        .option("from")
                        .map(folder -> command.pull(new FolderSource(existing(folder))))
                        .orElseGet(command::download);
            case "verify" -> command.verify();
            default -> throw new Arguments.UsageException("models knows list, pull and verify, not " + action);
        };
    }

    private static void allow(Arguments arguments, String option, boolean fits) {
        if (arguments.options().containsKey(option) && !fits) {
            throw new Arguments.UsageException("--" + option + " does not go with this");
        }
    }

    private static Path existing(String folder) {
        var path = Path.of(folder);
        CommandApply.requireThere(path);
        return path;
    }

    /** Returns what was named, or everything; an unknown name ends the command before anything is done. */
    private List<ModelEntry> chosen() {
        return names.isEmpty()
                ? store.list().entries()
                : names.stream().map(store.list()::entry).toList();
    }

    private int list() {
        for (var entry : chosen()) {
            System.out.printf(
                    "%-42s %-9s %-12s %,12d bytes  %s%n",
                    entry.name(),
                    Words.of(store.state(entry)),
                    entry.licence().spdx(),
                    entry.file().bytes(),
                    entry.purpose());
        }
        return 0;
    }

    private int listAsJson() {
        var models = Json.createArrayBuilder();
        for (var entry : chosen()) {
            models.add(Json.createObjectBuilder()
                    .add("name", entry.name())
                    .add("purpose", entry.purpose())
                    .add("publisher", entry.publisher())
                    .add("licence", entry.licence().spdx())
                    .add("licenceText", entry.licence().text().toString())
                    .add("file", entry.file().name())
                    .add("bytes", entry.file().bytes())
                    .add("sha256", entry.file().sha256().hex())
                    .add("state", Words.of(store.state(entry))));
        }
        System.out.println(Json.createObjectBuilder().add("models", models).build());
        return 0;
    }

    private int download() {
        try (var publishers = new DownloadSource()) {
            return pull(publishers);
        }
    }

    private int pull(ModelSource source) {
        return each(chosen(), entry -> {
            System.out.printf(
                    "%s: by %s, %s (%s)%n",
                    entry.name(),
                    entry.publisher(),
                    entry.licence().spdx(),
                    entry.licence().text());
            System.out.println(store.pull(entry, source) ? "  came, and is imported" : "  was here already");
        });
    }

    private int verify() {
        try (var device = new LazyCompute(compute)) {
            return each(chosen(), entry -> {
                if (names.isEmpty() && store.state(entry) == ModelState.ABSENT) {
                    System.out.printf("%-42s absent%n", entry.name());
                } else {
                    verify(entry, device);
                }
            });
        }
    }

    private void verify(ModelEntry entry, LazyCompute device) {
        var archive = store.torchScript(entry);
        var test = new SelfTest(entry, System::nanoTime);
        try (var network = device.get().load(entry.name(), () -> new ByteArrayInputStream(archive), test.examples())) {
            System.out.printf(
                    "%-42s works, %.1f ms a call%n",
                    entry.name(), test.run(network).toNanos() / 1e6);
        }
    }

    /** One that fails is told, and the others go on. */
    private static int each(List<ModelEntry> entries, Consumer<ModelEntry> work) {
        int status = 0;
        for (var entry : entries) {
            try {
                work.accept(entry);
            } catch (ModelException | TryOnException failure) {
                System.err.println("tryon: " + entry.name() + ": " + failure.getMessage());
                status = FAILED;
            }
        }
        return status;
    }
}
