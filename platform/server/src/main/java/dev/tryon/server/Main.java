package dev.tryon.server;

import dev.tryon.models.ModelException;
import dev.tryon.spi.TryOnException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.logging.LogManager;

/** The command line: {@code run}, {@code apply}, {@code video}, {@code scan}, {@code keys}, {@code plugins}, {@code models}. Exit status 2: not understood. */
public final class Main {
    private static final int FAILED = 1;
    private static final int NOT_UNDERSTOOD = 2;

    private Main() {}

    /** Runs one command. */
    public static void main(String[] arguments) throws IOException {
        configureLogging();
        System.exit(run(Arrays.asList(arguments)));
    }

    private static void configureLogging() throws IOException {
        if (System.getProperty("java.util.logging.config.file") == null) {
            try (var defaults = Main.class.getResourceAsStream("/logging.properties")) {
                LogManager.getLogManager().readConfiguration(defaults);
            }
        }
    }

    /** Runs one command. @return the exit status; what went wrong is on the error stream */
    public static int run(List<String> line) {
        if (line.isEmpty()) {
            System.err.println("tryon: name a command: run, apply, video, scan, keys, plugins, models");
            return NOT_UNDERSTOOD;
        }
        var rest = line.subList(1, line.size());
        try {
            return switch (line.getFirst()) {
                case "run" -> CommandRun.run(rest);
                case "apply" -> CommandApply.run(rest);
                case "video" -> CommandVideo.run(rest);
                case "scan" -> CommandScan.run(rest);
                case "keys" -> CommandKeys.run(rest);
                case "plugins" -> CommandPlugins.run(rest);
                case "models" -> CommandModels.run(rest);
                default -> throw new Arguments.UsageException("there is no command " + line.getFirst());
            };
        } catch (Arguments.UsageException | SettingsException failure) {
            System.err.println("tryon: " + failure.getMessage());
            return NOT_UNDERSTOOD;
        } catch (ModelException failure) {
            System.err.println("tryon: " + failure.getMessage());
            return FAILED;
        } catch (TryOnException failure) {
            System.err.println("tryon: " + failure.userMessage());
            return FAILED;
        } catch (IOException failure) {
            System.err.println("tryon: " + sentence(failure));
            return FAILED;
        }
    }

    /** The messages of the file system are often the file's name alone. */
    private static String sentence(IOException failure) {
        return switch (failure) {
            case NoSuchFileException missing -> "there is no " + missing.getFile();
            case AccessDeniedException denied -> "no permission for " + denied.getFile();
            case FileAlreadyExistsException other -> "is no folder: " + other.getFile();
            default -> String.valueOf(failure.getMessage());
        };
    }
}
