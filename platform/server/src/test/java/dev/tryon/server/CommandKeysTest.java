package dev.tryon.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tryon.vision.PictureFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("the output streams are the process's")
class CommandKeysTest {
    private final PrintStream usualOut = System.out;
    private final PrintStream usualErrors = System.err;
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();

    @TempDir
    private Path data;

    @BeforeEach
    void listen() {
        var stream = new PrintStream(told, true, StandardCharsets.UTF_8);
        System.setOut(stream);
        System.setErr(stream);
    }

    @AfterEach
    void restore() {
        System.setOut(usualOut);
        System.setErr(usualErrors);
    }

    private int rotate() {
        return Main.run(List.of("keys", "rotate", "--data-dir", data.toString()));
    }

    @Test
    void rotatesNoKeysThatAreNotThere() {
        assertThat(rotate()).isEqualTo(2);

        assertThat(told.toString(StandardCharsets.UTF_8)).contains("the keys stay as they are");
        assertThat(data.resolve("keys/files.json")).doesNotExist();
    }

    @Test
    void knowsRotateAlone() {
        assertThat(Main.run(List.of("keys", "burn", "--data-dir", data.toString())))
                .isEqualTo(2);

        assertThat(told.toString(StandardCharsets.UTF_8)).contains("keys knows rotate alone");
    }

    @Test
    @Tag("slow")
    void leavesFilesReadableThatOlderKeysWrote() throws IOException {
        var png = Pictures.gradient(40, 30, PictureFormat.PNG);
        var settings = Map.of("store.url", "", "data-dir", data.toString());
        String token;
        String content;
        try (var server = new TestServer(settings)) {
            token = server.guest();
            content = new Person(server, token).upload(png, "person").json().getString("url");
        }
        var before = Files.readString(data.resolve("keys/files.json"));

        assertThat(rotate()).isZero();

        assertThat(told.toString(StandardCharsets.UTF_8)).contains("there are 2 keys now");
        assertThat(Files.readString(data.resolve("keys/files.json"))).isNotEqualTo(before);
        try (var server = new TestServer(settings)) {
            var ann = new Person(server, token);
            var newer = ann.upload(png, "person").json().getString("url");
            assertThat(ann.get(content).response().body()).isEqualTo(png);
            assertThat(ann.get(newer).response().body()).isEqualTo(png);
        }
    }
}
