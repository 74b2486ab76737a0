package dev.tryon.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFilesTest extends FileStoreTest {
    @TempDir
    private Path folder;

    @Override
    FileStore files() {
        return new LocalFiles(folder);
    }

    @Test
    void listsAndDeletesWhatACrashLeftUnfinished() throws IOException {
        var id = UUID.randomUUID();
        files().write(id, ByteBuffer.wrap(new byte[10]));
        var file = folder.resolve(id.toString().substring(0, 2)).resolve(id.toString());
        Files.move(file, file.resolveSibling(id + ".new"));

        assertThat(files().exists(id)).isFalse();
        assertThat(files().list()).containsExactly(id);
        files().delete(id);
        assertThat(files().list()).isEmpty();
    }

    @Test
    void passesOverWhatIsNotItsOwn() throws IOException {
        var id = UUID.randomUUID();
        files().write(id, ByteBuffer.wrap(new byte[10]));
        Files.createFile(folder.resolve(id.toString().substring(0, 2)).resolve(".DS_Store"));

        assertThat(files().list()).containsExactly(id);
    }
}
