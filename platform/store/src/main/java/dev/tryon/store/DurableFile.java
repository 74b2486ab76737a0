package dev.tryon.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Files that are there whole or not at all, whatever happens to the process or the machine, and that nobody else may read.
 *
 * <p>A file is written under another name, synced, and renamed; then its folder is synced, which makes the name durable.
 */
public final class DurableFile {
    private static final FileAttribute<Set<PosixFilePermission>> OWNERS_FILE = permissions("rw-------");
    private static final FileAttribute<Set<PosixFilePermission>> OWNERS_FOLDER = permissions("rwx------");
    private static final String UNFINISHED = ".new";

    private DurableFile() {}

    private static FileAttribute<Set<PosixFilePermission>> permissions(String text) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
    }

    /**
     * Writes a file, over the one there is; its folder must be there.
     *
     * @throws IOException if it cannot be; the one there was is as it was
     */
    public static void write(Path file, ByteBuffer content) throws IOException {
        var unfinished = unfinished(file);
        Files.deleteIfExists(unfinished);
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var channel = FileChannel.open(unfinished, options, OWNERS_FILE)) {
            var rest = content.duplicate();
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        sync(folder(file));
    }

    /** Deletes a file and what is unfinished of it; that there is none is no error. */
    static void delete(Path file) throws IOException {
        var hadUnfinished = Files.deleteIfExists(unfinished(file));
        if (Files.deleteIfExists(file) || hadUnfinished) {
            sync(folder(file));
        }
    }

    /**
     * Makes a folder that nobody else may enter, unless it is there, and those above it.
     *
     * @throws IOException if it cannot be made
     */
    public static void makeFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Files.createDirectories(folder, OWNERS_FOLDER);
        sync(folder(folder));
    }

    /** Returns the file that an unfinished one was to become; any other file as it is. */
    static String finishedName(Path file) {
        var name = file.getFileName().toString();
        return name.endsWith(UNFINISHED) ? name.substring(0, name.length() - UNFINISHED.length()) : name;
    }

    private static Path unfinished(Path file) {
        return file.resolveSibling(file.getFileName() + UNFINISHED);
    }

    private static Path folder(Path file) {
        var parent = file.toAbsolutePath().getParent();
        return parent == null ? file.toAbsolutePath() : parent;
    }

    private static void sync(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
