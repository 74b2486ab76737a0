package dev.tryon.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * A small file that only the server's own user may read.
 *
 * <p>It is written whole or not at all: to another name, synced, and moved.
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

    /** Writes it, in place of what there may be. */
    void write(byte[] content) {
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            var unfinished = path.resolveSibling(path.getFileName() + ".new");
            Files.deleteIfExists(unfinished);
            try (var channel = FileChannel.open(
                    unfinished,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    ownerOnly(unfinished))) {
                channel.write(ByteBuffer.wrap(content));
                channel.force(true);
            }
            Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw new SettingsException("cannot write " + path, failure);
        }
    }

    /** File systems without owners have nobody to keep out. */
    private static FileAttribute<?>[] ownerOnly(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
