package dev.tryon.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
    @TempDir
    Path folder;

    @Test
    void keepsItsKeyFromStartToStartForItsOwnUserAlone() throws IOException {
        var first = Secrets.open(Optional.empty(), folder).derive("test", "text");

        assertThat(Secrets.open(Optional.empty(), folder).derive("test", "text"))
                .isEqualTo(first);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("server.key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void neverReplacesAKeyThatIsThereAndCannotBeUsed() throws IOException {
        var file = folder.resolve("server.key");
        Files.write(file, new byte[7]);

        assertThatThrownBy(() -> Secrets.open(Optional.empty(), folder)).isInstanceOf(SettingsException.class);

        assertThat(Files.readAllBytes(file)).hasSize(7);
    }
}
