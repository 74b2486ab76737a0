package dev.tryon.server;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code tryon plugins list}: the engines that are found, each as far as it comes. */
final class CommandPlugins {
    private CommandPlugins() {}

    /** Runs the command. @return 0 if every engine is ready, else 1 */
    static int run(List<String> line) {
        var arguments = Arguments.parse(line, Set.of("config"));
        if (!arguments.onlyWord("action, list").equals("list")) {
            throw new Arguments.UsageException("the action is list");
        }
        var settings = Settings.load(arguments.option("config").map(Path::of), System.getenv(), Map.of());
        boolean ready = true;
        try (var engines = Engines.discover(settings, Clocks.system().wall())) {
            for (var engine : engines.all()) {
                switch (engine) {
                    case LoadedEngine.Ready serving -> System.out.println(line(serving));
                    case LoadedEngine.Failed(var id, var stage, var reason) -> {
                        System.out.printf("%-12s failed  at %s: %s%n", id, Words.of(stage), reason);
                        ready = false;
                    }
                }
            }
        }
        return ready ? 0 : 1;
    }

    private static String line(LoadedEngine.Ready engine) {
        return "%-12s ready   %s %s, %d looks, %s"
                .formatted(
                        engine.id(),
                        engine.info().title(),
                        engine.info().version(),
                        engine.info().catalog().size(),
                        String.join(
                                ", ",
                                engine.capabilities().stream().map(Words::of).toList()));
    }
}
