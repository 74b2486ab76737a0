package dev.tryon.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaterialCacheTest {
    @TempDir
    private Path folder;

    private static MaterialCache.Key key(String item) {
        return new MaterialCache.Key("weave", item, "v", "16");
    }

    private static byte[] bytes(int count) {
        return new byte[count];
    }

    @Test
    void givesUpWhatWasNotAskedForTheLongest() throws IOException {
        var cache = new MaterialCache(folder, 100);
        cache.put(key("denim"), bytes(40));
        cache.put(key("lace"), bytes(40));
        cache.find(key("denim"));

        cache.put(key("velvet"), bytes(40));

        assertThat(cache.find(key("lace"))).isEmpty();
        assertThat(cache.find(key("denim"))).isPresent();
        assertThat(cache.find(key("velvet"))).isPresent();
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void keepsTheNewestThoughItIsLargerThanAllRoom() {
        var cache = new MaterialCache(folder, 100);
        cache.put(key("denim"), bytes(40));

        cache.put(key("lace"), bytes(140));

        assertThat(cache.find(key("lace"))).isPresent();
        assertThat(cache.find(key("denim"))).isEmpty();
    }

    @Test
    void makesRoomAtAStartWithLess() {
        var before = new MaterialCache(folder, 100);
        before.put(key("denim"), bytes(40));
        before.put(key("lace"), bytes(40));

        var cache = new MaterialCache(folder, 50);

        assertThat(cache.find(key("denim")).isPresent())
                .isNotEqualTo(cache.find(key("lace")).isPresent());
    }

    @Test
    void missesAFileThatSomebodyDeleted() throws IOException {
        var cache = new MaterialCache(folder, 100);
        Files.delete(cache.put(key("denim"), bytes(40)).path());

        assertThat(cache.find(key("denim"))).isEmpty();
        cache.put(key("denim"), bytes(50));
        assertThat(cache.find(key("denim"))).isPresent();
    }

    @Test
    void tellsItemsApartWhoseNamesBeginAlike() {
        var cache = new MaterialCache(folder, 1000);
        cache.put(key("denim"), bytes(40));
        cache.put(key("denim-blue"), bytes(40));

        cache.removeAll("weave", "denim");

        assertThat(cache.find(key("denim"))).isEmpty();
        assertThat(cache.find(key("denim-blue"))).isPresent();
    }
}
