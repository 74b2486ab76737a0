package dev.tryon.models;

import dev.tryon.models.ModelException.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * The folder of published networks, whose files are named after the hash of what they hold.
 *
 * <p>A file is written under a name of its own, synced and renamed, so it is there whole or not at all, and several processes
 * that bring the same file at once do no harm: the last one puts the same bytes in its place. What a killed process left
 * unfinished is swept away an hour later. Nothing read is trusted without its hash. Thread-safe.
 */
final class ModelFolder {
    private static final Duration ABANDONED = Duration.ofHours(1);
    private static final String UNFINISHED = ".unfinished";
    private static final int PIECE = 1 << 16;
    /** As everything in the data directory. */
    private static final FileAttribute<Set<PosixFilePermission>> OWNERS_FOLDER = permissions("rwx------");

    private static final FileAttribute<Set<PosixFilePermission>> OWNERS_FILE = permissions("rw-------");

    private final Path folder;
    private final InstantSource clock;
    private final ToLongFunction<Path> room;

    /**
     * Makes one; the folder is made when something is put in.
     *
     * @param clock to tell what is abandoned
     * @param room how many bytes a folder that exists still takes
     */
    ModelFolder(Path folder, InstantSource clock, ToLongFunction<Path> room) {
        this.folder = folder;
        this.clock = clock;
        this.room = room;
    }

    private static FileAttribute<Set<PosixFilePermission>> permissions(String text) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
    }

    /** Returns how many bytes the disk still takes. */
    static long roomOnDisk(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException failure) {
            throw unusable(folder, failure);
        }
    }

    /** Returns the names of the files that begin so. */
    List<String> names(String beginning) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(beginning) && !name.endsWith(UNFINISHED))
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw unusable(folder, failure);
        }
    }

    /** Returns whether there is a file of this length, without a look into it. @param length at least 1 */
    boolean has(String name, long length) {
        return folder.resolve(name).toFile().length() == length;
    }

    /** Returns the whole of a file, whatever it holds. */
    Optional<byte[]> read(String name) {
        try {
            return Optional.of(Files.readAllBytes(folder.resolve(name)));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException failure) {
            throw unusable(folder, failure);
        }
    }

    /** Removes a file; that there is none is no error. */
    void remove(String name) {
        try {
            Files.deleteIfExists(folder.resolve(name));
        } catch (IOException failure) {
            throw unusable(folder, failure);
        }
    }

    /**
     * Takes a file in, over the one there is, if its length and hash are right.
     *
     * @param from whose bytes these are, for messages
     */
    void put(String name, long length, Sha256 sha256, String from, InputStream bytes) {
        makeReady(length);
        var unfinished = folder.resolve(UUID.randomUUID() + UNFINISHED);
        try {
            var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            try (var channel = FileChannel.open(unfinished, options, OWNERS_FILE)) {
                copy(length, sha256, from, bytes, Channels.newOutputStream(channel));
                channel.force(true);
            }
            Files.move(unfinished, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        } catch (IOException failure) {
            throw room.applyAsLong(folder) < length ? full(length) : unusable(folder, failure);
        } finally {
            forget(unfinished);
        }
    }

    private static void copy(long length, Sha256 sha256, String from, InputStream bytes, OutputStream out)
            throws IOException {
        var digest = Sha256.digest();
        var piece = new byte[PIECE];
        long count = 0;
        for (int read = next(from, bytes, piece); read >= 0; read = next(from, bytes, piece)) {
            count += read;
            if (count > length) {
                throw new ModelException(Problem.WRONG_FILE, from + ": the file is longer than " + length + " bytes");
            }
            digest.update(piece, 0, read);
            out.write(piece, 0, read);
        }
        var found = Sha256.of(digest);
        if (!found.equals(sha256)) {
            throw new ModelException(
                    Problem.WRONG_FILE,
                    from + ": another file: " + count + " bytes with SHA-256 " + found + ", where " + length
                            + " bytes with " + sha256 + " belong");
        }
    }

    private static int next(String from, InputStream bytes, byte[] piece) {
        try {
            return bytes.read(piece);
        } catch (IOException failure) {
            throw new ModelException(
                    Problem.UNREACHABLE, from + ": reading broke off: " + failure.getMessage(), failure);
        }
    }

    private void makeReady(long length) {
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder, OWNERS_FOLDER);
            }
            sweep();
        } catch (IOException failure) {
            throw unusable(folder, failure);
        }
        if (room.applyAsLong(folder) < length) {
            throw full(length);
        }
    }

    private void sweep() throws IOException {
        var abandoned = clock.instant().minus(ABANDONED);
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.toString().endsWith(UNFINISHED)).forEach(file -> {
                if (file.toFile().lastModified() < abandoned.toEpochMilli()) {
                    forget(file);
                }
            });
        }
    }

    private void forget(Path unfinished) {
        try {
            Files.deleteIfExists(unfinished);
        } catch (IOException failure) {
            throw unusable(folder, failure);
        }
    }

    private ModelException full(long length) {
        return new ModelException(
                Problem.NO_ROOM,
                "no room for " + length + " bytes: the disk of " + folder + " takes " + room.applyAsLong(folder)
                        + " more");
    }

    private static ModelException unusable(Path folder, IOException failure) {
        return new ModelException(
                Problem.UNUSABLE_FOLDER,
                "the folder " + folder + " cannot be used ("
                        + failure.getClass().getSimpleName() + "): " + failure.getMessage(),
                failure);
    }
}
