package dev.tryon.store;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every database driver promises, as docs/store.md lists it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RecordsContract {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    /** Tests share one database, so each has its own owners and keys. */
    private final String owner = "owner-" + UUID.randomUUID();

    /** Returns the one database of this class. */
    abstract Database database();

    private String fresh() {
        return owner + "-" + UUID.randomUUID();
    }

    private static Mark mark(String key, String owner, String value, Instant createdAt) {
        return new Mark(key, owner, value, createdAt, createdAt.plusSeconds(60), 0);
    }

    private Records<Mark> marks() {
        return database().records(Kind.MARKS);
    }

    @Test
    void answers() {
        assertThat(database().isReachable()).isTrue();
    }

    @Test
    void givesBackWhatWasInserted() {
        Entries.all(fresh()).forEach(this::givesBack);
    }

    private <T extends Entry<T>> void givesBack(Entries.Sample<T> sample) {
        var records = database().records(sample.kind());
        assertThat(records.insert(sample.entry())).isTrue();
        assertThat(records.find(sample.entry().key())).contains(sample.entry());
        assertThat(records.list(Filter.all().since(sample.entry().createdAt()), Optional.empty(), 1000))
                .contains(sample.entry());
    }

    @Test
    void insertsUnderAFreeKeyOnly() {
        var key = fresh();
        assertThat(marks().insert(mark(key, owner, "first", NOON))).isTrue();
        assertThat(marks().insert(mark(key, owner, "second", NOON))).isFalse();
        assertThat(marks().find(key)).map(Mark::value).contains("first");
    }

    @Test
    void findsNothingUnderAFreeKey() {
        assertThat(marks().find(fresh())).isEmpty();
        assertThat(marks().remove(fresh())).isFalse();
        assertThat(marks().replace(mark(fresh(), owner, "v", NOON).withVersion(1)))
                .isFalse();
        assertThat(marks().update(fresh(), found -> found)).isEmpty();
    }

    @Test
    void keepsKindsApart() {
        var id = UUID.randomUUID();
        var audit = new AuditEntry(id, "a", "b", "c", "d", NOON, NOON, 0);
        assertThat(database().records(Kind.AUDIT).insert(audit)).isTrue();
        assertThat(marks().find(id.toString())).isEmpty();
        assertThat(marks().insert(mark(id.toString(), owner, "v", NOON))).isTrue();
    }

    @Test
    void replacesTheVersionBeforeAlone() {
        var key = fresh();
        var first = mark(key, owner, "first", NOON);
        marks().insert(first);
        var second = new Mark(key, fresh(), "second", NOON.plusSeconds(1), NOON.plusSeconds(2), 1);

        assertThat(marks().replace(second)).isTrue();
        assertThat(marks().replace(second)).isFalse();
        assertThat(marks().replace(first)).isFalse();
        assertThat(marks().replace(first.withVersion(5))).isFalse();
        assertThat(marks().find(key)).contains(second);
        assertThat(marks().list(Filter.of(second.owner()), Optional.empty(), 10))
                .containsExactly(second);
        assertThat(marks().list(Filter.of(owner), Optional.empty(), 100)).doesNotContain(first);
    }

    @Test
    void removesOnce() {
        var key = fresh();
        marks().insert(mark(key, owner, "v", NOON));
        assertThat(marks().remove(key)).isTrue();
        assertThat(marks().remove(key)).isFalse();
        assertThat(marks().find(key)).isEmpty();
        assertThat(marks().insert(mark(key, owner, "again", NOON))).isTrue();
    }

    @Test
    void removesAnEntryOnlyAsItWasRead() {
        var first = mark(fresh(), owner, "v", NOON);
        marks().insert(first);
        var second = first.withVersion(1);
        marks().replace(second);

        assertThat(marks().remove(first)).isFalse();
        assertThat(marks().find(first.key())).contains(second);
        assertThat(marks().remove(second)).isTrue();
        assertThat(marks().remove(second)).isFalse();
    }

    @Test
    void letsOneOfAHundredInsert() throws Exception {
        var key = fresh();
        var won = together(100, number -> marks().insert(mark(key, owner, "value " + number, NOON)));
        assertThat(won).containsOnlyOnce(true);
        assertThat(marks().find(key)).map(Mark::value).contains("value " + won.indexOf(true));
    }

    @Test
    void losesNoUpdate() throws Exception {
        var key = fresh();
        marks().insert(mark(key, owner, "0", NOON));
        together(20, _ -> marks().update(
                        key,
                        found -> new Mark(
                                key,
                                owner,
                                Integer.toString(Integer.parseInt(found.value()) + 1),
                                NOON,
                                NOON,
                                found.version())));
        assertThat(marks().find(key)).hasValueSatisfying(found -> {
            assertThat(found.value()).isEqualTo("20");
            assertThat(found.version()).isEqualTo(20);
        });
    }

    @Test
    void letsOneOfManyRemove() throws Exception {
        var key = fresh();
        marks().insert(mark(key, owner, "v", NOON));
        assertThat(together(20, _ -> marks().remove(key))).containsOnlyOnce(true);
    }

    @Test
    void listsNewestFirstAndByKeyWhereEquallyOld() {
        var who = fresh();
        var inserted = IntStream.range(0, 50)
                .mapToObj(number -> mark(who + "-" + (char) ('A' + number), who, "v", NOON.plusSeconds(number / 20)))
                .toList();
        shuffled(inserted).forEach(marks()::insert);

        assertThat(marks().list(Filter.of(who), Optional.empty(), 100)).isEqualTo(inserted.reversed());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 20, 49, 50, 51})
    void pagesThroughAllOfThemOnce(int limit) {
        var who = fresh();
        var inserted = IntStream.range(0, 50)
                .mapToObj(number -> mark(fresh(), who, "v", NOON.plusNanos(number / 10 * 1000L)))
                .toList();
        inserted.forEach(marks()::insert);

        var seen = new ArrayList<Mark>();
        Optional<Position> place = Optional.empty();
        while (true) {
            var page = marks().list(Filter.of(who), place, limit);
            assertThat(page).hasSizeLessThanOrEqualTo(limit);
            if (page.isEmpty()) {
                break;
            }
            seen.addAll(page);
            // As it comes back from a client.
            place = Position.parse(Position.after(page.getLast()).toString());
        }
        assertThat(seen).hasSize(50).doesNotHaveDuplicates().containsAll(inserted);
    }

    @Test
    void goesOnWhereAPageEndedThoughItsLastEntryIsGone() {
        var who = fresh();
        var inserted = IntStream.range(0, 6)
                .mapToObj(number -> mark(who + number, who, "v", NOON))
                .toList();
        inserted.forEach(marks()::insert);
        var page = marks().list(Filter.of(who), Optional.empty(), 3);
        marks().remove(page.getLast().key());
        marks().insert(mark(who + "9", who, "v", NOON));

        assertThat(marks().list(Filter.of(who), Optional.of(Position.after(page.getLast())), 10))
                .extracting(Mark::key)
                .containsExactly(who + "2", who + "1", who + "0");
    }

    @Test
    void filtersByEverythingAtOnce() {
        var who = fresh();
        var sessions = database().records(Kind.SESSIONS);
        for (var engine : List.of("hair", "nails")) {
            for (var status : Session.Status.values()) {
                for (var second : List.of(0, 10)) {
                    sessions.insert(session(who, engine, status, NOON.plusSeconds(second)));
                }
            }
        }
        var filter = Filter.of(who).engine("nails").status("active", "paused").since(NOON.plusSeconds(10));

        assertThat(sessions.list(filter, Optional.empty(), 100))
                .hasSize(2)
                .allSatisfy(session -> assertThat(filter.accepts(session)).isTrue());
        assertThat(sessions.totals(filter)).isEqualTo(new Totals(2, 0));
        assertThat(sessions.totals(Filter.of(who))).isEqualTo(new Totals(20, 0));
        assertThat(sessions.totals(Filter.of(who).since(NOON.plusSeconds(10).plusNanos(1))))
                .isEqualTo(new Totals(0, 0));
    }

    @Test
    void seesAChangeOfStatusAtOnce() {
        var who = fresh();
        var sessions = database().records(Kind.SESSIONS);
        var session = session(who, "nails", Session.Status.ACTIVE, NOON);
        sessions.insert(session);
        sessions.update(
                session.key(),
                found -> found.changed(
                        Session.Status.COMPLETED, found.look(), found.statistics(), NOON, NOON.plusSeconds(5)));

        assertThat(sessions.totals(Filter.of(who).status("active")).entries()).isZero();
        assertThat(sessions.totals(Filter.of(who).status("completed")).entries())
                .isOne();
    }

    @Test
    void countsEntriesAndBytes() {
        var who = fresh();
        var uploads = database().records(Kind.UPLOADS);
        uploads.insert(Entries.upload(who, 3_000_000_000L));
        uploads.insert(Entries.upload(who, 3_000_000_000L));
        uploads.insert(Entries.upload(fresh(), 7));

        assertThat(uploads.totals(Filter.of(who))).isEqualTo(new Totals(2, 6_000_000_000L));
        assertThat(uploads.totals(Filter.of(fresh()))).isEqualTo(new Totals(0, 0));
    }

    @Test
    void tellsWhatIsDueTheMostOverdueFirst() {
        var tasks = database().records(Kind.TASKS);
        var kind = fresh();
        var due = IntStream.range(0, 5)
                .mapToObj(number -> task(kind, NOON.plusSeconds(number)))
                .toList();
        shuffled(due).forEach(tasks::insert);
        tasks.insert(task(fresh(), NOON));
        tasks.insert(task(kind, NOON).taken("node", NOON));
        var last = due.get(3).dueAt();

        assertThat(tasks.due(kind, last, 100)).isEqualTo(due.subList(0, 4));
        assertThat(tasks.due(kind, last.minusNanos(1000), 100)).isEqualTo(due.subList(0, 3));
        assertThat(tasks.due(kind, last, 2)).isEqualTo(due.subList(0, 2));
        assertThat(tasks.due(fresh(), last, 2)).isEmpty();
    }

    private static Task task(String kind, Instant dueAt) {
        return new Task(UUID.randomUUID(), "somebody", kind, Optional.empty(), 0, NOON, dueAt, 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x' OR '1'='1",
                "'; DROP TABLE marks; --",
                "\"; DELETE",
                "$ne",
                "{\"$gt\": \"\"}",
                "a.b.$c",
                "%",
                "_",
                "?:1",
                ":name",
                "\\",
                "line\nbreak\ttab",
                "Ünï 指甲 \uD83D\uDC85\uD83C\uDFFD \u202Ertl",
                "e\u0301 is not é",
                " spaces ",
                "NULL",
                "null"
            })
    void takesTextsAsTheyAre(String text) {
        var key = fresh() + text;
        var who = fresh() + text;
        var mark = mark(key, who, text + "\u0000", NOON);
        assertThat(marks().insert(mark)).isTrue();
        assertThat(marks().find(key)).contains(mark);
        assertThat(marks().list(Filter.of(who), Optional.empty(), 10)).containsExactly(mark);
        assertThat(marks().list(Filter.of(who), Optional.of(new Position(NOON.plusSeconds(1), key)), 10))
                .containsExactly(mark);
        assertThat(marks().list(Filter.of(text), Optional.empty(), 10)).isEmpty();
        assertThat(marks().totals(Filter.of(who).status(text)).entries()).isZero();
        assertThat(marks().due(text, NOON.plus(Duration.ofDays(1000)), 10)).isEmpty();
        assertThat(marks().remove(key)).isTrue();
    }

    @Test
    void tellsKeysApartByEveryCharacter() {
        var key = fresh();
        for (var variant : List.of(key + "a", key + "A", key + "á", key + "a ", key + "a\u0301")) {
            assertThat(marks().insert(mark(variant, owner, variant, NOON))).isTrue();
        }
        assertThat(marks().find(key + "A")).map(Mark::value).contains(key + "A");
    }

    @Test
    void keepsTimesToTheMicrosecond() {
        var who = fresh();
        var early = mark(who + "1", who, "v", NOON.plusNanos(1_001_999));
        var late = mark(who + "0", who, "v", NOON.plusNanos(1_002_000));
        marks().insert(early);
        marks().insert(late);

        assertThat(marks().find(early.key())).map(Mark::createdAt).contains(NOON.plusNanos(1_001_000));
        assertThat(marks().list(Filter.of(who), Optional.empty(), 10))
                .extracting(Mark::key)
                .containsExactly(late.key(), early.key());
        // Even a place that names the nanoseconds.
        assertThat(marks().list(Filter.of(who), Optional.of(Position.after(early)), 10))
                .isEmpty();
        assertThat(marks().list(Filter.of(who).since(NOON.plusNanos(1_001_001)), Optional.empty(), 10))
                .containsExactly(late);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1970-01-01T00:00:00Z", "1969-12-31T23:59:59.999999Z", "9999-01-01T00:00:00Z"})
    void keepsTimesFarAway(String time) {
        var mark = mark(fresh(), fresh(), "v", Instant.parse(time));
        marks().insert(mark);
        assertThat(marks().find(mark.key())).contains(mark);
        assertThat(marks().list(Filter.of(mark.owner()).since(mark.createdAt()), Optional.empty(), 2))
                .containsExactly(mark);
    }

    @Test
    void keepsALargeBody() {
        var who = fresh();
        var long_ = Json.createObjectBuilder()
                .add("text", "é\uD83D\uDC85".repeat(1_000_000))
                .build();
        var result = Entries.result(who, long_);
        var results = database().records(Kind.RESULTS);
        assertThat(results.insert(result)).isTrue();
        assertThat(results.find(result.key())).contains(result);
    }

    @Test
    void servesMoreCallersThanConnections() throws Exception {
        var found = together(200, number -> {
            var key = fresh();
            marks().insert(mark(key, owner, "value " + number, NOON));
            return marks().find(key).isPresent() && marks().remove(key);
        });
        assertThat(found).hasSize(200).containsOnly(true);
    }

    private static Session session(String who, String engine, Session.Status status, Instant createdAt) {
        var nothing = JsonObject.EMPTY_JSON_OBJECT;
        return new Session(
                UUID.randomUUID(), who, engine, "node", status, nothing, nothing, createdAt, createdAt, createdAt, 0);
    }

    private static <T> List<T> shuffled(List<T> ordered) {
        var shuffled = new ArrayList<>(ordered);
        Collections.shuffle(shuffled, new java.util.Random(1));
        return shuffled;
    }

    /** What is done many times at once, each time with its number. */
    @FunctionalInterface
    private interface Numbered<R> {
        R call(int number);
    }

    private static <R> List<R> together(int times, Numbered<R> call) throws InterruptedException, ExecutionException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = IntStream.range(0, times)
                    .mapToObj(number -> (Callable<R>) () -> call.call(number))
                    .toList();
            var results = new ArrayList<R>();
            for (var future : threads.invokeAll(calls)) {
                results.add(future.get());
            }
            return results;
        }
    }
}
