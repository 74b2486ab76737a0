package dev.tryon.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** Cuts the power at every single step of what the store does, and looks at what the next start finds. */
class CrashPointsTest {
    private static final UUID ID = UUID.fromString("00000000-0000-7000-8000-000000000001");
    private static final Store.Limits LIMITS = new Store.Limits("node", 1000, 1000);

    private final TestClock clock = new TestClock();

    @Test
    void keepingIsWholeOrNothing() {
        afterEveryCrash(
                (_, _) -> {}, (store, seen) -> seen.kept = Optional.of(keep(store, "picture")), (seen, store) -> {
                    var found = store.results().find(ID, "ada");
                    seen.kept.ifPresent(kept -> assertThat(found).contains(kept));
                    found.ifPresent(kept ->
                            assertThat(Drafts.text(store, kept, "image")).isEqualTo("picture"));
                });
    }

    @Test
    void whatIsTriedAgainAfterACrashIsThereOnce() {
        afterEveryCrash((_, _) -> {}, (store, _) -> keep(store, "picture"), (_, store) -> {
            var again = keep(store, "picture");
            assertThat(store.results().list(Filter.of("ada"), Optional.empty(), 10))
                    .containsExactly(again);
            assertThat(Drafts.text(store, again, "thumbnail")).isEqualTo("small picture");
        });
    }

    @Test
    void removingIsWholeOrNothing() {
        afterEveryCrash(
                (store, _) -> keep(store, "picture"),
                (store, seen) -> seen.removed = store.results().remove(ID, "ada"),
                (seen, store) -> {
                    var found = store.results().find(ID, "ada");
                    assertThat(seen.removed && found.isPresent()).isFalse();
                    found.ifPresent(kept ->
                            assertThat(Drafts.text(store, kept, "image")).isEqualTo("picture"));
                });
    }

    @Test
    void anErasureIsFinishedByTheNextSweep() {
        afterEveryCrash(
                (store, _) -> {
                    keep(store, "picture");
                    store.marks().setIfAbsent("key", "ada", "value", Drafts.LIFETIME);
                },
                (store, _) -> store.erase("ada"),
                (_, store) -> {
                    if (store.isErased("ada")) {
                        assertThat(store.results().find(ID, "ada")).isEmpty();
                        assertThat(store.marks().value("key")).isEmpty();
                    }
                });
    }

    /** What the dead process was told. */
    private static final class Seen {
        private Optional<Result> kept = Optional.empty();
        private boolean removed;
    }

    private void afterEveryCrash(
            BiConsumer<Store, Seen> before, BiConsumer<Store, Seen> action, BiConsumer<Seen, Store> check) {
        int steps = crashAfter(Integer.MAX_VALUE, before, action, check);
        assertThat(steps).isGreaterThan(3);
        for (int step = 0; step < steps; step++) {
            crashAfter(step, before, action, check);
        }
    }

    private int crashAfter(
            int steps, BiConsumer<Store, Seen> before, BiConsumer<Store, Seen> action, BiConsumer<Seen, Store> check) {
        var database = new MemoryDatabase();
        var files = new MemoryFiles();
        var seen = new Seen();
        before.accept(Store.open(database, files, clock, LIMITS), seen);
        var power = Power.failingAfter(steps);
        try {
            action.accept(
                    Store.open(new PoweredDatabase(database, power), new PoweredFiles(files, power), clock, LIMITS),
                    seen);
        } catch (Power.Cut _) {
            // That is what this is about.
        }
        var store = Store.open(database, files, clock, LIMITS);
        store.sweep();
        check.accept(seen, store);
        var named = database.records(Kind.RESULTS).list(Filter.all(), Optional.empty(), 10).stream()
                .flatMap(result -> result.files().stream())
                .map(StoredFile::id)
                .toList();
        assertThat(files.list()).containsExactlyInAnyOrderElementsOf(named);
        return power.steps();
    }

    private Result keep(Store store, String content) {
        return store.results().keep(Drafts.result(ID, "ada", clock), Drafts.files(content));
    }
}
