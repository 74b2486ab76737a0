package dev.tryon.store;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** PostgreSQL's own programs, unpacked once into a folder that is kept. */
final class PostgresProgram {
    /** The version that the build brings; a test asks the program itself. */
    static final String VERSION = "18.6";

    private static final String ARCHIVE = "postgres-linux-x86_64.txz";
    private static final String FOLDER = "program-";
    private static final long PATIENCE_SECONDS = 120;

    private final Path programs;
    private final Path output;
    private final List<String> prefix;

    private PostgresProgram(Path programs, Path output, List<String> prefix) {
        this.programs = programs;
        this.output = output;
        this.prefix = prefix;
    }

    /** Unpacks the programs if they are not there yet; other versions go. */
    static PostgresProgram in(Path folder) throws IOException {
        var programs = folder.resolve(FOLDER + VERSION);
        if (!Files.isDirectory(programs)) {
            var unfinished = folder.resolve(FOLDER + "new");
            delete(unfinished);
            unpack(unfinished);
            try (var all = Files.list(folder)) {
                for (var old : all.filter(path -> path.getFileName().toString().startsWith(FOLDER))
                        .filter(path -> !path.equals(unfinished))
                        .toList()) {
                    delete(old);
                }
            }
            Files.move(unfinished, programs, StandardCopyOption.ATOMIC_MOVE);
        }
        return new PostgresProgram(programs.resolve("bin"), folder.resolve("command.log"), prefix());
    }

    /** PostgreSQL refuses to be root; in a user namespace of its own it is nobody, whose files are root's outside. */
    private static List<String> prefix() throws IOException {
        var user = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        return user.equals(0) ? List.of("unshare", "--user") : List.of();
    }

    private static void unpack(Path target) throws IOException {
        try (var packed = PostgresProgram.class.getClassLoader().getResourceAsStream(ARCHIVE)) {
            if (packed == null) {
                throw new StoreException("there is no PostgreSQL in this build; name a database by its URL");
            }
            try (var archive =
                    new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(packed)))) {
                for (var entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
                    var path = target.resolve(entry.getName()).normalize();
                    if (!path.startsWith(target)) {
                        throw new IOException("the archive leaves its folder: " + entry.getName());
                    }
                    if (entry.isDirectory()) {
                        Files.createDirectories(path);
                        continue;
                    }
                    Files.createDirectories(path.getParent());
                    if (entry.isSymbolicLink()) {
                        Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
                    } else {
                        Files.copy(archive, path);
                        var mode = (entry.getMode() & 0100) == 0 ? "rw-------" : "rwx------";
                        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
                    }
                }
            }
        }
    }

    /**
     * Runs a program to its end.
     *
     * @throws StoreException with what it said, if it fails or takes too long
     */
    void run(String name, String... arguments) throws IOException {
        var command = new ArrayList<>(prefix);
        command.add(programs.resolve(name).toString());
        command.addAll(Arrays.asList(arguments));
        // A file and no pipe: what the program leaves running would keep a pipe open.
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .start();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new StoreException(name + " takes too long");
            }
        } catch (InterruptedException failure) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new StoreException(name + " was interrupted", failure);
        }
        if (process.exitValue() != 0) {
            throw new StoreException(
                    name + " failed: " + Files.readString(output).strip());
        }
    }

    /** Deletes a folder with all that is in it, if it is there. */
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException failure) {
                    throw new UncheckedIOException(failure);
                }
            });
        }
    }
}
