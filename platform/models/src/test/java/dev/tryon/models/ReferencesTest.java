package dev.tryon.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Published files, imported, against what their publisher's interpreter made of the same inputs ({@code references/}). */
class ReferencesTest {
    private static final Path FOLDER = Path.of(System.getProperty("maven.multiModuleProjectDirectory", "../.."))
            .resolve("../shared/models/mediapipe")
            .normalize();

    private static List<String> files() throws IOException {
        return Reference.all().stream().map(Reference::file).distinct().toList();
    }

    @ParameterizedTest
    @MethodSource("files")
    void givesWhatThePublishersInterpreterGives(String file) throws IOException {
        assumeTrue(Files.isDirectory(FOLDER), "published networks are absent: " + FOLDER);
        var imported = TfliteImport.toTorchScript(ByteBuffer.wrap(Files.readAllBytes(FOLDER.resolve(file))));

        for (var picture : List.of("waves", "person")) {
            var expected = Reference.all().stream()
                    .filter(each -> each.file().equals(file) && each.picture().equals(picture))
                    .toList();
            var input = Reference.picture(picture, imported.inputs().getFirst().shape());

            var outputs = Torch.run(imported.archive(), input);

            assertThat(outputs).hasSameSizeAs(expected).isNotEmpty();
            for (var index = 0; index < outputs.size(); index++) {
                var numbers = new float[outputs.get(index).values().capacity()];
                outputs.get(index).values().get(0, numbers);
                expected.get(index).assertGiven(numbers);
            }
        }
    }

    @Test
    void takesNoZerosForWhatWasRecorded() throws IOException {
        for (var recorded : Reference.all()) {
            assertThatThrownBy(() -> recorded.assertGiven(new float[recorded.count()]))
                    .describedAs("%s, %s", recorded.file(), recorded.picture())
                    .isInstanceOf(AssertionError.class);
        }
    }
}
