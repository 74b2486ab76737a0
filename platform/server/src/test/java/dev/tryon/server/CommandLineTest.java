package dev.tryon.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** What goes wrong on a command line is told in one sentence. */
@Isolated("the error stream is the process's")
class CommandLineTest {
    private final PrintStream usual = System.err;
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    @BeforeEach
    void listen() {
        System.setErr(new PrintStream(told, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restore() {
        System.setErr(usual);
    }

    private String told() {
        return told.toString(StandardCharsets.UTF_8);
    }

    @Test
    void saysThatThePortIsTaken() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var status =
                    Main.run(List.of("run", "--host", "127.0.0.1", "--port", Integer.toString(taken.getLocalPort())));

            assertThat(status).isEqualTo(2);
            assertThat(told()).startsWith("tryon: cannot listen on 127.0.0.1:").hasLineCount(1);
        }
    }

    @Test
    void saysThatThePersonOrTheReferenceIsMissing() throws IOException {
        var person = Files.createFile(folder.resolve("person"));
        var missing = folder.resolve("missing").toString();

        assertThat(Main.run(List.of("apply", "nails", "--person", missing, "--out", "x.png")))
                .isEqualTo(2);
        assertThat(Main.run(List.of(
                        "apply", "nails", "--person", person.toString(), "--reference", missing, "--out", "x.png")))
                .isEqualTo(2);
        assertThat(told()).isEqualTo(("tryon: there is no " + missing + System.lineSeparator()).repeat(2));
    }

    @Test
    void saysWhatIsWrongWithAVideoCommand() throws IOException {
        var film = Files.writeString(folder.resolve("film.mp4"), "this is no film, but it is long enough");
        var missing = folder.resolve("missing").toString();

        assertThat(Main.run(List.of("video", "nails", "--in", missing, "--out", "x.mp4")))
                .isEqualTo(2);
        assertThat(Main.run(List.of("video", "nails", "--in", film.toString(), "--out", "x.gif")))
                .isEqualTo(2);
        assertThat(Main.run(List.of("video", "nails", "--in", film.toString(), "--out", "x.mp4")))
                .isEqualTo(1);
        assertThat(told().lines())
                .containsExactly(
                        "tryon: there is no " + missing,
                        "tryon: --out is written as MP4: name it so",
                        "tryon: The video cannot be read. Please send a whole MP4, MOV, WebM or AVI video.");
    }
}
