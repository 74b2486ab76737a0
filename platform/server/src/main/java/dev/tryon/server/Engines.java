package dev.tryon.server;

import dev.tryon.compute.Compute;
import dev.tryon.compute.ComputeSettings;
import dev.tryon.compute.ComputeSnapshot;
import dev.tryon.models.ModelList;
import dev.tryon.models.ModelStatus;
import dev.tryon.models.ModelStore;
import dev.tryon.models.PublishedNetworks;
import dev.tryon.server.LoadedEngine.Failed;
import dev.tryon.server.LoadedEngine.Ready;
import dev.tryon.server.LoadedEngine.Stage;
import dev.tryon.spi.TryOnEngine;
import dev.tryon.spi.TryOnException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engines of this server, each as far as it came: discovered, of the right API version, estimated, started,
 * self-tested, ready. One that fails is kept with the stage and the reason, and the others go on.
 *
 * <p>Loaded once, on the thread that starts the server; reading is thread-safe.
 */
public final class Engines implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Engines.class);

    private final Map<String, LoadedEngine> byId = new LinkedHashMap<>();
    private final Map<String, PlatformContext> contexts = new HashMap<>();
    private final LazyCompute compute;
    private final PublishedNetworks published;
    private final Function<String, Map<String, String>> settings;
    private final InstantSource clock;
    private final Predicate<String> wanted;

    private Engines(
            ComputeSettings computeSettings,
            ModelStore models,
            Function<String, Map<String, String>> settings,
            InstantSource clock,
            Predicate<String> wanted) {
        this.compute = new LazyCompute(computeSettings);
        this.published = new PublishedNetworks(models, System::nanoTime);
        this.settings = settings;
        this.clock = clock;
        this.wanted = wanted;
    }

    /**
     * Loads what the boot layer provides and what lies in the plugins folder of the data directory.
     *
     * @param clock that engines are lent
     * @throws SettingsException if networks shall run on a device that cannot be used
     */
    static Engines discover(ServerSettings settings, InstantSource clock) {
        return discover(settings, clock, _ -> true);
    }

    /** Loads one engine alone, or none if there is no such: a command that uses one need not wait for the others. */
    static Engines discoverOnly(String id, ServerSettings settings, InstantSource clock) {
        return discover(settings, clock, id::equals);
    }

    private static Engines discover(ServerSettings settings, InstantSource clock, Predicate<String> wanted) {
        var engines = new Engines(settings.compute(), settings.modelStore(), settings::engine, clock, wanted);
        engines.discover(settings.dataDir().resolve("plugins"));
        return engines;
    }

    /**
     * Loads what the boot layer provides and what lies in the plugins folder; networks run on what there is.
     *
     * @param plugins a folder of jars, which need not exist; published networks lie in the folder {@code models} beside it
     * @param settings gives an engine's settings by its id
     * @param clock that engines are lent
     */
    public static Engines discover(Path plugins, Function<String, Map<String, String>> settings, InstantSource clock) {
        var models = ModelStore.open(plugins.resolveSibling("models"), ModelList.builtIn());
        var engines = new Engines(ComputeSettings.DEFAULT, models, settings, clock, _ -> true);
        engines.discover(plugins);
        return engines;
    }

    private void discover(Path plugins) {
        ServiceLoader.load(ModuleLayer.boot(), TryOnEngine.class).stream().forEach(this::create);
        for (var plugin : PluginLayers.in(plugins)) {
            if (!plugin.reason().isEmpty()) {
                keep(new Failed(plugin.name(), Stage.DISCOVER, plugin.reason()));
            }
            plugin.engines().forEach(this::create);
        }
    }

    /** Loads exactly these. */
    static Engines of(
            List<TryOnEngine> instances,
            ModelStore models,
            Function<String, Map<String, String>> settings,
            InstantSource clock) {
        var engines = new Engines(ComputeSettings.DEFAULT, models, settings, clock, _ -> true);
        instances.forEach(instance -> engines.load(instance.getClass().getName(), () -> instance));
        return engines;
    }

    /** Returns how every published network of the list stands, whoever uses it. */
    List<ModelStatus> published() {
        return published.statuses();
    }

    /** Returns what networks run on, and how; empty while no engine has asked for one. */
    Optional<ComputeSnapshot> compute() {
        return compute.opened().map(Compute::snapshot);
    }

    /** Returns all engines, in the order they were found. */
    Collection<LoadedEngine> all() {
        return byId.values();
    }

    /** Returns the engine with this id, ready or not. */
    Optional<LoadedEngine> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Returns the engine with this id if it serves and has a capability. */
    public <E extends TryOnEngine> Optional<E> ready(String id, Class<E> capability) {
        return ready().filter(ready -> ready.id().equals(id))
                .map(Ready::engine)
                .filter(capability::isInstance)
                .map(capability::cast)
                .findFirst();
    }

    /** Returns those that serve. */
    Stream<Ready> ready() {
        return byId.values().stream().filter(Ready.class::isInstance).map(Ready.class::cast);
    }

    private void create(ServiceLoader.Provider<TryOnEngine> provider) {
        load(provider.type().getName(), provider);
    }

    private void load(String className, Supplier<TryOnEngine> provider) {
        var progress = new Progress(className);
        try {
            load(provider, progress).ifPresent(this::keep);
        } catch (TryOnException failure) {
            LOG.error("engine {} failed at {}: {}", progress.id, progress.stage, failure.getMessage(), failure);
            keep(new Failed(progress.id, progress.stage, failure.userMessage()));
        } catch (RuntimeException | LinkageError | ServiceConfigurationError failure) {
            LOG.error("engine {} failed at {}", progress.id, progress.stage, failure);
            keep(new Failed(progress.id, progress.stage, "It failed: see the log."));
        }
    }

    private Optional<LoadedEngine> load(Supplier<TryOnEngine> provider, Progress progress) {
        var engine = provider.get();
        progress.stage = Stage.API_VERSION;
        if (engine.apiVersion() != TryOnEngine.API_VERSION) {
            return Optional.of(new Failed(
                    progress.id,
                    progress.stage,
                    "It is built for version " + engine.apiVersion() + " of the engine interface, this server has "
                            + TryOnEngine.API_VERSION + "."));
        }
        progress.stage = Stage.ESTIMATE;
        var info = engine.info();
        if (!wanted.test(info.id())) {
            return Optional.empty();
        }
        if (byId.containsKey(info.id())) {
            return Optional.of(
                    new Failed(progress.id, progress.stage, "Another engine has the id " + info.id() + " already."));
        }
        progress.id = info.id();
        progress.stage = Stage.START;
        var context = new PlatformContext(compute, published, settings.apply(info.id()), clock);
        contexts.put(info.id(), context);
        try {
            engine.start(context);
        } catch (RuntimeException | LinkageError failure) {
            context.close();
            throw failure;
        }
        progress.stage = Stage.SELF_TEST;
        try {
            engine.selfTest();
        } catch (RuntimeException | LinkageError failure) {
            stop(info.id(), engine);
            throw failure;
        }
        LOG.info("engine {} {} is ready", info.id(), info.version());
        return Optional.of(new Ready(engine, info, Capability.of(engine)));
    }

    private void keep(LoadedEngine engine) {
        switch (engine) {
            case Ready ready -> byId.put(ready.id(), ready);
            case Failed failed -> keepFailed(failed);
        }
    }

    /** Keeps what failed beside the others: a broken plugin that is named like an engine does not take its place. */
    private void keepFailed(Failed failed) {
        var id = failed.id();
        for (int number = 2; byId.containsKey(id); number++) {
            id = failed.id() + " (" + number + ")";
        }
        byId.put(id, new Failed(id, failed.stage(), failed.reason()));
    }

    /** Stops all engines, the last started first; every try-on must be closed. */
    @Override
    public void close() {
        var running = new ArrayList<>(ready().toList());
        running.reversed().forEach(ready -> stop(ready.id(), ready.engine()));
        compute.close();
    }

    private void stop(String id, TryOnEngine engine) {
        try {
            engine.stop();
        } catch (RuntimeException | LinkageError failure) {
            LOG.error("engine {} did not stop", id, failure);
        }
        Optional.ofNullable(contexts.remove(id)).ifPresent(PlatformContext::close);
    }

    /** How far a load has come, told also when it fails. */
    private static final class Progress {
        private String id;
        private Stage stage = Stage.DISCOVER;

        Progress(String id) {
            this.id = id;
        }
    }
}
