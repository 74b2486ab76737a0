package dev.tryon.server;

import dev.tryon.store.DatabaseSettings;
import dev.tryon.store.FileSettings;
import dev.tryon.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/** A PostgreSQL that tests share; its folder is kept, so that later runs start faster, on old data. */
final class TestPostgres implements AutoCloseable {
    private static final Path FOLDER = Path.of("target/postgres").toAbsolutePath();
    private static final Path PROGRAM = FOLDER.resolve("postgres");

    /** Who has it started: the server's own PostgreSQL runs as long as its store is open. */
    private final Store starter = Store.open(
            FOLDER,
            new DatabaseSettings("", "", "", 40),
            FileSettings.local(FOLDER),
            new Store.Limits("starter", 1 << 24, 1 << 24),
            InstantSource.system());

    /** Returns how others than its starter connect to it. */
    DatabaseSettings settings(int connections) {
        return new DatabaseSettings(url(), "tryon", password(), connections);
    }

    String url() {
        var port = read(PROGRAM.resolve("cluster/tryon.conf"))
                .lines()
                .filter(line -> line.startsWith("port = "))
                .findFirst()
                .orElseThrow()
                .substring("port = ".length());
        return "postgresql://127.0.0.1:" + port + "/postgres";
    }

    String password() {
        return read(PROGRAM.resolve("password")).strip();
    }

    /** Returns the folder that nodes share for their files. */
    Path files() {
        return FOLDER;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        starter.close();
    }
}
