package dev.tryon.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tryon.compute.ComputeSettings;
import dev.tryon.compute.DeviceChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    @TempDir
    private Path folder;

    private static ServerSettings load(Map<String, String> environment, Map<String, String> overrides) {
        return Settings.load(Optional.empty(), environment, overrides);
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("settings.yaml"), text);
    }

    @Test
    void hasADefaultForEverything() {
        var settings = load(Map.of(), Map.of());

        assertThat(settings.listener().port()).isEqualTo(8080);
        assertThat(settings.sessions().grace()).isEqualTo(Duration.ofSeconds(20));
        assertThat(settings.sessions().ticketLifetime()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.live().maxMessageBytes()).isEqualTo(2 << 20);
        assertThat(settings.live().workers()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(settings.uploads().maxBytes()).isEqualTo(16 << 20);
        assertThat(settings.engines()).isEmpty();
    }

    @Test
    void letsTheFileThenTheEnvironmentThenTheFlagsOverride() throws IOException {
        var file = file("server:\n  port: 1111\n  host: ::1\nlive:\n  image-quality: 50\n");

        var settings = Settings.load(
                Optional.of(file),
                Map.of("TRYON_SERVER_PORT", "2222", "TRYON_LIVE_IMAGE_QUALITY", "60", "PATH", "/bin"),
                Map.of("server.port", "3333"));

        assertThat(settings.listener().host()).isEqualTo("::1");
        assertThat(settings.live().imageQuality()).isEqualTo(60);
        assertThat(settings.listener().port()).isEqualTo(3333);
    }

    @Test
    void readsWhatNetworksRunOn() {
        assertThat(load(Map.of(), Map.of()).compute()).isEqualTo(ComputeSettings.DEFAULT);
        assertThat(load(Map.of("TRYON_COMPUTE_DEVICE", "gpu(1)"), Map.of())
                        .compute()
                        .device())
                .isEqualTo(new DeviceChoice.Gpu(1));
        assertThatThrownBy(() -> load(Map.of("TRYON_COMPUTE_DEVICE", "gpu"), Map.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessage("compute: a device is auto, cpu or gpu(0), gpu(1) and so on, not gpu");
        assertThatThrownBy(() -> load(Map.of("TRYON_COMPUTE_MAX_BATCH", "65"), Map.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessage("compute: a batch has 1 to 64 samples, not 65");
    }

    @Test
    void handsEnginesTheirOwnSettings() throws IOException {
        var file = file("engines:\n  nails:\n    small-net: true\n    smoothing:\n      frames: 4\n");

        var settings = Settings.load(Optional.of(file), Map.of("TRYON_ENGINES_HAIR_TOP_SHADE", "9"), Map.of());

        assertThat(settings.engine("nails")).containsEntry("small-net", "true").containsEntry("smoothing.frames", "4");
        assertThat(settings.engine("hair")).containsEntry("top-shade", "9");
        assertThat(settings.engine("hats")).isEmpty();
    }

    @Test
    void refusesAKeyThatIsNotKnown() throws IOException {
        var file = file("server:\n  prot: 1\n");

        assertThatThrownBy(() -> Settings.load(Optional.of(file), Map.of(), Map.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("server.prot");
        assertThatThrownBy(() -> load(Map.of("TRYON_SERVER_PROT", "1"), Map.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("TRYON_SERVER_PROT");
        assertThatThrownBy(() -> load(Map.of(), Map.of("port", "1")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("port");
    }

    @Test
    void refusesAValueThatCannotBeUsedAndNamesTheKey() {
        for (var bad : Map.of(
                        "server.port", "70000",
                        "live.image-quality", "best",
                        "sessions.grace", "20s",
                        "jobs.lifetime", "P30D",
                        "sessions.max", "0",
                        "auth.mode", "maybe")
                .entrySet()) {
            assertThatThrownBy(() -> load(Map.of(), Map.of(bad.getKey(), bad.getValue())))
                    .isInstanceOf(SettingsException.class)
                    .hasMessageContaining(bad.getKey());
        }
    }

    @Test
    void refusesAFileThatIsNotThereOrNotYaml() throws IOException {
        var file = file("{ not: [yaml");

        assertThatThrownBy(() -> Settings.load(Optional.of(file), Map.of(), Map.of()))
                .isInstanceOf(SettingsException.class);
        assertThatThrownBy(() -> Settings.load(Optional.of(folder.resolve("none.yaml")), Map.of(), Map.of()))
                .isInstanceOf(SettingsException.class);
    }
}
