package dev.tryon.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeNameTest {
    @TempDir
    private Path folder;

    @Test
    void isMadeUpOnceForADataDirectory() {
        var name = NodeName.of(Optional.empty(), folder.resolve("one"));

        assertThat(name).matches(NodeName.PATTERN);
        assertThat(NodeName.of(Optional.empty(), folder.resolve("one"))).isEqualTo(name);
        assertThat(NodeName.of(Optional.empty(), folder.resolve("two"))).isNotEqualTo(name);
    }

    @Test
    void isTheOneThatIsSet() {
        assertThat(NodeName.of(Optional.of("shop-1"), folder)).isEqualTo("shop-1");
        assertThat(folder.resolve("node")).doesNotExist();
    }

    @Test
    void isMadeUpAnewWhereTheFileHoldsNone() throws IOException {
        Files.writeString(folder.resolve("node"), "not a name\n");

        var name = NodeName.of(Optional.empty(), folder);

        assertThat(name).startsWith("node-");
        assertThat(NodeName.of(Optional.empty(), folder)).isEqualTo(name);
    }
}
