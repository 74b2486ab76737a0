package dev.tryon.store;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** A server of its own process, which TRYON_TEST_MONGODB names: its data stay. */
@EnabledIfEnvironmentVariable(named = "TRYON_TEST_MONGODB", matches = ".+")
class MongoServerRecordsTest extends RecordsContract {
    private final Database database =
            MongoDatabase.open(new DatabaseSettings(System.getenv("TRYON_TEST_MONGODB"), "", "", 10));

    @Override
    Database database() {
        return database;
    }

    @AfterAll
    void close() {
        database.close();
    }
}
