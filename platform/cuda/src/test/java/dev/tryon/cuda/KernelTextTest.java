package dev.tryon.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The kernels' text as it ships: made from the sources beside it, and taken by NVIDIA's assembler where there is one. */
class KernelTextTest {
    private static final Path SOURCES = Path.of("kernels");

    @ParameterizedTest
    @EnumSource(KernelText.class)
    void isMadeFromTheSourceBesideIt(KernelText kernel) throws IOException, NoSuchAlgorithmException {
        var source = SOURCES.resolve(kernel.entry() + ".cu");
        var digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(source));

        assertThat(kernel.ptx().lines().findFirst())
                .describedAs("run kernels/compile.py after a change of %s", source)
                .hasValue("// Made by kernels/compile.py from %s, sha256 %s"
                        .formatted(source.getFileName(), HexFormat.of().formatHex(digest)));
    }

    @Test
    void hasATextForEverySource() throws IOException {
        try (var files = Files.list(SOURCES)) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".cu"))
                            .map(name -> name.substring(0, name.length() - 3).toUpperCase(Locale.ROOT)))
                    .containsExactlyInAnyOrderElementsOf(Arrays.stream(KernelText.values())
                            .map(KernelText::name)
                            .toList());
        }
    }

    @ParameterizedTest
    @CsvSource({"SAMPLE, sm_70", "SAMPLE, sm_80", "SAMPLE, sm_90", "BLEND, sm_70", "BLEND, sm_80", "BLEND, sm_90"})
    void isAssembledWithoutSpills(KernelText kernel, String architecture) throws Exception {
        var assembler = assembler();
        assumeThat(assembler)
                .describedAs("no ptxas: set PTXAS, or install CUDA, to have the kernels assembled")
                .isPresent();
        var folder = Files.createTempDirectory("ptx");
        var text = Files.writeString(folder.resolve("kernel.ptx"), kernel.ptx());
        var machine = folder.resolve("kernel.cubin");
        try {
            var process = new ProcessBuilder(
                            assembler.orElseThrow().toString(),
                            "-arch=" + architecture,
                            "-v",
                            "-o",
                            machine.toString(),
                            text.toString())
                    .redirectErrorStream(true)
                    .start();
            var told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(process.waitFor()).describedAs(told).isZero();
            assertThat(told).contains("0 bytes spill stores, 0 bytes spill loads");
            assertThat(machine).isNotEmptyFile();
        } finally {
            Files.deleteIfExists(machine);
            Files.delete(text);
            Files.delete(folder);
        }
    }

    private static Optional<Path> assembler() {
        var named = Stream.ofNullable(System.getenv("PTXAS"));
        var onPath = Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> folder + "/ptxas");
        var installed = Stream.of(System.getenv().getOrDefault("CUDA_HOME", "/usr/local/cuda") + "/bin/ptxas");
        return Stream.of(named, onPath, installed)
                .flatMap(paths -> paths)
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }
}
