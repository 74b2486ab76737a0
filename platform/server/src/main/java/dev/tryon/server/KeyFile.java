package dev.tryon.server;

import dev.tryon.store.DurableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A small file that only the server's own user may read.
 *
 * @param path where it lies
 */
record KeyFile(Path path) {
    /** Returns what is in it; empty if it is not there. */
    Optional<byte[]> read() {
        try {
            return Optional.of(Files.readAllBytes(path));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException failure) {
            throw new SettingsException("cannot read " + path, failure);
        }
    }

    /** Writes it, in place of what there may be: whole and for good, or not at all. */
    void write(byte[] content) {
        try {
            DurableFile.makeFolder(path.toAbsolutePath().resolveSibling(""));
            DurableFile.write(path, ByteBuffer.wrap(content));
        } catch (IOException failure) {
            throw new SettingsException("cannot write " + path, failure);
        }
    }
}
