package dev.tryon.server;

import dev.tryon.spi.TryOnEngine;
import java.io.IOException;
import java.lang.module.FindException;
import java.lang.module.ModuleFinder;
import java.lang.module.ResolutionException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the engines in a folder of jars: each jar, or folder of jars, becomes a module layer of its own above the boot
 * layer, so that plugins cannot see each other.
 */
final class PluginLayers {
    private static final Logger LOG = LoggerFactory.getLogger(PluginLayers.class);

    private PluginLayers() {}

    /** What one jar, or folder of jars, holds. @param reason why it cannot be loaded, empty if it can */
    record Plugin(String name, List<ServiceLoader.Provider<TryOnEngine>> engines, String reason) {}

    /** Returns what the folder holds, in the order of names; nothing if there is no such folder. */
    static List<Plugin> in(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> entry.toString().endsWith(".jar") || Files.isDirectory(entry))
                    .sorted()
                    .map(PluginLayers::load)
                    .toList();
        } catch (IOException failure) {
            LOG.warn("the plugins folder cannot be read", failure);
            return List.of();
        }
    }

    private static Plugin load(Path path) {
        var name = String.valueOf(path.getFileName());
        try {
            return new Plugin(name, providers(path), "");
        } catch (FindException | ResolutionException | LayerInstantiationException failure) {
            LOG.warn("plugin {} cannot be loaded", name, failure);
            return new Plugin(name, List.of(), "Its modules cannot be resolved: see the log.");
        } catch (ServiceConfigurationError | LinkageError failure) {
            LOG.warn("plugin {} cannot be loaded", name, failure);
            return new Plugin(name, List.of(), "Its classes cannot be loaded: see the log.");
        }
    }

    @SuppressWarnings("restricted") // a plugin may bring natives of its own; the operator put it there
    private static List<ServiceLoader.Provider<TryOnEngine>> providers(Path path) {
        var boot = ModuleLayer.boot();
        var finder = ModuleFinder.of(path);
        // Modules that the boot layer has already are taken from there: one SPI for all.
        var roots = finder.findAll().stream()
                .map(reference -> reference.descriptor().name())
                .filter(module -> boot.findModule(module).isEmpty())
                .collect(Collectors.toSet());
        var configuration = boot.configuration().resolve(finder, ModuleFinder.of(), roots);
        var controller = ModuleLayer.defineModulesWithOneLoader(
                configuration, List.of(boot), PluginLayers.class.getClassLoader());
        var layer = controller.layer();
        layer.modules().forEach(controller::enableNativeAccess);
        var providers = new ArrayList<ServiceLoader.Provider<TryOnEngine>>();
        ServiceLoader.load(layer, TryOnEngine.class).stream()
                .filter(provider -> layer.equals(provider.type().getModule().getLayer()))
                .forEach(providers::add);
        return providers;
    }
}
