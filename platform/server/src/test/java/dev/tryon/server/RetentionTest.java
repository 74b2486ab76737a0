package dev.tryon.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tryon.store.Custody;
import dev.tryon.store.NewFile;
import dev.tryon.store.Store;
import dev.tryon.store.Upload;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RetentionTest {
    private final FakeClock clock = new FakeClock();
    private final Store store = Store.inMemory(clock.clocks().wall(), new Store.Limits("one", 1 << 20, 1 << 20));
    private final LiveMetrics metrics = new LiveMetrics();
    private final Retention one = new Retention(store, "one", clock.clocks().wall(), metrics);
    private final Retention two = new Retention(store, "two", clock.clocks().wall(), new LiveMetrics());

    @AfterEach
    void stop() {
        one.close();
        two.close();
        store.close();
        metrics.close();
    }

    private void keep(Duration lifetime) {
        var custody = Custody.draft(UUID.randomUUID(), "ann", clock.clocks().now(), lifetime);
        store.uploads()
                .keep(
                        new Upload(custody, "person", "image/png", 1, 1, Optional.empty()),
                        List.of(new NewFile(Upload.CONTENT, "image/png", ByteBuffer.allocate(3))));
    }

    @Test
    void removesWhatHasExpiredAndItsFilesAndNothingElse() {
        keep(Duration.ofDays(7));
        keep(Duration.ofHours(24));
        one.run();
        assertThat(Remains.files(store)).isEqualTo(2);
        clock.advance(Duration.ofHours(24));

        one.run();

        assertThat(Remains.files(store)).isOne();
        assertThat(Remains.of(store, "ann")).hasSize(1);
        clock.advance(Duration.ofDays(6));
        one.run();
        assertThat(Remains.files(store)).isZero();
        assertThat(Remains.of(store, "ann")).isEmpty();
    }

    @Test
    void removesMoreThanARoundTakes() {
        for (int count = 0; count < 2500; count++) {
            keep(Duration.ofSeconds(1));
        }
        clock.advance(Duration.ofSeconds(1));

        one.run();

        assertThat(Remains.files(store)).isZero();
    }

    @Test
    void isDoneByOneNodeAtATime() {
        one.run();
        keep(Duration.ofSeconds(1));
        clock.advance(Duration.ofSeconds(1));

        two.run();
        assertThat(Remains.files(store)).isOne();

        clock.advance(Duration.ofMinutes(1));
        two.run();
        assertThat(Remains.files(store)).isZero();
    }
}
