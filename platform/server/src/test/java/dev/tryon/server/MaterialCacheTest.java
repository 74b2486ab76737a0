package dev.tryon.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaterialCacheTest {
    @TempDir
    private Path folder;

    private final FakeClock clock = new FakeClock();

    private MaterialCache cache(long mostBytes) {
        return new MaterialCache(folder, mostBytes, clock.clocks().wall());
    }

    private static MaterialCache.Key key(String item) {
        return new MaterialCache.Key("weave", item, "v", "16");
    }

    private static byte[] bytes(int count) {
        return new byte[count];
    }

    @Test
    void givesUpWhatWasNotAskedForTheLongest() throws IOException {
        var cache = cache(100);
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
        var cache = cache(100);
        cache.put(key("denim"), bytes(40));

        cache.put(key("lace"), bytes(140));

        assertThat(cache.find(key("lace"))).isPresent();
        assertThat(cache.find(key("denim"))).isEmpty();
    }

    @Test
    void makesRoomAtAStartWithLess() {
        var before = cache(100);
        before.put(key("denim"), bytes(40));
        before.put(key("lace"), bytes(40));

        var cache = cache(50);

        assertThat(cache.find(key("denim")).isPresent())
                .isNotEqualTo(cache.find(key("lace")).isPresent());
    }

    @Test
    void missesAFileThatSomebodyDeleted() throws IOException {
        var cache = cache(100);
        Files.delete(cache.put(key("denim"), bytes(40)).path());

        assertThat(cache.find(key("denim"))).isEmpty();
        cache.put(key("denim"), bytes(50));
        assertThat(cache.find(key("denim"))).isPresent();
    }

    @Test
    void tellsItemsApartWhoseNamesBeginAlike() {
        var cache = cache(1000);
        cache.put(key("denim"), bytes(40));
        cache.put(key("denim-blue"), bytes(40));

        cache.removeAll("weave", "denim");

        assertThat(cache.find(key("denim"))).isEmpty();
        assertThat(cache.find(key("denim-blue"))).isPresent();
    }

    @Test
    void keepsFilesOfOneMomentApartOverARestart() {
        var before = cache(100);
        before.put(key("denim"), bytes(40));
        before.put(key("lace"), bytes(40));

        var after = cache(100);

        assertThat(after.find(key("denim"))).isPresent();
        assertThat(after.find(key("lace"))).isPresent();
    }

    @Test
    void remembersOverARestartWhatWasNotAskedForTheLongest() {
        var before = cache(100);
        for (var item : new String[] {"denim", "lace"}) {
            before.put(key(item), bytes(40));
            clock.advance(Duration.ofSeconds(1));
        }
        before.find(key("denim"));

        var after = cache(50);

        assertThat(after.find(key("denim"))).isPresent();
        assertThat(after.find(key("lace"))).isEmpty();
    }
}
