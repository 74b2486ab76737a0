package dev.tryon.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/** {@code tryon run}: serves until it is told to stop. */
final class CommandRun {
    private static final Set<String> OPTIONS = Set.of("port", "host", "data-dir", "config", "web-root", "port-file");

    private CommandRun() {}

    /** Runs the command. @return 0 after an orderly stop */
    static int run(List<String> line) {
        var arguments = Arguments.parse(line, OPTIONS);
        if (!arguments.words().isEmpty()) {
            throw new Arguments.UsageException(
                    "run does not know " + arguments.words().getFirst());
        }
        var overrides = new LinkedHashMap<String, String>();
        arguments.option("port").ifPresent(port -> overrides.put("server.port", port));
        arguments.option("host").ifPresent(host -> overrides.put("server.host", host));
        arguments.option("data-dir").ifPresent(folder -> overrides.put("data-dir", folder));
        overrides.put("web.root", arguments.option("web-root").orElseGet(CommandRun::builtPage));
        var settings = Settings.load(arguments.option("config").map(Path::of), System.getenv(), overrides);
        settings.logFormat().use();
        var server = TryOnServer.start(settings);
        var stop = Thread.ofPlatform().name("stop").unstarted(server::stop);
        Runtime.getRuntime().addShutdownHook(stop);
        System.out.println("tryon is on http://localhost:" + server.port() + "/");
        server.freshAdminToken().ifPresent(token -> System.out.println("""
                Token for administrators, shown this once: %s""".formatted(token)));
        arguments.option("port-file").ifPresent(file -> tell(Path.of(file), server.port()));
        waitForTheEnd();
        return 0;
    }

    /** The page lies beside the command that started this process. */
    private static String builtPage() {
        return Path.of(System.getProperty("tryon.home", "."))
                .resolve("webapp/dist")
                .toString();
    }

    /** Writes the port for whoever started the server on any free one; whole or not at all. */
    private static void tell(Path file, int port) {
        try {
            var unfinished = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(unfinished, Integer.toString(port));
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw new SettingsException("cannot write the port file " + file, failure);
        }
    }

    /** The server's threads are daemons or virtual: this one keeps the process alive until a signal ends it. */
    private static void waitForTheEnd() {
        try {
            Thread.currentThread().join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
