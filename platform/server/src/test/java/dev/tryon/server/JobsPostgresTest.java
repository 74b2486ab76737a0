package dev.tryon.server;

import dev.tryon.store.FileSettings;
import dev.tryon.store.Store;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** Nodes that share a real PostgreSQL and a folder of files, and nothing in this process. */
@Tag("slow")
class JobsPostgresTest extends JobsContract {
    private static TestPostgres postgres;

    @BeforeAll
    static void start() {
        postgres = new TestPostgres();
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @Override
    Store open(InstantSource clock, Store.Limits limits) {
        var files = FileSettings.local(postgres.files());
        return Store.open(postgres.files(), postgres.settings(8), files, limits, clock);
    }
}
