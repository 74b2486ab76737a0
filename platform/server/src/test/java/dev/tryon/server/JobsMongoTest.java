package dev.tryon.server;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import dev.tryon.store.DatabaseSettings;
import dev.tryon.store.FileSettings;
import dev.tryon.store.Store;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that speak MongoDB's own words to a server in this process. */
@Tag("slow")
class JobsMongoTest extends JobsContract {
    @TempDir
    private static Path folder;

    private static MongoServer server;
    private static String url;

    @BeforeAll
    static void start() {
        server = new MongoServer(new MemoryBackend());
        url = server.bindAndGetConnectionString();
    }

    @AfterAll
    static void stop() {
        server.shutdownNow();
    }

    @Override
    Store open(InstantSource clock, Store.Limits limits) {
        var settings = new DatabaseSettings(url, "", "", 8);
        return Store.open(folder, settings, FileSettings.local(folder), limits, clock);
    }
}
