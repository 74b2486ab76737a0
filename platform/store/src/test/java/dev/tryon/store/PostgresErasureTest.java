package dev.tryon.store;

import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** Over a real PostgreSQL and sealed files in a folder. */
@Tag("slow")
class PostgresErasureTest extends ErasureContract {
    @TempDir
    private static Path folder;

    private static Database postgres;

    @BeforeAll
    static void start() {
        postgres = PostgresDatabase.openEmbedded(folder.resolve("postgres"), 4);
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @Override
    Database database() {
        clear(Kind.UPLOADS);
        clear(Kind.RESULTS);
        clear(Kind.SESSIONS);
        clear(Kind.MARKS);
        clear(Kind.ERASURES);
        clear(Kind.MATERIALS);
        return postgres;
    }

    private static <T extends Entry<T>> void clear(Kind<T> kind) {
        var records = postgres.records(kind);
        for (var some = records.list(Filter.all(), Optional.empty(), 1000);
                !some.isEmpty();
                some = records.list(Filter.all(), Optional.empty(), 1000)) {
            some.forEach(entry -> records.remove(entry.key()));
        }
    }

    @Override
    FileStore files() {
        var place = folder.resolve(UUID.randomUUID().toString());
        return new FileSettings(place.resolve("keys.json"), Optional.empty()).open(place, "here");
    }
}
