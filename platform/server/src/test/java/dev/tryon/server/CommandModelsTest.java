package dev.tryon.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jakarta.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As it is typed, with a list and files of the test's own. */
class CommandModelsTest {
    private static final Path PUBLISHED = Path.of(System.getProperty("maven.multiModuleProjectDirectory", "../.."))
            .resolve("../shared/models/mediapipe");
    private static final String NAME = "some-network";
    private static final String CONTENT = "no network, but a file";

    @TempDir
    private Path folder;

    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final ByteArrayOutputStream complained = new ByteArrayOutputStream();

    @BeforeEach
    void listen() throws IOException {
        System.setOut(new PrintStream(said, true, UTF_8));
        System.setErr(new PrintStream(complained, true, UTF_8));
        publish(CONTENT.getBytes(UTF_8));
    }

    /** Lists a file with this content, and brings it. */
    private void publish(byte[] content) throws IOException {
        Files.write(brought().resolve("any name"), content);
        Files.writeString(folder.resolve("list.yaml"), TestModels.list(NAME, content));
        Files.writeString(
                folder.resolve("tryon.yaml"),
                "data-dir: " + folder.resolve("data") + "\nmodels:\n  list: " + folder.resolve("list.yaml") + "\n");
    }

    @AfterEach
    void listenNoMore() {
        System.setOut(out);
        System.setErr(err);
    }

    private int models(String... words) {
        var line = new ArrayList<>(List.of("models"));
        line.addAll(List.of(words));
        line.addAll(List.of("--config", folder.resolve("tryon.yaml").toString()));
        said.reset();
        complained.reset();
        return Main.run(line);
    }

    private String output() {
        return said.toString(UTF_8);
    }

    private String errors() {
        return complained.toString(UTF_8);
    }

    private Path brought() throws IOException {
        return Files.createDirectories(folder.resolve("brought"));
    }

    private Path installed() throws IOException {
        try (var files = Files.list(folder.resolve("data/models"))) {
            return files.findFirst().orElseThrow();
        }
    }

    @Test
    void listsEveryNetworkWithItsLicenceAndState() {
        assertThat(models("list")).isZero();

        assertThat(output().lines())
                .hasSize(11)
                .anySatisfy(line -> assertThat(line).contains("mediapipe-hair-segmentation", "absent", "Apache-2.0"))
                .anySatisfy(line -> assertThat(line).contains(NAME, "absent", "CC0-1.0", "22 bytes"));
    }

    @Test
    void listsForPrograms() {
        assertThat(models("list", NAME, "--json")).isZero();

        var model = Json.createReader(new StringReader(output()))
                .readObject()
                .getJsonArray("models")
                .getJsonObject(0);
        assertThat(model.getString("name")).isEqualTo(NAME);
        assertThat(model.getString("state")).isEqualTo("absent");
        assertThat(model.getInt("bytes")).isEqualTo(CONTENT.length());
    }

    @Test
    void pullsFromAFolderAndTellsTheLicence() throws IOException {
        assertThat(models("pull", NAME, "--from", brought().toString())).isZero();
        assertThat(output()).contains("CC0-1.0", "https://example.org/licence", "came");

        assertThat(models("pull", NAME, "--from", brought().toString())).isZero();
        assertThat(output()).contains("was here already");
        models("list", NAME);
        assertThat(output()).contains("imported");
    }

    @Test
    void failsIfNotAllCame() throws IOException {
        assertThat(models("pull", "--from", brought().toString())).isEqualTo(1);

        assertThat(errors())
                .contains("mediapipe-hair-segmentation: no file in ")
                .doesNotContain(NAME);
        models("list", NAME);
        assertThat(output()).contains("imported");
    }

    @Test
    void saysHowToRepairADamagedFile() throws IOException {
        models("pull", NAME, "--from", brought().toString());
        Files.writeString(installed(), CONTENT.toUpperCase(Locale.ROOT));

        assertThat(models("verify", NAME)).isEqualTo(1);
        assertThat(errors()).contains(NAME + ": its file is damaged", "./tryon models pull " + NAME);
        models("list", NAME);
        assertThat(output()).contains("corrupt");
        assertThat(models("pull", NAME, "--from", brought().toString())).isZero();
        assertThat(installed()).hasContent(CONTENT);
    }

    @Test
    void verifiesWhatIsThereAlone() {
        assertThat(models("verify")).isZero();
        assertThat(output()).contains("absent");
        assertThat(models("verify", NAME)).isEqualTo(1);
        assertThat(errors()).contains("it is not installed");
    }

    @Test
    void verifiesANetworkByRunningIt() throws IOException {
        publish(TestModels.script("torch.mul(x, 2.0)"));

        models("pull", NAME, "--from", brought().toString());

        assertThat(models("verify", NAME)).isZero();
        assertThat(output()).contains(NAME, "works", " ms a call");
    }

    @Test
    void tellsWhatANetworkDoesNotDo() throws IOException {
        publish(TestModels.script("torch.log(torch.mul(x, -1.0))"));
        models("pull", NAME, "--from", brought().toString());

        assertThat(models("verify", NAME)).isEqualTo(1);
        assertThat(errors()).contains(NAME + ": the self-test failed: its output out has the value NaN");
    }

    @Test
    void verifiesEveryPublishedNetwork() {
        assumeTrue(Files.isDirectory(PUBLISHED), () -> "there is no " + PUBLISHED);
        models("pull", "--from", PUBLISHED.toString());

        models("verify");

        assertThat(errors()).doesNotContain("mediapipe");
        assertThat(output().lines().filter(line -> line.matches("mediapipe-.* works, .* ms a call")))
                .hasSize(10);
    }

    @Test
    void tellsThatAFileIsNoNetwork() throws IOException {
        models("pull", NAME, "--from", brought().toString());

        assertThat(models("verify", NAME)).isEqualTo(1);
        assertThat(errors()).contains(NAME + ": cannot load " + NAME);
    }

    @Test
    void doesNothingForANameItDoesNotKnow() throws IOException {
        assertThat(models("pull", NAME, "some-netwrok", "--from", brought().toString()))
                .isEqualTo(1);

        assertThat(errors()).contains("no network some-netwrok", "near it: " + NAME);
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void refusesALineThatMeansNothing() {
        assertThat(models()).isEqualTo(2);
        assertThat(models("fetch")).isEqualTo(2);
        assertThat(models("pull", "--json")).isEqualTo(2);
        assertThat(models("list", "--from", "here")).isEqualTo(2);
        assertThat(models("pull", "--from", folder.resolve("none").toString())).isEqualTo(2);
    }

    @Test
    void refusesAListThatCannotBeUsed() throws IOException {
        Files.writeString(folder.resolve("list.yaml"), "models:\n  - name: Some Network\n");

        assertThat(models("list")).isEqualTo(2);
        assertThat(errors()).contains("models.list", "list.yaml, line 2", "Some Network");
    }
}
