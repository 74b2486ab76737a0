package dev.tryon.models;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.tryon.models.ModelStatus.Use;
import dev.tryon.models.PublishedFile.Format;
import dev.tryon.spi.Crop;
import dev.tryon.spi.EngineContext;
import dev.tryon.spi.ErrorCode;
import dev.tryon.spi.Frame;
import dev.tryon.spi.Network;
import dev.tryon.spi.Published;
import dev.tryon.spi.Tensor;
import dev.tryon.spi.TryOnException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With networks that are functions of the test's own. */
class PublishedNetworksTest {
    private static final byte[] CONTENT = "a published network".getBytes(UTF_8);
    private static final ModelEntry ENTRY = Entries.entry("test-network", Format.TORCHSCRIPT, CONTENT);

    @TempDir
    private Path folder;

    private final List<EngineContext.Source> loaded = new ArrayList<>();
    private List<Tensor> examples = List.of();
    private Supplier<List<Tensor>> outputs = () -> List.of(filled(0.5f, 1, 4));
    private final Network network = new Network() {
        @Override
        public List<Tensor> run(Tensor... inputs) {
            return outputs.get();
        }

        @Override
        public List<Tensor> run(Frame frame, List<Crop> crops, int width, int height) {
            throw new AssertionError("a self-test has no frame");
        }
    };
    private long nanos;

    private static Tensor filled(float value, long... shape) {
        var tensor = Tensor.allocate(shape);
        for (int index = 0; index < tensor.values().capacity(); index++) {
            tensor.values().put(index, value);
        }
        return tensor;
    }

    private ModelStore store() {
        return new ModelStore(
                ModelList.of(List.of(ENTRY)),
                new ModelFolder(folder, InstantSource.system(), ModelFolder::roomOnDisk),
                Importer.ofTflite());
    }

    private void install() {
        store().pull(ENTRY, (_, taker) -> taker.take("the test", new ByteArrayInputStream(CONTENT)));
    }

    /** A clock on which each look takes a millisecond. */
    private long tick() {
        nanos += 1_000_000;
        return nanos;
    }

    private PublishedNetworks networks() {
        return new PublishedNetworks(store(), this::tick);
    }

    private Network load(String name, EngineContext.Source source, Tensor... inputs) {
        loaded.add(source);
        examples = Arrays.asList(inputs);
        return network;
    }

    private String refusal() {
        var published = networks().get("test-network", this::load);
        return assertThat(published)
                .asInstanceOf(type(Published.Missing.class))
                .actual()
                .reason();
    }

    @Test
    void lendsWhatIsInstalled() throws IOException {
        install();
        var networks = networks();

        assertThat(networks.get("test-network", this::load)).isEqualTo(new Published.Ready(network));
        assertThat(loaded).hasSize(1);
        assertThat(loaded.getFirst().open()).hasBinaryContent(CONTENT);
        assertThat(networks.statuses())
                .containsExactly(new ModelStatus(
                        "test-network", "CC0-1.0", CONTENT.length, true, new Use.Lent(Duration.ofMillis(1))));
    }

    @Test
    void warmsUpWithNoiseAsDeclared() {
        install();
        networks().get("test-network", this::load);

        assertThat(examples).singleElement().satisfies(example -> {
            assertThat(example.shape()).containsExactly(1, 4);
            for (int index = 0; index < 4; index++) {
                assertThat(example.values().get(index)).isBetween(-1f, 1f);
            }
            assertThat(example.values().get(0)).isNotEqualTo(example.values().get(1));
        });
    }

    @Test
    void saysHowToBringWhatIsMissing() {
        var networks = networks();

        assertThat(networks.get("test-network", this::load))
                .isEqualTo(new Published.Missing("the network test-network: it is not installed: ./tryon models pull"
                        + " test-network brings it"));
        assertThatExceptionOfType(TryOnException.class)
                .isThrownBy(() -> networks.get("test-network", this::load).orElseThrow())
                .withMessageContaining("./tryon models pull test-network")
                .satisfies(failure -> {
                    assertThat(failure.code()).isEqualTo(ErrorCode.MODEL_ERROR);
                    assertThat(failure.userMessage()).doesNotContain("test-network");
                });
        assertThat(networks.statuses()).singleElement().satisfies(status -> {
            assertThat(status.present()).isFalse();
            assertThat(status.use()).isInstanceOf(Use.Refused.class);
        });
    }

    @Test
    void lendsWhatWasBroughtMeanwhile() {
        var networks = networks();
        networks.get("test-network", this::load);
        install();

        assertThat(networks.get("test-network", this::load)).isInstanceOf(Published.Ready.class);
    }

    @Test
    void refusesAnUnknownName() {
        assertThat(networks().get("test-netwrok", this::load))
                .asInstanceOf(type(Published.Missing.class))
                .satisfies(missing -> assertThat(missing.reason()).contains("no network test-netwrok", "test-network"));
    }

    @Test
    void doesNotLoadADamagedFile() throws IOException {
        install();
        try (var files = Files.list(folder)) {
            Files.write(files.findFirst().orElseThrow(), new byte[CONTENT.length]);
        }

        assertThat(refusal()).contains("damaged");
        assertThat(loaded).isEmpty();
    }

    @Test
    void givesNoDamagedFileToADeviceThatLoadsItAgain() throws IOException {
        install();
        networks().get("test-network", this::load);
        try (var files = Files.list(folder)) {
            Files.write(files.findFirst().orElseThrow(), new byte[CONTENT.length]);
        }

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> loaded.getFirst().open())
                .withMessageContaining("damaged");
    }

    @Test
    void tellsThatALoaderFailed() {
        install();
        outputs = () -> {
            throw new TryOnException(ErrorCode.MODEL_ERROR, "It failed.", "no such operator");
        };

        assertThat(refusal()).contains("no such operator");
    }

    @Test
    void lendsNothingThatFailsItsSelfTest() {
        install();
        outputs = () -> List.of();
        assertThat(refusal()).contains("it gives 0 outputs, not 1");
        outputs = () -> List.of(filled(0.5f, 1, 5));
        assertThat(refusal()).contains("its output out has the shape [1, 5], not [1, 4]");
        outputs = () -> List.of(filled(Float.NaN, 1, 4));
        assertThat(refusal()).contains("its output out has the value NaN");
        outputs = () -> List.of(filled(1.1f, 1, 4));
        assertThat(refusal()).contains("its output out has the value 1.1");
        assertThat(Optional.of(networks().statuses().getFirst().use())).contains(new Use.Unused());
    }
}
