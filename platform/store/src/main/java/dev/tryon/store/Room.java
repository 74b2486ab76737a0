package dev.tryon.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * How much all subjects may hold together.
 *
 * <p>What there is is counted every few seconds; in between, each node adds what it writes itself. So several nodes may
 * go beyond the bound by what they write within that time. Thread-safe.
 */
final class Room {
    private static final Duration COUNTED_FOR = Duration.ofSeconds(5);

    private final Database database;
    private final InstantSource clock;
    private final long bytes;
    private Instant countedAt = Instant.MIN;
    private long held;

    /** @param bytes of all holdings, those being written too */
    Room(Database database, InstantSource clock, long bytes) {
        this.database = database;
        this.clock = clock;
        this.bytes = bytes;
    }

    /**
     * Takes room for a holding whose entry is there already.
     *
     * @throws NoRoomException if there is none
     */
    void take(long more) {
        var now = clock.instant();
        if (isStale(now)) {
            // Outside the lock: whoever comes meanwhile counts too, rather than wait for the database in a row.
            counted(now, bytesOf(Kind.UPLOADS) + bytesOf(Kind.RESULTS) + bytesOf(Kind.MATERIALS));
        } else {
            add(more);
        }
        if (isFull()) {
            throw new NoRoomException("no room for " + more + " bytes more of anybody's");
        }
    }

    private long bytesOf(Kind<?> kind) {
        return database.records(kind).totals(Filter.all()).bytes();
    }

    private synchronized boolean isStale(Instant now) {
        return !now.isBefore(countedAt.plus(COUNTED_FOR)) || now.isBefore(countedAt);
    }

    private synchronized void counted(Instant at, long count) {
        countedAt = at;
        held = count;
    }

    private synchronized void add(long more) {
        held += more;
    }

    private synchronized boolean isFull() {
        return held > bytes;
    }
}
