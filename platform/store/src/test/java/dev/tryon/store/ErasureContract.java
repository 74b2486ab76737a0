package dev.tryon.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an erasure promises, over any database and files. */
abstract class ErasureContract {
    private static final int WRITERS = 8;
    private static final Store.Limits LIMITS = new Store.Limits("node", 1 << 30, 1 << 30);

    private final TestClock clock = new TestClock();
    private Database database;
    private FileStore files;
    private Store store;

    /** Returns an empty database. */
    abstract Database database();

    /** Returns a place without files. */
    abstract FileStore files();

    @BeforeEach
    void open() {
        database = database();
        files = files();
        store = Store.open(database, files, clock, LIMITS);
    }

    @Test
    void leavesNothingOfASubjectWhoIsWritingAllTheTime() throws Exception {
        var running = new AtomicBoolean(true);
        var underWay = new CountDownLatch(WRITERS * 5);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var writers = new ArrayList<Future<Void>>();
            for (int index = 0; index < WRITERS; index++) {
                writers.add(threads.submit(writer("ada", running, underWay)));
            }
            writers.add(threads.submit(writer("bob", running, underWay)));
            underWay.await();

            store.erase("ada");

            running.set(false);
            for (var writer : writers) {
                writer.get();
            }
        }

        for (var kind : new Kind<?>[] {Kind.UPLOADS, Kind.RESULTS, Kind.SESSIONS, Kind.JOBS, Kind.MARKS}) {
            assertThat(database.records(kind).list(Filter.of("ada"), Optional.empty(), 1))
                    .as(kind.name())
                    .isEmpty();
        }
        var bobs = database.records(Kind.RESULTS).list(Filter.of("bob"), Optional.empty(), 100_000);
        assertThat(bobs).isNotEmpty();
        assertThat(files.list()).hasSize(2 * bobs.size());
        assertThat(store.sweep().failed()).isZero();
    }

    @Test
    void saysWhatItRemoved() {
        keep("ada");
        session("ada");
        store.marks().setIfAbsent("key", "ada", "value", Duration.ofHours(1));
        keep("bob");

        var erased = store.erase("ada");

        assertThat(erased.results().entries()).isOne();
        assertThat(erased.results().bytes()).isPositive();
        assertThat(erased.sessions()).isOne();
        assertThat(erased.marks()).isOne();
        assertThat(store.results().totals("bob").entries()).isOne();
    }

    @Test
    void leavesTheShopsClothWhoeverIsErased() {
        var cloth = material("denim");
        store.erase("ada");
        store.erase("");

        var found = store.materials().find(cloth.id()).orElseThrow();
        assertThat(found).isEqualTo(cloth);
        assertThat(store.checkFiles().orphans()).isZero();
        var zip = store.materials().read(found.file(Material.ARCHIVE).orElseThrow());
        assertThat(StandardCharsets.UTF_8.decode(zip).toString()).isEqualTo("zip");
    }

    @Test
    void keepsClothUntilSomebodySaysHowLong() {
        var former = material("denim");
        var current = material("denim");
        clock.advance(Duration.ofDays(4000));
        assertThat(store.sweep().removed()).doesNotContainKey("materials");

        assertThat(store.materials().keepUntil(former, clock.instant().plusSeconds(60)))
                .isTrue();
        assertThat(store.materials().keepUntil(former, clock.instant())).isFalse();
        assertThat(store.materials().find(former.id())).isPresent();
        clock.advance(Duration.ofSeconds(60));

        assertThat(store.materials().find(former.id())).isEmpty();
        assertThat(store.sweep().removed()).containsEntry("materials", 1L);
        assertThat(store.materials().find(current.id())).contains(current);
        assertThat(files.list()).hasSize(1);
    }

    @Test
    void countsClothWithAllElseThatIsHeld() {
        var small =
                Store.open(database, files, clock, new Store.Limits("node", subject -> subject, 1 << 30, 1 << 30, 5));
        var zip = List.of(Drafts.file(Material.ARCHIVE, "zip"));
        small.materials().keep(draft("denim"), zip);

        assertThatThrownBy(() -> small.materials().keep(draft("lace"), zip)).isInstanceOf(NoRoomException.class);
        assertThat(files.list()).hasSize(1);
    }

    private Material material(String item) {
        return store.materials().keep(draft(item), List.of(Drafts.file(Material.ARCHIVE, "zip")));
    }

    private Material draft(String item) {
        return Material.draft(
                UUID.randomUUID(), "fabric", item, "source", JsonValue.EMPTY_JSON_OBJECT, clock.instant());
    }

    @Test
    void takesNothingNewForAWhile() {
        store.erase("ada");

        assertThat(store.isErased("ada")).isTrue();
        assertThatThrownBy(() -> keep("ada")).isInstanceOf(OwnerErasedException.class);
        assertThatThrownBy(() -> session("ada")).isInstanceOf(OwnerErasedException.class);
        assertThatThrownBy(() -> store.marks().setIfAbsent("key", "ada", "value", Duration.ofHours(1)))
                .isInstanceOf(OwnerErasedException.class);
        assertThat(files.list()).isEmpty();

        clock.advance(Custody.WRITING_TIME);
        assertThat(store.isErased("ada")).isFalse();
        keep("ada");
    }

    @Test
    void goesOnLaterWithWhatCouldNotBeRemoved() {
        var kept = keep("ada");
        keep("ada");
        var stubborn = new ForwardingFiles(files) {
            @Override
            public void delete(UUID id) {
                if (kept.files().getFirst().id().equals(id)) {
                    throw new StoreException("the disk does not let go");
                }
                super.delete(id);
            }
        };

        assertThatThrownBy(() -> Store.open(database, stubborn, clock, LIMITS).erase("ada"))
                .isInstanceOf(StoreException.class);
        assertThat(store.results().list(Filter.of("ada"), Optional.empty(), 10)).isEmpty();

        store.sweep();
        assertThat(files.list()).isEmpty();
    }

    @Test
    void removesEveryOtherKindWhereOneCannotBeRemoved() {
        keep("ada");
        session("ada");
        store.marks().setIfAbsent("key", "ada", "value", Duration.ofHours(1));
        var stuck = new ForwardingFiles(files) {
            @Override
            public void delete(UUID id) {
                throw new StoreException("the disk does not let go");
            }
        };

        assertThatThrownBy(() -> Store.open(database, stuck, clock, LIMITS).erase("ada"))
                .isInstanceOf(StoreException.class);

        assertThat(database.records(Kind.SESSIONS).totals(Filter.of("ada")).entries())
                .isZero();
        assertThat(store.marks().value("key")).isEmpty();
    }

    @Test
    void takesNothingUntilNothingIsLeft() {
        keep("ada");
        store.announceErasure("ada");
        clock.advance(Custody.WRITING_TIME.multipliedBy(3));

        assertThatThrownBy(() -> keep("ada")).isInstanceOf(OwnerErasedException.class);

        store.sweep();
        assertThat(store.results().totals("ada").entries()).isZero();
        assertThat(store.erasedAt("ada")).contains(clock.instant());
        assertThatThrownBy(() -> keep("ada")).isInstanceOf(OwnerErasedException.class);
        clock.advance(Custody.WRITING_TIME);
        keep("ada");
        store.sweep();
        assertThat(store.results().totals("ada").entries()).isOne();
    }

    @Test
    void remembersNothingThatTellsWhoWasErased() {
        store.erase("ada");

        assertThat(database.records(Kind.ERASURES).list(Filter.all(), Optional.empty(), 10))
                .singleElement()
                .satisfies(erasure -> assertThat(erasure.toString()).doesNotContain("ada"));
    }

    private Callable<Void> writer(String owner, AtomicBoolean running, CountDownLatch underWay) {
        return () -> {
            while (running.get()) {
                try {
                    keep(owner);
                    session(owner);
                    store.marks().setIfAbsent(UUID.randomUUID().toString(), owner, "value", Duration.ofHours(1));
                } catch (OwnerErasedException | StoreException _) {
                    // As it should be from some moment on.
                }
                underWay.countDown();
            }
            return null;
        };
    }

    private Result keep(String owner) {
        return store.results().keep(Drafts.result(UUID.randomUUID(), owner, clock), Drafts.files("picture"));
    }

    private void session(String owner) {
        var now = clock.instant();
        store.sessions()
                .insert(new Session(
                        UUID.randomUUID(),
                        owner,
                        "nails",
                        "node",
                        Session.Status.ACTIVE,
                        JsonValue.EMPTY_JSON_OBJECT,
                        JsonValue.EMPTY_JSON_OBJECT,
                        now,
                        now,
                        now.plus(Duration.ofHours(1)),
                        0));
    }
}
