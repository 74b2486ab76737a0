package dev.tryon.store;

import dev.tryon.store.Custody.State;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Holdings of one kind: entries and their files, there together or not at all.
 *
 * <p>Model. An entry is inserted as {@code writing}, its files are written, and one change makes it {@code kept}: that
 * change is the promise to whoever asked. To remove one, one change makes it {@code doomed}, which nobody sees any more; its
 * files go, then the entry. So at any moment a file has an entry that names it, an entry that is seen has its files, and a
 * crash leaves entries that {@link #sweep} finishes.
 *
 * <p>Thread-safe.
 *
 * @param <T> the kind
 */
public final class Holdings<T extends Holding<T>> {
    private static final int AT_A_TIME = 200;

    private final Records<T> records;
    private final FileStore files;
    private final InstantSource clock;
    private final String node;
    private final long bytesPerOwner;

    Holdings(Records<T> records, FileStore files, InstantSource clock, String node, long bytesPerOwner) {
        this.records = records;
        this.files = files;
        this.clock = clock;
        this.node = node;
        this.bytesPerOwner = bytesPerOwner;
    }

    /**
     * Keeps a holding; it is durable on return.
     *
     * @param draft what it is to be, with {@link Custody#draft}
     * @param contents its files
     * @return the holding as it is kept; if its owner has kept one with the same id already, that one
     * @throws TakenException if there is one with the same id that is not to be seen: it is being written or removed
     * @throws StoreFullException if its owner holds as much as one may
     * @throws StoreException if it cannot be written, or was doomed meanwhile; nothing of it stays
     */
    public T keep(T draft, List<NewFile> contents) {
        var stored = contents.stream()
                .map(file -> new StoredFile(
                        file.name(),
                        UUID.randomUUID(),
                        file.mediaType(),
                        file.content().remaining()))
                .toList();
        var writing = draft.with(draft.custody().writing(node, stored));
        if (!records.insert(writing)) {
            return find(draft.id(), draft.owner())
                    .orElseThrow(() -> new TakenException("the id " + draft.id() + " is taken"));
        }
        try {
            var held = records.totals(Filter.of(draft.owner()).status(State.WRITING.word(), State.KEPT.word()));
            if (held.bytes() > bytesPerOwner) {
                throw new StoreFullException("no room for " + writing.bytes() + " bytes more");
            }
            for (int index = 0; index < stored.size(); index++) {
                files.write(stored.get(index).id(), contents.get(index).content());
            }
            var kept = writing.with(writing.custody().standing(State.KEPT)).withVersion(writing.version() + 1);
            if (!records.replace(kept)) {
                throw new StoreException("the holding " + draft.id() + " was doomed while it was written");
            }
            return kept;
        } catch (RuntimeException failure) {
            destroyQuietly(writing, failure);
            throw failure;
        }
    }

    /** Whatever is left behind here, a sweep finds. */
    private void destroyQuietly(T writing, RuntimeException failure) {
        try {
            doom(writing);
        } catch (RuntimeException second) {
            failure.addSuppressed(second);
        }
    }

    /** Returns a holding of this owner's, if it is kept and its time is not up. */
    public Optional<T> find(UUID id, String owner) {
        return find(id).filter(holding -> holding.owner().equals(owner));
    }

    /** Returns a holding, whoever's it is, if it is kept and its time is not up. */
    public Optional<T> find(UUID id) {
        return records.find(id.toString()).filter(this::isSeen);
    }

    private boolean isSeen(T holding) {
        return holding.custody().state() == State.KEPT && clock.instant().isBefore(holding.expiresAt());
    }

    /**
     * Lists holdings that are kept, newest first.
     *
     * @param filter whose statuses do not matter
     * @param after where to go on; empty for the beginning
     * @param limit at most so many; fewer where some have expired, and none only at the end
     */
    public List<T> list(Filter filter, Optional<Position> after, int limit) {
        var kept = filter.status(State.KEPT.word());
        var place = after;
        while (true) {
            var page = records.list(kept, place, limit);
            var seen = page.stream().filter(this::isSeen).toList();
            if (!seen.isEmpty() || page.size() < limit) {
                return seen;
            }
            place = Optional.of(Position.after(page.getLast()));
        }
    }

    /** Counts what an owner has kept. */
    public Totals totals(String owner) {
        return records.totals(Filter.of(owner).status(State.KEPT.word()));
    }

    /**
     * Opens a file of a holding for reading; the caller closes it.
     *
     * @throws StoreException if it is not there any more, or is not as it was written
     */
    public SeekableByteChannel open(StoredFile file) {
        return files.open(file.id());
    }

    /**
     * Reads a whole file of a holding.
     *
     * @throws StoreException if it is not there any more, or is not as it was written
     */
    public ByteBuffer read(StoredFile file) {
        try (var channel = open(file)) {
            var content = ByteBuffer.allocate((int) file.bytes());
            while (content.hasRemaining()) {
                if (channel.read(content) < 0) {
                    throw new StoreException("the file " + file.id() + " is shorter than it was");
                }
            }
            return content.flip();
        } catch (IOException failure) {
            throw new StoreException("the file " + file.id() + " cannot be read", failure);
        }
    }

    /** Removes a holding of this owner's. @return whether there was one */
    public boolean remove(UUID id, String owner) {
        var held = find(id, owner);
        held.ifPresent(this::doom);
        return held.isPresent();
    }

    /** Removes all that a subject has, unfinished holdings too. @return how much that was */
    public Totals removeAll(String owner) {
        long entries = 0;
        long bytes = 0;
        while (true) {
            var some = records.list(Filter.of(owner), Optional.empty(), AT_A_TIME);
            if (some.isEmpty()) {
                return new Totals(entries, bytes);
            }
            for (var holding : some) {
                doom(holding);
                entries++;
                bytes += holding.bytes();
            }
        }
    }

    /** Removes what has expired, and finishes what a crash or a failure has left. @return how many holdings that were */
    public int sweep() {
        var now = clock.instant();
        int swept = 0;
        for (var state : State.values()) {
            List<T> some;
            do {
                some = records.due(state.word(), now, AT_A_TIME);
                some.forEach(this::doom);
                swept += some.size();
            } while (some.size() == AT_A_TIME);
        }
        return swept;
    }

    private void doom(T holding) {
        records.update(holding.key(), found -> found.with(found.custody().standing(State.DOOMED)))
                .ifPresent(doomed -> {
                    doomed.files().forEach(file -> files.delete(file.id()));
                    records.remove(doomed.key());
                });
    }
}
