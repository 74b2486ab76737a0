package dev.tryon.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tryon.models.ModelException.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelListTest {
    private static final Path SUMS = Path.of(System.getProperty("maven.multiModuleProjectDirectory", "../.."))
            .resolve("../shared/models/SHA256SUMS");
    private static final String LIST = """
            models:
              - name: some-network
                purpose: Finds something.
                publisher: Somebody
                licence: {spdx: MIT, text: 'https://example.org/licence'}
                file:
                  name: some.tflite
                  format: tflite
                  bytes: 17
                  sha256: 25a606a145a5b6d7271ae138fbd00eba91dad8b83222ae3f2c7ecd0f4a7b0e31
                urls: ['https://example.org/some.tflite']
                inputs:
                  - name: input
                    shape: {batch: 1, channel: 3}
                    range: [-1, 1]
                    meaning: RGB
                outputs:
                  - name: output
                    shape: {batch: 1, score: 1}
                    meaning: a logit
            """;

    @TempDir
    private Path folder;

    private ModelList with(String list) throws IOException {
        return ModelList.builtIn().and(Files.writeString(folder.resolve("own.yaml"), list));
    }

    @Test
    void knowsWhatComesWithTheServer() {
        var palms = ModelList.builtIn().entry("mediapipe-palm-detection-full");

        assertThat(palms.licence().spdx()).isEqualTo("Apache-2.0");
        assertThat(palms.file().bytes()).isEqualTo(2_341_280);
        assertThat(palms.inputs()).singleElement().satisfies(input -> {
            assertThat(input.sizes()).containsExactly(1, 3, 192, 192);
            assertThat(input.range()).contains(new TensorSpec.Range(0, 1));
        });
        assertThat(palms.outputs()).hasSize(2);
    }

    @Test
    void hasTheHashesOfThePublishedFiles() throws IOException {
        assumeTrue(Files.exists(SUMS), () -> "there is no " + SUMS);
        var sums = Files.readString(SUMS);

        assertThat(ModelList.builtIn().entries()).hasSize(10).allSatisfy(entry -> assertThat(sums)
                .contains(entry.file().sha256() + "  mediapipe/" + entry.file().name()));
    }

    @Test
    void addsAnOperatorsEntries() throws IOException {
        var entry = with(LIST).entry("some-network");

        assertThat(entry.urls()).singleElement().asString().isEqualTo("https://example.org/some.tflite");
        assertThat(entry.outputs().getFirst().range()).isEqualTo(Optional.empty());
        assertThat(entry.inputs().getFirst()).hasToString("input float32[batch 1][channel 3]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            name: some-network               | name: Some Network           | line 2, entry Some Network: a network is named
            purpose: Finds something.        | purpose: ''                  | line 2, entry some-network: the purpose is one line
            publisher: Somebody              | author: Somebody             | line 4: unknown key author
            spdx: MIT,                       | spdx: [MIT],                 | line 5, entry some-network: here belongs one value
            'https://example.org/licence'    | 'http://example.org/licence' | line 5, entry some-network: the licence's text is an https
            name: some.tflite                | name: ../some.tflite         | line 7, entry some-network: a file's name
            format: tflite                   | format: onnx                 | line 8, entry some-network: a format is tflite or torchscript
            bytes: 17                        | bytes: many                  | line 9, entry some-network: here belongs a number
            bytes: 17                        | bytes: 0                     | line 7, entry some-network: a file has 1 byte to 1 GiB
            sha256: 25a                      | sha256: 25A                  | line 10, entry some-network: a SHA-256 is 64
            ['https://example.org/some.tfl   | ['file:///etc/some.tfl       | line 2, entry some-network: each of urls is an https
            channel: 3                       | channel: 0                   | line 14, entry some-network: axis channel must be
            range: [-1, 1]                   | range: [1, -1]               | line 15, entry some-network: a range goes
            range: [-1, 1]                   | range: [1]                   | line 15, entry some-network: a range is two numbers
            score: 1                         | score: 99999999              | line 18, entry some-network: the shape of output has more
            outputs:                         | name: twice                  | no YAML
            publisher: Somebody              | purpose: Twice               | line 4: purpose is given twice
            urls:                            | note: {                      | no YAML
            """)
    void namesTheLineAndTheEntryOfWhatDoesNotFit(String right, String wrong, String message) {
        assertThat(LIST).contains(right);
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> with(LIST.replace(right, wrong)))
                .withMessageContaining("own.yaml")
                .withMessageContaining(message)
                .satisfies(failure -> assertThat(failure.problem()).isEqualTo(Problem.BAD_LIST));
    }

    @ParameterizedTest
    @CsvSource({"''", "models", "models: none", "others: []", "models: [1]", "'models: [{}]'", "'models: &a [*a]'"})
    void refusesWhatIsNoList(String text) {
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> with(text))
                .withMessageContaining("own.yaml")
                .satisfies(failure -> assertThat(failure.problem()).isEqualTo(Problem.BAD_LIST));
    }

    @Test
    void takesEachNameOnce() {
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> with(LIST + LIST.substring(LIST.indexOf("  - name"))))
                .withMessageContaining("two entries of this name");
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> with(LIST.replace("some-network", "mediapipe-hair-segmentation")))
                .withMessageContaining("the server's own list has an entry mediapipe-hair-segmentation already");
    }

    @Test
    void saysThatAFileCannotBeRead() {
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> ModelList.builtIn().and(folder.resolve("none.yaml")))
                .withMessageContaining("none.yaml cannot be read");
    }

    @ParameterizedTest
    @CsvSource({
        "palm-detection-full, mediapipe-palm-detection-full",
        "mediapipe-hiar-segmentation, mediapipe-hair-segmentation",
        "selfie, mediapipe-selfie-segmentation"
    })
    void tellsTheNamesNearAnUnknownOne(String asked, String meant) {
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> ModelList.builtIn().entry(asked))
                .withMessageContaining("near it: " + meant)
                .satisfies(failure -> assertThat(failure.problem()).isEqualTo(Problem.UNKNOWN));
    }
}
