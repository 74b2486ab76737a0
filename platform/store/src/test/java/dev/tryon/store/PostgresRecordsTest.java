package dev.tryon.store;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;

class PostgresRecordsTest extends RecordsContract {
    // Few connections, so that callers wait for them. The folder is kept: later runs start faster, on old data.
    private final Database database = PostgresDatabase.openEmbedded(Path.of("target/postgres"), 4);

    @Override
    Database database() {
        return database;
    }

    @AfterAll
    void close() {
        database.close();
    }
}
