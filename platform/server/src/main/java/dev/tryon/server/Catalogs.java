package dev.tryon.server;

import dev.tryon.spi.EngineInfo;
import dev.tryon.store.CatalogEntry;
import dev.tryon.store.CatalogEntry.State;
import dev.tryon.store.Filter;
import dev.tryon.store.Position;
import dev.tryon.store.Records;
import dev.tryon.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The catalogues of the engines as administrators edited them: what an engine brings, with items hidden, put in the place
 * of others, and added at the end.
 *
 * <p>What one node changes, the others see within {@link #FRESH}. While the store cannot be used, catalogues stay as they
 * were last seen; one that was never seen is not told, for it would show what administrators hid. Thread-safe.
 */
final class Catalogs {
    /** How long what was read is taken for what is there. */
    static final Duration FRESH = Duration.ofSeconds(2);

    /** Edited items of one engine at most. */
    static final int MOST = 1000;

    private static final int PAGE = 200;
    private static final Logger LOG = LoggerFactory.getLogger(Catalogs.class);

    private final Records<CatalogEntry> records;
    private final Clocks clocks;
    private final Map<String, Edits> edits = new ConcurrentHashMap<>();
    /** Held by the one who reads; the others go on with what was last seen. */
    private final Map<String, ReentrantLock> reading = new ConcurrentHashMap<>();

    Catalogs(Records<CatalogEntry> records, Clocks clocks) {
        this.records = records;
        this.clocks = clocks;
    }

    /**
     * What administrators changed.
     *
     * @param known oldest first; empty if it could never be read
     * @param until when that is taken for what is there
     */
    private record Edits(Optional<Map<String, CatalogEntry>> known, long until) {
        Map<String, CatalogEntry> byItem() {
            return known.orElseThrow(() -> new StoreException("the catalogue was never read"));
        }
    }

    /** Returns the items that people may wear. @throws StoreException if it could never be read what those are */
    List<OfferedItem> items(EngineInfo engine) {
        var byItem = edits(engine.id());
        var items = new ArrayList<OfferedItem>();
        for (var own : engine.catalog()) {
            Optional.ofNullable(byItem.get(own.id()))
                    .map(entry -> OfferedItem.read(entry, engine))
                    .orElse(Optional.of(OfferedItem.own(own)))
                    .ifPresent(items::add);
        }
        byItem.values().stream()
                .filter(entry -> engine.item(entry.item()).isEmpty())
                .flatMap(entry -> OfferedItem.read(entry, engine).stream())
                .forEach(items::add);
        return items;
    }

    /** Returns an item that people may wear. */
    Optional<OfferedItem> item(EngineInfo engine, String id) {
        var entry = edits(engine.id()).get(id);
        return entry == null ? engine.item(id).map(OfferedItem::own) : OfferedItem.read(entry, engine);
    }

    private Map<String, CatalogEntry> edits(String engine) {
        var seen = edits.get(engine);
        if (seen != null && isFresh(seen)) {
            return seen.byItem();
        }
        var turn = reading.computeIfAbsent(engine, _ -> new ReentrantLock());
        if (seen != null && seen.known().isPresent()) {
            if (!turn.tryLock()) {
                return seen.byItem();
            }
        } else {
            turn.lock();
        }
        try {
            var before = edits.get(engine);
            return (before != null && isFresh(before) ? before : readAgain(engine, before)).byItem();
        } finally {
            turn.unlock();
        }
    }

    private boolean isFresh(Edits seen) {
        return clocks.nanos() - seen.until() < 0;
    }

    /** What cannot be read is asked for again only after a while: each try may take the database's whole time limit. */
    private Edits readAgain(String engine, @Nullable Edits before) {
        Optional<Map<String, CatalogEntry>> known;
        try {
            known = Optional.of(read(engine));
        } catch (StoreException failure) {
            LOG.warn("the catalogue of {} cannot be read just now", engine, failure);
            known = before == null ? Optional.empty() : before.known();
        }
        var read = new Edits(known, clocks.nanos() + FRESH.toNanos());
        edits.put(engine, read);
        return read;
    }

    private Map<String, CatalogEntry> read(String engine) {
        var entries = new ArrayList<CatalogEntry>();
        Optional<Position> after = Optional.empty();
        List<CatalogEntry> page;
        do {
            page = records.list(Filter.all().engine(engine), after, PAGE);
            entries.addAll(page);
            after = page.isEmpty() ? after : Optional.of(Position.after(page.getLast()));
        } while (page.size() == PAGE && entries.size() < MOST + PAGE);
        var byItem = new LinkedHashMap<String, CatalogEntry>();
        entries.reversed().forEach(entry -> byItem.put(entry.item(), entry));
        return byItem;
    }

    /** What an administrator wants to be so. @param expectedTag of the item as it is; empty if that does not matter */
    record Change(EngineInfo engine, String item, Optional<String> expectedTag) {}

    /**
     * Offers an item: a new one, or one in the place of another. One without a scan shows what the other did.
     *
     * @return the item as it stands now
     * @throws Refusal if the item is not as expected, or there are too many
     */
    OfferedItem offer(Change change, OfferedItem item) {
        change(change, Optional.of(item));
        return item(change.engine(), change.item()).orElse(item);
    }

    /**
     * Takes an item away.
     *
     * @throws Refusal if there is none, or it is not as expected
     */
    void withdraw(Change change) {
        change(change, Optional.empty());
    }

    private void change(Change change, Optional<OfferedItem> item) {
        try {
            var done = false;
            while (!done) {
                done = tryToChange(change, item);
            }
        } finally {
            edits.computeIfPresent(change.engine().id(), (_, seen) -> new Edits(seen.known(), clocks.nanos()));
        }
    }

    /** Whoever finds that somebody else was quicker looks again. */
    private boolean tryToChange(Change change, Optional<OfferedItem> item) {
        var engine = change.engine();
        var entry = records.find(engine.id() + "/" + change.item());
        var before = entry.isPresent()
                ? OfferedItem.read(entry.get(), engine)
                : engine.item(change.item()).map(OfferedItem::own);
        requireExpected(change, before);
        if (item.isEmpty()) {
            if (before.isEmpty()) {
                throw Problem.of(ProblemType.NOT_FOUND).refusal();
            }
            if (engine.item(change.item()).isEmpty()) {
                return entry.map(records::remove).orElse(true);
            }
        }
        if (entry.isEmpty() && records.totals(Filter.all().engine(engine.id())).entries() >= MOST) {
            throw Problem.of(ProblemType.STORAGE_QUOTA_EXCEEDED, "Delete items that nobody wears.")
                    .refusal();
        }
        var now = clocks.now();
        var next = new CatalogEntry(
                engine.id(),
                change.item(),
                item.isPresent() ? State.OFFERED : State.HIDDEN,
                item.map(offered -> offered.over(offered.scan().or(() -> before.flatMap(OfferedItem::scan))))
                        .or(() -> before)
                        .orElseThrow()
                        .toJson(),
                entry.map(CatalogEntry::createdAt).orElse(now),
                now,
                entry.map(found -> found.version() + 1).orElse(0L));
        return entry.isPresent() ? records.replace(next) : records.insert(next);
    }

    private static void requireExpected(Change change, Optional<OfferedItem> before) {
        if (change.expectedTag().isPresent() && !change.expectedTag().equals(before.map(OfferedItem::tag))) {
            throw Problem.of(ProblemType.PRECONDITION_FAILED, "Read the item again and repeat the change.")
                    .refusal();
        }
    }
}
