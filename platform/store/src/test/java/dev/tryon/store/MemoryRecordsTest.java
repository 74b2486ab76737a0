package dev.tryon.store;

import org.junit.jupiter.api.AfterAll;

class MemoryRecordsTest extends RecordsContract {
    private final Database database = new MemoryDatabase();

    @Override
    Database database() {
        return database;
    }

    @AfterAll
    void close() {
        database.close();
    }
}
