package dev.tryon.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tryon.server.LoadedEngine.Failed;
import dev.tryon.server.LoadedEngine.Ready;
import dev.tryon.server.LoadedEngine.Stage;
import dev.tryon.spi.EngineContext;
import dev.tryon.spi.EngineInfo;
import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.TryOnEngine;
import dev.tryon.spi.TryOnException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnginesTest {
    private final List<String> happened = new ArrayList<>();

    /** An engine that fails where a test says. */
    private final class Fragile implements TryOnEngine {
        private final String id;
        private final String fails;

        Fragile(String id, String fails) {
            this.id = id;
            this.fails = fails;
        }

        @Override
        public int apiVersion() {
            return fails.equals("version") ? 99 : API_VERSION;
        }

        @Override
        public EngineInfo info() {
            return new EngineInfo(
                    fails.equals("info") ? "Not An Id" : id,
                    id,
                    "1",
                    List.of(),
                    List.of(),
                    new EngineInfo.ResourceEstimate(0, 0));
        }

        @Override
        public void start(EngineContext context) {
            happened.add("start " + id + " " + context.settings());
            if (fails.equals("start")) {
                throw new TryOnException(ErrorCode.MODEL_ERROR, "A network is missing.", "weights at /secret/path");
            }
        }

        @Override
        public void selfTest() {
            if (fails.equals("test")) {
                throw new IllegalStateException("secret");
            }
        }

        @Override
        public void stop() {
            happened.add("stop " + id);
        }
    }

    private static Engines load(TryOnEngine... engines) {
        return Engines.of(
                List.of(engines),
                TestModels.none(),
                id -> id.equals("good") ? Map.of("size", "3") : Map.of(),
                InstantSource.system());
    }

    @Test
    void showsWhereAnEngineFailedAndGoesOnWithTheOthers() {
        try (var engines = load(
                new Fragile("old", "version"),
                new Fragile("nameless", "info"),
                new Fragile("unarmed", "start"),
                new Fragile("ill", "test"),
                new Fragile("good", ""),
                new Fragile("good", ""))) {
            assertThat(engines.ready().map(Ready::id)).containsExactly("good");
            assertThat(engines.find("unarmed")).contains(new Failed("unarmed", Stage.START, "A network is missing."));
            assertThat(engines.find("ill")).contains(new Failed("ill", Stage.SELF_TEST, "It failed: see the log."));
            var stages =
                    engines.all().stream().filter(Failed.class::isInstance).map(engine -> ((Failed) engine).stage());
            assertThat(stages).contains(Stage.START, Stage.SELF_TEST, Stage.ESTIMATE);
            assertThat(happened).contains("start good {size=3}", "stop ill");
        }
        assertThat(happened).endsWith("stop good");
    }

    @Test
    void tellsAnOldEngineWhatItIsBuiltFor() {
        try (var engines = load(new Fragile("old", "version"))) {
            assertThat(engines.all()).singleElement().isInstanceOfSatisfying(Failed.class, failed -> {
                assertThat(failed.stage()).isEqualTo(Stage.API_VERSION);
                assertThat(failed.reason()).contains("99").contains("1");
            });
        }
    }

    @Test
    void doesNotStartWithAGpuThatWasAskedForAndIsNotThere(@TempDir Path folder) {
        var settings = Settings.load(
                Optional.empty(), Map.of(), Map.of("data-dir", folder.toString(), "compute.device", "gpu(99)"));

        assertThatThrownBy(() -> Engines.discover(settings, InstantSource.system()))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("compute.device: gpu(99) ");
    }

    @Test
    void showsAPluginThatCannotBeLoaded(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("broken.jar"), "no jar");

        try (var engines = Engines.discover(folder, _ -> Map.of(), InstantSource.system())) {
            assertThat(engines.find("broken.jar")).containsInstanceOf(Failed.class);
        }
    }
}
