package dev.tryon.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tryon.compute.NetworkSnapshot;
import dev.tryon.models.ModelStatus;
import dev.tryon.models.TorchArchive;
import dev.tryon.server.LoadedEngine.Failed;
import dev.tryon.server.LoadedEngine.Ready;
import dev.tryon.server.LoadedEngine.Stage;
import dev.tryon.spi.EngineContext;
import dev.tryon.spi.EngineInfo;
import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.Published;
import dev.tryon.spi.Tensor;
import dev.tryon.spi.TryOnEngine;
import dev.tryon.spi.TryOnException;
import java.io.ByteArrayInputStream;
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
            if (id.startsWith("taught")) {
                var network = new TorchArchive().method("""
                                def forward(self, x: Tensor) -> Tensor:
                                  return torch.add(x, 1.0)
                                """).toBytes();
                context.network("adder", () -> new ByteArrayInputStream(network), Tensor.allocate(1));
            }
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
    void unloadsTheNetworksOfAnEngineThatFailsAndSharesThoseOfOthers() {
        try (var engines = load(new Fragile("taught-badly", "test"))) {
            assertThat(networks(engines)).isEmpty();
        }
        try (var engines = load(
                new Fragile("taught-first", ""),
                new Fragile("taught-again", ""),
                new Fragile("taught-badly", "test"))) {
            assertThat(networks(engines)).singleElement().satisfies(network -> {
                assertThat(network.name()).isEqualTo("adder");
                assertThat(network.loads()).isOne();
            });
        }
    }

    private static List<NetworkSnapshot> networks(Engines engines) {
        return engines.compute().orElseThrow().networks();
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

    /** An engine that asks for a published network, and keeps what it is told. */
    private static final class Borrower implements TryOnEngine {
        private final String id;
        private Published told = new Published.Missing("nothing yet");

        Borrower(String id) {
            this.id = id;
        }

        @Override
        public EngineInfo info() {
            return new EngineInfo(id, id, "1", List.of(), List.of(), new EngineInfo.ResourceEstimate(0, 0));
        }

        @Override
        public void start(EngineContext context) {
            told = context.published("some-network");
        }
    }

    @Test
    void lendsEnginesAPublishedNetworkOfWhichThereIsOne(@TempDir Path folder) throws IOException {
        var one = new Borrower("one");
        var other = new Borrower("other");
        var models = TestModels.installed(folder, "some-network", TestModels.script("torch.mul(x, 2.0)"));

        try (var engines = Engines.of(List.of(one, other), models, _ -> Map.of(), InstantSource.system())) {
            var input = Tensor.allocate(1);
            input.values().put(0, 21);
            assertThat(one.told.orElseThrow().run(input).getFirst().values().get(0))
                    .isEqualTo(42);
            assertThat(other.told).isInstanceOf(Published.Ready.class);
            assertThat(engines.compute().orElseThrow().networks()).hasSize(1);
            assertThat(engines.published())
                    .filteredOn(status -> status.name().equals("some-network"))
                    .singleElement()
                    .satisfies(status -> assertThat(status.use()).isInstanceOf(ModelStatus.Use.Lent.class));
        }
    }

    @Test
    void tellsAnEngineWhyThereIsNoSuchNetworkAndServesIt() {
        var borrower = new Borrower("one");

        try (var engines = Engines.of(List.of(borrower), TestModels.none(), _ -> Map.of(), InstantSource.system())) {
            assertThat(engines.ready().map(Ready::id)).containsExactly("one");
            assertThat(borrower.told)
                    .isInstanceOfSatisfying(Published.Missing.class, missing -> assertThat(missing.reason())
                            .contains("there is no network some-network in the list"));
            assertThat(engines.compute()).isEmpty();
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
