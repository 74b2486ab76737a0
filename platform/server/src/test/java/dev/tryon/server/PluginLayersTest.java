package dev.tryon.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tryon.server.LoadedEngine.Ready;
import dev.tryon.spi.TryOnEngine;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginLayersTest {
    private static final String MODULE = """
            module plugin.NAME {
                requires dev.tryon.spi;
                provides dev.tryon.spi.TryOnEngine with plugin.NAME.Engine;
            }
            """;
    private static final String ENGINE = """
            package plugin.NAME;

            import dev.tryon.spi.*;
            import java.util.List;

            public final class Engine implements TryOnEngine {
                @Override
                public EngineInfo info() {
                    return new EngineInfo(
                            "NAME", "NAME", "2.0", List.of(), List.of(), new EngineInfo.ResourceEstimate(0, 0));
                }

                @Override
                public void start(EngineContext context) {}
            }
            """;

    @TempDir
    private Path folder;

    private Path plugins;

    @BeforeEach
    void makeFolder() throws IOException {
        plugins = Files.createDirectory(folder.resolve("plugins"));
    }

    private void jar(String name, Path jar) throws IOException {
        var source = Files.createDirectories(folder.resolve("source-" + name + "/plugin/" + name));
        var root = folder.resolve("source-" + name);
        Files.writeString(root.resolve("module-info.java"), MODULE.replace("NAME", name));
        Files.writeString(source.resolve("Engine.java"), ENGINE.replace("NAME", name));
        var classes = folder.resolve("classes-" + name).toString();
        run(
                "javac",
                "--module-path",
                spi(),
                "-d",
                classes,
                root.resolve("module-info.java").toString(),
                source.resolve("Engine.java").toString());
        run("jar", "--create", "--file", jar.toString(), "-C", classes, ".");
    }

    private static String spi() {
        var layer = TryOnEngine.class.getModule().getLayer();
        return Path.of(layer.configuration()
                        .findModule("dev.tryon.spi")
                        .orElseThrow()
                        .reference()
                        .location()
                        .orElseThrow())
                .toString();
    }

    private static void run(String tool, String... arguments) {
        var output = new StringWriter();
        var writer = new PrintWriter(output);
        var status = ToolProvider.findFirst(tool).orElseThrow().run(writer, writer, arguments);
        assertThat(status).as(output.toString()).isZero();
    }

    @Test
    void loadsEachJarAndFolderIntoALayerOfItsOwn() throws IOException {
        jar("hats", plugins.resolve("hats.jar"));
        jar("rings", Files.createDirectory(plugins.resolve("rings")).resolve("rings.jar"));

        try (var engines = Engines.discover(plugins, _ -> Map.of(), InstantSource.system())) {
            assertThat(engines.ready().map(Ready::id)).contains("hats", "rings");
            var layers = engines.ready()
                    .filter(ready -> ready.info().version().equals("2.0"))
                    .map(ready -> ready.engine().getClass().getModule().getLayer())
                    .distinct();
            assertThat(layers).hasSize(2).doesNotContain(ModuleLayer.boot());
        }
    }

    @Test
    void startsOneEngineAloneForACommandThatUsesOne() throws IOException {
        jar("hats", plugins.resolve("hats.jar"));
        jar("rings", plugins.resolve("rings.jar"));
        var settings = Settings.load(Optional.empty(), Map.of(), Map.of("data-dir", folder.toString()));

        try (var engines = Engines.discoverOnly("rings", settings, InstantSource.system())) {
            assertThat(engines.all()).extracting(LoadedEngine::id).containsExactly("rings");
        }
    }

    @Test
    void keepsABrokenPluginBesideTheEngineOfItsName() throws IOException {
        jar("hats", plugins.resolve("a.jar"));
        Files.writeString(Files.createDirectory(plugins.resolve("hats")).resolve("broken.jar"), "no jar");

        try (var engines = Engines.discover(plugins, _ -> Map.of(), InstantSource.system())) {
            assertThat(engines.find("hats")).containsInstanceOf(Ready.class);
            assertThat(engines.find("hats (2)")).containsInstanceOf(LoadedEngine.Failed.class);
        }
    }

    @Test
    void goesOnPastAPluginWhoseClassesDoNotLoad() throws IOException {
        jar("hats", plugins.resolve("hats.jar"));
        jar("rings", plugins.resolve("rings.jar"));
        var broken = Files.createDirectories(folder.resolve("classes-hats/plugin/hats"))
                .resolve("Engine.class");
        Files.writeString(broken, "no class");
        run(
                "jar",
                "--update",
                "--file",
                plugins.resolve("hats.jar").toString(),
                "-C",
                folder.resolve("classes-hats").toString(),
                "plugin/hats/Engine.class");

        try (var engines = Engines.discover(plugins, _ -> Map.of(), InstantSource.system())) {
            assertThat(engines.find("hats.jar")).containsInstanceOf(LoadedEngine.Failed.class);
            assertThat(engines.find("rings")).containsInstanceOf(Ready.class);
        }
    }

    @Test
    void findsNothingWhereThereIsNoFolder() {
        assertThat(PluginLayers.in(folder.resolve("none"))).isEmpty();
    }
}
