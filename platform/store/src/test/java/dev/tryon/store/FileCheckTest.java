package dev.tryon.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FileCheckTest {
    private final TestClock clock = new TestClock();
    private final MemoryFiles files = new MemoryFiles();
    private final Store store = Store.open(new MemoryDatabase(), files, clock, new Store.Limits("node", 1000, 1000));

    @Test
    void deletesFilesThatNoEntryNamesAndNoOthers() {
        var kept = keep();
        files.write(UUID.randomUUID(), ByteBuffer.wrap(new byte[10]));

        assertThat(store.checkFiles()).isEqualTo(new FileCheck(1, List.of()));

        assertThat(files.list()).hasSize(2);
        assertThat(Drafts.text(store, kept, "image")).isEqualTo("picture");
    }

    @Test
    void tellsWhichHoldingMissesAFile() {
        keep();
        var damaged = keep();
        files.delete(damaged.files().getFirst().id());

        assertThat(store.checkFiles()).isEqualTo(new FileCheck(0, List.of(damaged.id())));
    }

    private Result keep() {
        return store.results().keep(Drafts.result(UUID.randomUUID(), "ada", clock), Drafts.files("picture"));
    }
}
