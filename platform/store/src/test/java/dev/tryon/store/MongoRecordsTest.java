package dev.tryon.store;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import org.junit.jupiter.api.AfterAll;

/** The driver's own words, spoken to a server in this process. It knows no secondary unique indexes. */
class MongoRecordsTest extends RecordsContract {
    private final MongoServer server = new MongoServer(new MemoryBackend());
    private final Database database =
            MongoDatabase.open(new DatabaseSettings(server.bindAndGetConnectionString(), "", "", 10));

    @Override
    Database database() {
        return database;
    }

    @AfterAll
    void close() {
        database.close();
        server.shutdownNow();
    }
}
