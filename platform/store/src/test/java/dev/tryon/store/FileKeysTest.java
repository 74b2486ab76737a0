package dev.tryon.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileKeysTest {
    @TempDir
    private Path folder;

    @Test
    void keepTheirNameWhenTheyAreRotatedAndOthersHaveAnother() {
        var keys = new FileKeys(folder.resolve("keys.json"));
        keys.make();
        var name = keys.name();
        var others = new FileKeys(folder.resolve("others.json"));
        others.make();

        keys.rotate();

        assertThat(keys.name()).isEqualTo(name).isNotEqualTo(others.name());
    }
}
