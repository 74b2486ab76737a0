package dev.tryon.store;

import dev.tryon.store.Custody.State;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Holdings of one kind: entries and their files, there together or not at all.
 *
 * <p>Model. An entry is inserted as {@code writing}, its files are written, and one change makes it {@code kept}: that
 * change is the promise to whoever asked. To remove one, one change makes it {@code doomed}, which nobody sees any more; its
 * files go, then the entry. So at any moment a file has an entry that names it, an entry that is seen has its files, and a
 * crash leaves entries that {@link #sweep} finishes.
 *
 * <p>Every attempt at writing has files and versions of its own, and every change names the version that it was decided
 * on. So whoever takes a writer for dead may be wrong: the writer's last change then fails, and it clears its files away.
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
    private final Room room;
    /** What this process is writing just now: all else that this node is said to write is from a killed process. */
    private final Set<UUID> underWay = ConcurrentHashMap.newKeySet();

    Holdings(Records<T> records, FileStore files, InstantSource clock, String node, long bytesPerOwner, Room room) {
        this.records = records;
        this.files = files;
        this.clock = clock;
        this.node = node;
        this.bytesPerOwner = bytesPerOwner;
        this.room = room;
    }

    /**
     * Keeps a holding; it is durable on return. What a dead writer left under its id, or what has expired there, is cleared
     * away first.
     *
     * @param draft what it is to be, with {@link Custody#draft}
     * @param contents its files
     * @return the holding as it is kept; if its owner has kept one with the same id already, that one
     * @throws TakenException if another attempt with the same id is being written just now
     * @throws StoreFullException if its owner holds as much as one may
     * @throws NoRoomException if all together do
     * @throws OwnerErasedException if its owner was erased; nothing of it stays
     * @throws StoreException if it cannot be written, or was doomed meanwhile; nothing of it stays
     */
    public T keep(T draft, List<NewFile> contents) {
        if (!underWay.add(draft.id())) {
            return keptOrTaken(draft);
        }
        try {
            var stored = contents.stream()
                    .map(file -> new StoredFile(
                            file.name(),
                            UUID.randomUUID(),
                            file.mediaType(),
                            file.content().remaining()))
                    .toList();
            var writing = draft.with(draft.custody().writing(node, stored));
            while (!records.insert(writing)) {
                var there = records.find(draft.key());
                if (there.isPresent() && !isAbandoned(there.get(), draft.owner())) {
                    return keptOrTaken(draft);
                }
                there.ifPresent(this::doom);
            }
            return write(writing, contents);
        } finally {
            underWay.remove(draft.id());
        }
    }

    private T keptOrTaken(T draft) {
        return find(draft.id(), draft.owner())
                .orElseThrow(() -> new TakenException("the id " + draft.id() + " is taken"));
    }

    /** Returns whether a new attempt may clear away what stands under its id; this process writes nothing there. */
    private boolean isAbandoned(T there, String owner) {
        var custody = there.custody();
        var now = clock.instant();
        return custody.owner().equals(owner)
                && switch (custody.state()) {
                    case WRITING ->
                        custody.node().equals(node)
                                || custody.createdAt().plus(Custody.PATIENCE).isBefore(now);
                    case KEPT -> !now.isBefore(custody.expiresAt());
                    case DOOMED -> true;
                };
    }

    private T write(T writing, List<NewFile> contents) {
        try {
            var held = records.totals(Filter.of(writing.owner()).status(State.WRITING.word(), State.KEPT.word()));
            if (held.bytes() > bytesPerOwner) {
                throw new StoreFullException("no room for " + writing.bytes() + " bytes more");
            }
            room.take(writing.bytes());
            for (int index = 0; index < contents.size(); index++) {
                files.write(writing.files().get(index).id(), contents.get(index).content());
            }
            var kept = changed(writing, State.KEPT);
            if (!records.replace(kept)) {
                throw new StoreException("the holding " + writing.id() + " was doomed while it was written");
            }
            return kept;
        } catch (RuntimeException failure) {
            abandon(writing, failure);
            throw failure;
        }
    }

    /**
     * Clears a failed attempt away. The last change may have been made although the answer was lost, so the entry decides:
     * files go only once no entry that is seen names them. Whatever is left behind here, a sweep finds.
     */
    private void abandon(T writing, RuntimeException failure) {
        try {
            while (true) {
                var there = records.find(writing.key())
                        .filter(entry -> entry.files().equals(writing.files()));
                if (there.isEmpty()) {
                    deleteFiles(writing);
                    return;
                }
                if (doom(there.get())) {
                    return;
                }
            }
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

    /** Returns whether an owner may keep anything more at all, so that nothing is made in vain. */
    public boolean hasRoom(String owner) {
        return totals(owner).bytes() < bytesPerOwner;
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
        var channel = files.open(file.id());
        try {
            if (channel.size() == file.bytes()) {
                return channel;
            }
            channel.close();
        } catch (IOException failure) {
            throw new StoreException("the file " + file.id() + " cannot be read", failure);
        }
        throw new StoreException("the file " + file.id() + " has another size than it had");
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

    /** Changes when a holding is removed. @return whether it is as it was read; if not, nothing has changed */
    public boolean keepUntil(T read, Instant expiresAt) {
        return records.replace(read.with(read.custody().until(expiresAt)).withVersion(read.version() + 1));
    }

    /** Removes a holding of this owner's. @return whether there was one */
    public boolean remove(UUID id, String owner) {
        return find(id, owner).filter(this::doom).isPresent();
    }

    /**
     * Removes all that a subject has, unfinished holdings too.
     *
     * @return how much that was
     * @throws StoreException if some cannot be removed just now; all others are
     */
    public Totals removeAll(String owner) {
        long entries = 0;
        long bytes = 0;
        Optional<Position> after = Optional.empty();
        Optional<StoreException> failure = Optional.empty();
        while (true) {
            var some = records.list(Filter.of(owner), after, AT_A_TIME);
            if (some.isEmpty()) {
                if (failure.isPresent()) {
                    throw failure.get();
                }
                return new Totals(entries, bytes);
            }
            for (var holding : some) {
                try {
                    if (doom(holding)) {
                        entries++;
                        bytes += holding.bytes();
                    }
                } catch (StoreException unremovable) {
                    failure = Optional.of(unremovable);
                }
            }
            // From the beginning, since there may be new ones; past what cannot be removed, once there is such a thing.
            after = failure.isPresent() ? Optional.of(Position.after(some.getLast())) : Optional.empty();
        }
    }

    /** Removes what has expired, and finishes what a crash or a failure has left. */
    void sweep(Sweep sweep, String kind) {
        var now = clock.instant();
        for (var state : State.values()) {
            sweep.clear(
                    kind,
                    limit -> records.due(state.word(), now, limit),
                    holding -> !underWay.contains(holding.id()) && doom(holding));
        }
    }

    /** Removes what a killed process of this node was writing. @return how many holdings that were */
    int recover() {
        int recovered = 0;
        Optional<Position> after = Optional.empty();
        while (true) {
            var some = records.list(Filter.all().status(State.WRITING.word()), after, AT_A_TIME);
            for (var holding : some) {
                if (holding.custody().node().equals(node) && !underWay.contains(holding.id()) && doom(holding)) {
                    recovered++;
                }
            }
            if (some.size() < AT_A_TIME) {
                return recovered;
            }
            after = Optional.of(Position.after(some.getLast()));
        }
    }

    /** Goes through all holdings, however they stand. */
    void forEach(Consumer<T> action) {
        Optional<Position> after = Optional.empty();
        while (true) {
            var some = records.list(Filter.all(), after, AT_A_TIME);
            some.forEach(action);
            if (some.size() < AT_A_TIME) {
                return;
            }
            after = Optional.of(Position.after(some.getLast()));
        }
    }

    /** Removes a holding that is as it was read. @return whether it was; if not, nothing has changed */
    private boolean doom(T read) {
        var doomed = read;
        if (read.custody().state() != State.DOOMED) {
            doomed = changed(read, State.DOOMED);
            if (!records.replace(doomed)) {
                return false;
            }
        }
        deleteFiles(doomed);
        records.remove(doomed);
        return true;
    }

    private void deleteFiles(T holding) {
        holding.files().forEach(file -> files.delete(file.id()));
    }

    private T changed(T read, State state) {
        return read.with(read.custody().standing(state)).withVersion(read.version() + 1);
    }
}
