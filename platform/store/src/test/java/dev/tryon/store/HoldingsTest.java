package dev.tryon.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class HoldingsTest {
    private static final UUID ID = UUID.fromString("00000000-0000-7000-8000-000000000001");
    private static final Store.Limits HERE = new Store.Limits("here", 1000, 1000);
    private static final Store.Limits THERE = new Store.Limits("there", 1000, 1000);

    private final TestClock clock = new TestClock();
    private final MemoryDatabase database = new MemoryDatabase();
    private final MemoryFiles files = new MemoryFiles();
    private final Store store = Store.open(database, files, clock, HERE);

    @Test
    void takesNothingMoreOfAnybodyOnceAllTogetherHoldEnough() {
        var crowded = Store.open(
                database,
                files,
                clock,
                new Store.Limits(
                        "here",
                        subject -> "hash",
                        1000,
                        1000,
                        Drafts.files("x").stream()
                                .mapToLong(file -> file.content().remaining())
                                .sum()));
        crowded.results().keep(Drafts.result(ID, "ada", clock), Drafts.files("x"));

        var more = Drafts.result(UUID.randomUUID(), "bob", clock);
        assertThatThrownBy(() -> crowded.results().keep(more, Drafts.files("x")))
                .isInstanceOf(NoRoomException.class);
        assertThat(crowded.results().totals("bob").entries()).isZero();

        crowded.results().remove(ID, "ada");
        clock.advance(Duration.ofSeconds(5));
        assertThat(crowded.results().keep(more, Drafts.files("x")).owner()).isEqualTo("bob");
    }

    @Test
    void returnsTheFirstWhenOneIdIsKeptTwice() {
        var first = keep(store, "first");

        assertThat(keep(store, "second")).isEqualTo(first);
        assertThat(files.list()).hasSize(2);
    }

    @Test
    void keepsOneOfManyAttemptsWithOneId() throws Exception {
        var kept = ConcurrentHashMap.<Result>newKeySet();
        var start = new CountDownLatch(1);
        Callable<Void> attempt = () -> {
            start.await();
            try {
                kept.add(keep(store, Thread.currentThread().toString()));
            } catch (TakenException _) {
                // Another is at it, which is an answer.
            }
            return null;
        };
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var attempts = new ArrayList<Future<Void>>();
            for (int index = 0; index < 100; index++) {
                attempts.add(threads.submit(attempt));
            }
            start.countDown();
            for (var one : attempts) {
                one.get();
            }
        }

        assertThat(kept).hasSize(1);
        assertThat(files.list()).hasSize(2);
    }

    @Test
    void takesOverAtOnceFromAKilledProcessOfTheSameNode() {
        leaveWriting(HERE);

        assertThat(Drafts.text(store, keep(store, "again"), "image")).isEqualTo("again");
        assertThat(files.list()).hasSize(2);
    }

    @Test
    void leavesAnotherNodeTimeAndThenTakesOver() {
        leaveWriting(THERE);

        assertThatThrownBy(() -> keep(store, "again")).isInstanceOf(TakenException.class);

        clock.advance(Custody.PATIENCE.plusMillis(1));
        assertThat(Drafts.text(store, keep(store, "again"), "image")).isEqualTo("again");
        assertThat(files.list()).hasSize(2);
    }

    @Test
    void aWriterTakenForDeadClearsItsFilesAwayAndHarmsNoOther() {
        var slow = new PausingFiles(files);
        var other = Store.open(database, slow, clock, THERE);
        slow.beforeWriting = () -> {
            slow.beforeWriting = () -> {};
            clock.advance(Custody.PATIENCE.plusMillis(1));
            keep(store, "quick");
        };

        assertThatThrownBy(() -> keep(other, "slow")).isInstanceOf(StoreException.class);

        var kept = store.results().find(ID, "ada").orElseThrow();
        assertThat(Drafts.text(store, kept, "image")).isEqualTo("quick");
        assertThat(files.list()).hasSize(2);
    }

    @Test
    void writesAnewWhatHasExpiredUnderItsId() {
        keep(store, "old");
        clock.advance(Drafts.LIFETIME);

        assertThat(Drafts.text(store, keep(store, "new"), "image")).isEqualTo("new");
        assertThat(files.list()).hasSize(2);
    }

    @Test
    void aSweepNeverRemovesWhatWasKeptMeanwhile() {
        var slow = new PausingFiles(files);
        var other = Store.open(database, slow, clock, THERE);
        clock.advance(Custody.WRITING_TIME);
        keep(other, "in time");
        var stale = database.records(Kind.RESULTS).find(ID.toString()).orElseThrow();

        assertThat(database.records(Kind.RESULTS).remove(stale.withVersion(stale.version() - 1)))
                .isFalse();
        assertThat(store.sweep().total()).isZero();
        assertThat(store.results().find(ID, "ada")).isPresent();
    }

    @Test
    void aFileThatCannotBeDeletedDoesNotKeepTheRest() {
        var stubborn = new StubbornFiles(files);
        var sweeping = Store.open(database, stubborn, clock, HERE);
        for (int index = 0; index < 500; index++) {
            sweeping.results()
                    .keep(Drafts.result(new UUID(1, index), "ada", clock), List.of(Drafts.file("image", "x")));
            if (index % 100 == 0) {
                stubborn.refused.addAll(files.list());
            }
        }
        stubborn.refused.retainAll(stubborn.refused.stream().limit(5).toList());
        clock.advance(Drafts.LIFETIME);

        var swept = sweeping.sweep();

        assertThat(swept.removed()).containsEntry("results", 495L);
        assertThat(swept.failed()).isGreaterThanOrEqualTo(5);
        assertThat(files.list()).hasSize(5);
        stubborn.refused.clear();
        assertThat(sweeping.sweep().removed()).containsEntry("results", 5L);
        assertThat(files.list()).isEmpty();
    }

    @Test
    void sweepsManyInBoundedRounds() {
        for (int index = 0; index < 10_500; index++) {
            store.marks().setIfAbsent("mark " + index, "", "", Duration.ofMinutes(1));
        }
        clock.advance(Duration.ofMinutes(1));

        var first = store.sweep();
        var second = store.sweep();

        assertThat(first.complete()).isFalse();
        assertThat(second.complete()).isTrue();
        assertThat(first.total() + second.total()).isEqualTo(10_500);
    }

    private Result keep(Store with, String content) {
        return with.results().keep(Drafts.result(ID, "ada", clock), Drafts.files(content));
    }

    /** Leaves what a node leaves that is killed before its second file. */
    private void leaveWriting(Store.Limits node) {
        var power = Power.failingAfter(2);
        var dying = Store.open(new PoweredDatabase(database, power), new PoweredFiles(files, power), clock, node);
        assertThatThrownBy(() -> keep(dying, "half")).isInstanceOf(Power.Cut.class);
        assertThat(files.list()).hasSize(1);
    }

    /** Files that take their time. */
    private static final class PausingFiles extends ForwardingFiles {
        private Runnable beforeWriting = () -> {};

        PausingFiles(FileStore files) {
            super(files);
        }

        @Override
        public void write(UUID id, ByteBuffer content) {
            beforeWriting.run();
            super.write(id, content);
        }
    }

    /** Files of which some cannot be deleted. */
    private static final class StubbornFiles extends ForwardingFiles {
        private final Set<UUID> refused = new LinkedHashSet<>();

        StubbornFiles(FileStore files) {
            super(files);
        }

        @Override
        public void delete(UUID id) {
            if (refused.contains(id)) {
                throw new StoreException("the disk does not let go of " + id);
            }
            super.delete(id);
        }
    }
}
