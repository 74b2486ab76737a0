package dev.tryon.server;

import dev.tryon.compute.ComputeSettings;
import dev.tryon.compute.DeviceChoice;
import dev.tryon.models.ModelException;
import dev.tryon.models.ModelList;
import dev.tryon.store.DatabaseSettings;
import io.helidon.common.media.type.MediaTypes;
import io.helidon.config.Config;
import io.helidon.config.ConfigException;
import io.helidon.config.ConfigSources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads the settings: the defaults in {@code application.yaml}, over them a file, the environment, the command's flags.
 *
 * <p>What the defaults do not name is an error, so that a misspelt setting is found at the start; only below {@code
 * engines.} may anything stand.
 */
public final class Settings {
    private static final String VARIABLE_PREFIX = "TRYON_";
    private static final String ENGINES = "engines.";

    private final Map<String, String> values;

    private Settings(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Loads the settings.
     *
     * @param file overrides the defaults, in the same form
     * @param environment whose variables beginning with {@code TRYON_} override the file
     * @param overrides by key, {@code server.port} say, over everything
     * @throws SettingsException naming the setting that is unknown or cannot be used
     */
    public static ServerSettings load(
            Optional<Path> file, Map<String, String> environment, Map<String, String> overrides) {
        var values = new TreeMap<>(flatten("application.yaml", defaults()));
        values.remove("engines");
        var known = Set.copyOf(values.keySet());
        file.ifPresent(path -> override(values, known, flatten(path.toString(), read(path)), path.toString()));
        override(values, known, fromEnvironment(known, environment), "the environment");
        override(values, known, overrides, "the command line");
        return new Settings(values).toServerSettings();
    }

    private static void override(
            Map<String, String> values, Set<String> known, Map<String, String> changes, String origin) {
        changes.forEach((key, value) -> {
            if (!known.contains(key) && !key.startsWith(ENGINES)) {
                if (key.equals("engines") && value.isEmpty()) {
                    return;
                }
                throw new SettingsException("unknown setting in " + origin + ": " + key);
            }
            values.put(key, value);
        });
    }

    private static Map<String, String> fromEnvironment(Set<String> known, Map<String, String> environment) {
        var byVariable = known.stream().collect(Collectors.toMap(Settings::variable, Function.identity()));
        var found = new TreeMap<String, String>();
        environment.forEach((variable, value) -> {
            if (variable.startsWith(VARIABLE_PREFIX)) {
                found.put(byVariable.getOrDefault(variable, engineKey(variable)), value);
            }
        });
        return found;
    }

    private static String variable(String key) {
        return VARIABLE_PREFIX + key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** {@code TRYON_ENGINES_NAILS_SMALL_NET} is {@code engines.nails.small-net}; anything else stays what it is. */
    private static String engineKey(String variable) {
        var parts = variable.toLowerCase(Locale.ROOT).split("_", 4);
        return parts.length == 4 && parts[1].equals("engines")
                ? ENGINES + parts[2] + "." + parts[3].replace('_', '-')
                : variable;
    }

    private static String defaults() {
        try (var stream = Settings.class.getResourceAsStream("/application.yaml")) {
            if (stream == null) {
                throw new IllegalStateException("application.yaml is missing from the server");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException failure) {
            throw new SettingsException("cannot read the settings file " + path, failure);
        }
    }

    private static Map<String, String> flatten(String name, String yaml) {
        if (yaml.isBlank()) {
            return Map.of();
        }
        try {
            return Config.just(ConfigSources.create(yaml, MediaTypes.APPLICATION_X_YAML))
                    .asMap()
                    .orElse(Map.of());
        } catch (ConfigException failure) {
            throw new SettingsException(name + " is not YAML", failure);
        }
    }

    private ServerSettings toServerSettings() {
        var workers = whole("live.workers");
        return new ServerSettings(
                new ServerSettings.Listener(
                        text("server.host"),
                        whole("server.port"),
                        whole("server.max-connections"),
                        list("server.allowed-origins"),
                        list("server.trusted-proxies").stream()
                                .map(Network::parse)
                                .toList(),
                        Certificate.of(this),
                        new ServerSettings.Patience(
                                duration("server.header-timeout"),
                                duration("server.body-timeout"),
                                duration("server.idle-timeout"))),
                Path.of(text("data-dir")),
                Path.of(text("web.root")),
                database(),
                FilesSettings.of(this, Path.of(text("data-dir"))),
                AuthSettings.of(this),
                LimitSettings.of(this),
                Tiers.of(this),
                LogFormat.of(this),
                new ServerSettings.Uploads(
                        whole("uploads.max-bytes"),
                        whole("uploads.max-video-bytes"),
                        whole("uploads.memory-bytes"),
                        large("uploads.bytes-per-owner"),
                        duration("uploads.lifetime"),
                        duration("uploads.style-lifetime")),
                new ServerSettings.Results(
                        duration("results.lifetime"), large("results.bytes-per-owner"), whole("results.image-quality")),
                new ServerSettings.Materials(large("materials.cache-bytes"), duration("materials.previous-for")),
                new ServerSettings.Sessions(
                        whole("sessions.max"),
                        whole("sessions.max-per-owner"),
                        duration("sessions.lifetime"),
                        duration("sessions.connect-within"),
                        duration("sessions.grace"),
                        duration("sessions.ticket-lifetime"),
                        duration("sessions.kept"),
                        duration("sessions.look-every")),
                new ServerSettings.Live(
                        workers == 0 ? Runtime.getRuntime().availableProcessors() : workers,
                        whole("live.frames-per-second"),
                        whole("live.frame-burst"),
                        whole("live.max-message-bytes"),
                        whole("live.max-in-flight"),
                        whole("live.image-quality"),
                        whole("live.overlay-quality"),
                        duration("live.rate-patience"),
                        number("live.least-frames-per-second"),
                        duration("live.frame-expiry"),
                        duration("live.stats-every"),
                        duration("live.ping-every"),
                        duration("live.silence-limit"),
                        duration("live.hello-within"),
                        whole("live.max-malformed")),
                compute(),
                jobs(),
                models(),
                engines());
    }

    private ModelList models() {
        try {
            return given("models.list")
                    .map(Path::of)
                    .map(ModelList.builtIn()::and)
                    .orElseGet(ModelList::builtIn);
        } catch (ModelException failure) {
            throw new SettingsException("models.list: " + failure.getMessage(), failure);
        }
    }

    private ServerSettings.Jobs jobs() {
        return new ServerSettings.Jobs(
                whole("jobs.workers"),
                whole("jobs.capture-workers"),
                whole("jobs.max"),
                whole("jobs.per-owner"),
                duration("jobs.lifetime"),
                whole("jobs.attempts"),
                duration("jobs.retry-after"),
                duration("jobs.heartbeat"),
                duration("jobs.look-every"),
                duration("jobs.analysis-within"),
                duration("jobs.capture-within"),
                duration("jobs.scan-within"),
                duration("jobs.video-within"),
                duration("jobs.drain-within"),
                whole("jobs.streams"));
    }

    String text(String key) {
        var value = values.get(key);
        if (value == null) {
            throw new IllegalStateException("application.yaml has no default for " + key);
        }
        return value;
    }

    /** Returns a setting that may be left empty. */
    Optional<String> given(String key) {
        return Optional.of(text(key).strip()).filter(value -> !value.isEmpty());
    }

    int whole(String key) {
        try {
            return Integer.parseInt(text(key));
        } catch (NumberFormatException _) {
            throw new SettingsException(key + " must be a whole number, not " + text(key));
        }
    }

    long large(String key) {
        try {
            return Long.parseLong(text(key));
        } catch (NumberFormatException _) {
            throw new SettingsException(key + " must be a whole number, not " + text(key));
        }
    }

    double number(String key) {
        try {
            return Double.parseDouble(text(key));
        } catch (NumberFormatException _) {
            throw new SettingsException(key + " must be a number, not " + text(key));
        }
    }

    Duration duration(String key) {
        try {
            return Duration.parse(text(key));
        } catch (DateTimeParseException _) {
            throw new SettingsException(key + " must be a duration like PT30S, not " + text(key));
        }
    }

    Set<String> list(String key) {
        return Arrays.stream(text(key).split(","))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    private ComputeSettings compute() {
        try {
            return new ComputeSettings(
                    DeviceChoice.parse(text("compute.device")),
                    whole("compute.max-batch"),
                    duration("compute.join-within"),
                    list("compute.pinned"),
                    large("compute.reserve-bytes"),
                    duration("compute.residence"),
                    duration("compute.quarantine"));
        } catch (IllegalArgumentException failure) {
            throw new SettingsException("compute: " + failure.getMessage(), failure);
        }
    }

    private DatabaseSettings database() {
        try {
            return new DatabaseSettings(
                    text("store.url"), text("store.user"), text("store.password"), whole("store.max-connections"));
        } catch (IllegalArgumentException failure) {
            throw new SettingsException("store: " + failure.getMessage(), failure);
        }
    }

    private Map<String, Map<String, String>> engines() {
        var engines = new TreeMap<String, Map<String, String>>();
        values.forEach((key, value) -> {
            if (key.startsWith(ENGINES)) {
                var dot = key.indexOf('.', ENGINES.length());
                if (dot < 0) {
                    throw new SettingsException("a setting of an engine is engines.ID.NAME, not " + key);
                }
                engines.computeIfAbsent(key.substring(ENGINES.length(), dot), _ -> new LinkedHashMap<>())
                        .put(key.substring(dot + 1), value);
            }
        });
        return engines;
    }
}
