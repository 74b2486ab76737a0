package dev.tryon.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the command says of devices and of how to build for them. */
class BuildForCudaTest {
    private static final Path ROOT = Path.of(System.getProperty("maven.multiModuleProjectDirectory", "../.."));

    private record Told(int status, String text) {}

    /** Runs lines after the command's own; {@code nvidia_driver} says whether there is one. */
    private static Told run(String wanted, String lines) throws IOException, InterruptedException {
        var process = new ProcessBuilder("bash", "-euc", "source .ci/tools\n" + lines)
                .directory(ROOT.toFile())
                .redirectErrorStream(true);
        process.environment().put("TRYON_CUDA", wanted);
        process.environment().put("JAVA_HOME", System.getProperty("java.home"));
        var started = process.start();
        var text = new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Told(started.waitFor(), text.strip());
    }

    @ParameterizedTest
    @CsvSource({
        "0, true, this machine has an NVIDIA driver: TRYON_CUDA=1 ./tryon run",
        "1, false, this machine has no NVIDIA driver: networks will run on the CPU"
    })
    void saysWhatToDoWhereMachineAndWishDiffer(String wanted, boolean driver, String words) throws Exception {
        var told = run(wanted, "nvidia_driver() { " + driver + "; }\ncuda_advice");

        assertThat(told.status()).isZero();
        assertThat(told.text()).contains(words).contains("docs/gpu.md");
    }

    @ParameterizedTest
    @CsvSource({"0, false", "1, true"})
    void saysNothingWhereTheyAgree(String wanted, boolean driver) throws Exception {
        assertThat(run(wanted, "nvidia_driver() { " + driver + "; }\ncuda_advice"))
                .isEqualTo(new Told(0, ""));
    }

    @Test
    void keepsTheWishFromTheServerWhichWouldTakeItForASetting() throws Exception {
        assertThat(run("1", "echo ${TRYON_CUDA:-gone} $natives ${profile[@]}"))
                .isEqualTo(new Told(0, "gone cu128 -Pcuda"));
    }

    @Test
    void refusesAWishThatIsNone() throws Exception {
        assertThat(run("yes", "")).isEqualTo(new Told(2, "tryon: TRYON_CUDA is 1, to build for NVIDIA devices, or 0"));
    }

    @Test
    void namesWhatABuildForDevicesNeeds() throws Exception {
        assertThat(run("1", "build_failed").text())
                .contains("ai.djl.pytorch:pytorch-native-cu128")
                .contains("docs/gpu.md");
    }
}
